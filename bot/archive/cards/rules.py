"""Decides what a card may hold, whose words those are, who is asked when, and what is left once somebody says no."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archive.cards import words
from bot.archive.cards.drafting import LONGEST_GIST, LONGEST_QUESTION, LONGEST_TIPS
from bot.archive.cards.saying import GIST, PARTS, QUESTION, TIPS, Text
from bot.archive.cards.words import Run

REMIND_AFTER = timedelta(days=3)
ANSWER_WITHIN = timedelta(days=7)
LOOK_AGAIN_AFTER = timedelta(days=365)
DRAFT_LASTS = timedelta(days=60)
MESSAGE_DRAFT_LASTS = timedelta(days=1)  # a form that was opened on somebody's message and never handed in

DRAFT, ASKING, PUBLISHED, WITHDRAWN, HIDDEN = "draft", "asking", "published", "withdrawn", "hidden"
ASKED, APPROVED, REDACTED, LEFT_OUT = "asked", "approved", "redacted", "left_out"
AGREED = (APPROVED, REDACTED)

LONGEST = {QUESTION: LONGEST_QUESTION, GIST: LONGEST_GIST, TIPS: LONGEST_TIPS}
NEEDED = (QUESTION, GIST)

Said = tuple[tuple[str, str], ...]  # (part, sentence)


@dataclass(frozen=True)
class Voice:
    """Somebody whose words may be in a card: the runs that are theirs, and the sentences they agreed to."""

    runs: frozenset[Run]
    agreed: frozenset[str] = frozenset()


def cleaned(text: Text) -> Text:
    """A wording as it is kept: nothing invisible, no empty lines, and a question on one line."""
    parts = {part: words.cleaned(text.part(part)) for part in PARTS}
    return text.with_parts(parts | {QUESTION: " ".join(parts[QUESTION].split())})


def problems_with(text: Text) -> dict[str, str]:
    """What is wrong with a wording, by part."""
    found = {}
    if not text.question:
        found[QUESTION] = "Write the question in a line, as somebody would ask it."
    if not text.gist:
        found[GIST] = "Write the gist in a sentence or two: what you would tell a colleague who has one minute."
    for part, longest in LONGEST.items():
        if len(text.part(part)) > longest:
            found[part] = f"That is {len(text.part(part))} characters long; {longest} is the most."
    return found


def said_in(text: Text, own: frozenset[Run]) -> Said:
    """The sentences of a card that hold words of somebody, each with the part it stands in."""
    return tuple((part, sentence) for part in PARTS for sentence in words.quoted(text.part(part), own))


def covers(agreed: Iterable[tuple[str, str]], said: Said) -> bool:
    """Whether somebody has read all of these sentences before, so that there is nothing to ask them."""
    return {sentence for _, sentence in said} <= {sentence for _, sentence in agreed}


def without(text: Text, own: frozenset[Run]) -> Text:
    """The card without the words of somebody."""
    return text.with_parts({part: words.without(text.part(part), own) for part in PARTS})


def settled(text: Text, voices: Sequence[Voice]) -> Text:
    """What may be read by everybody: without every sentence that holds words of somebody who did not agree to it.

    Sentences that come together by what leaves are looked at again, until nothing is left that anybody minds.
    """
    while True:
        kept = text.with_parts({part: _agreed(text.part(part), voices) for part in PARTS})
        if kept == text:
            return text
        text = kept


def missing(text: Text) -> list[str]:
    """The parts without which a card is none, and which are empty."""
    return [part for part in NEEDED if not text.part(part)]


def next_look(asked: Collection[tuple[datetime | None, datetime | None]], *, not_asked_at: datetime) -> datetime | None:
    """When the consents of a card are looked at next. `asked`: when each was asked and reminded, if they were."""
    times = []
    for asked_at, reminded_at in asked:
        if asked_at is None:
            times.append(not_asked_at)
        else:
            times.append(asked_at + (ANSWER_WITHIN if reminded_at else REMIND_AFTER))
    return min(times, default=None)


def is_to_be_reminded(asked_at: datetime | None, reminded_at: datetime | None, now: datetime) -> bool:
    """Once, after three days."""
    return asked_at is not None and reminded_at is None and now >= asked_at + REMIND_AFTER


def is_over(asked_at: datetime | None, now: datetime) -> bool:
    """Seven days without an answer: not quoted."""
    return asked_at is not None and now >= asked_at + ANSWER_WITHIN


def next_hour(now: datetime) -> datetime:
    """When somebody with an alias is asked: not in the minute that others are, which would tell who it is."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def rounded(now: datetime) -> datetime:
    """The hour in which something happened under an alias."""
    return now.replace(minute=0, second=0, microsecond=0)


def _agreed(part: str, voices: Sequence[Voice]) -> str:
    minded: set[str] = set()
    for voice in voices:
        minded |= {sentence for sentence in words.quoted(part, voice.runs) if sentence not in voice.agreed}
    if not minded:
        return part
    return words.joined([[sentence for sentence in line if sentence not in minded] for line in words.lines(part)])
