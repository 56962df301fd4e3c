"""Decides who looks at a report, how many one may make, and whether words show acute distress; values in, values out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from bot.members.moderation.phrases import known

OPEN, RESTORED, UPHELD, GONE = "open", "restored", "upheld", "gone"
MOST_A_DAY = 5  # reports by one person
A_DAY = timedelta(days=1)
LONGEST_REASON = 500
LEADS_AFTER = timedelta(days=3)  # no moderator has decided until then: the leads are asked, too
CHASED_EVERY, MOST_CHASES = timedelta(days=7), 3  # from then on everybody is asked again, so often and no more
REVERSIBLE_FOR = timedelta(days=30)  # how long what was kept hidden can still be put back
MOST_LOGGED = 20

_APOSTROPHES = re.compile("['’‘`´ʼ]")
_NOT_WORDS = re.compile(r"[\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True)
class Candidate:
    """Somebody who might look at a report."""

    member_id: int
    moderates: bool
    leads: bool
    away: bool = False  # paused


def read_subject(subject: str) -> tuple[str, int] | None:
    """The kind and the id in "answer:12"; None where it is no subject."""
    kind, _, number = subject.partition(":")
    return (kind, int(number)) if kind and re.fullmatch(r"[0-9]{1,18}", number) else None


def whom_to_ask(
    candidates: Sequence[Candidate], author_id: int | None, reporter_id: int | None, *, leads_too: bool = False
) -> list[int]:
    """Who is asked to look: moderators who are here, else leads who are here, else whoever of them is away.

    Nobody judges what they wrote or what they reported. One exception: where nobody else is left, who reported may
    decide, so that it does not stay hidden for ever; who wrote it may not even then.
    """
    others = [each for each in candidates if each.member_id not in (author_id, reporter_id)]
    here = [each for each in others if not each.away]
    moderators = [each for each in here if each.moderates]
    leads = [each for each in here if each.leads]
    asked = (
        [*moderators, *(each for each in leads if leads_too and not each.moderates)]
        or leads
        or others
        or [each for each in candidates if each.member_id == reporter_id and reporter_id != author_id]
    )
    return [each.member_id for each in asked]


def may_decide(
    member_id: int,
    candidates: Sequence[Candidate],
    author_id: int | None,
    reporter_id: int | None,
    *,
    leads_asked: bool,
) -> bool:
    """Whether somebody may decide now: whoever is asked, a moderator back from a pause, a lead who was asked before."""
    me = next((each for each in candidates if each.member_id == member_id), None)
    if me is None or member_id == author_id:
        return False
    if member_id in whom_to_ask(candidates, author_id, reporter_id):
        return True
    return member_id != reporter_id and (me.moderates or leads_asked)


def chases_due(reported_at: datetime, now: datetime) -> int:
    """How often it was time to ask everybody again about something that nobody has decided."""
    return max(0, min((now - reported_at - LEADS_AFTER) // CHASED_EVERY, MOST_CHASES))


def next_chase(reported_at: datetime, now: datetime) -> datetime | None:
    """When it is time again; None after the last."""
    done = chases_due(reported_at, now)
    return reported_at + LEADS_AFTER + (done + 1) * CHASED_EVERY if done < MOST_CHASES else None


def is_reversible(decided_at: datetime | None, now: datetime) -> bool:
    """Whether what was kept hidden can still be put back."""
    return decided_at is not None and now - decided_at < REVERSIBLE_FOR


def shows_distress(text: str) -> bool:
    """Whether somebody says, in so many words, that they are in danger or at the end of their strength.

    Phrases alone, never single words: "kill the process" and a talk about suicide prevention are work. What is usually
    said in jest ("die of embarrassment") is taken out first.
    """
    alarming, excused = _patterns()
    return alarming.search(excused.sub(" | ", _folded(text))) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _any_of(known().phrases), _any_of(known().excuses)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    folded = sorted({_folded(each).strip() for each in phrases}, key=len, reverse=True)
    return re.compile(f" (?:{'|'.join(map(re.escape, folded))})(?= )")


def _folded(text: str) -> str:
    """Lower case without accents, apostrophes and punctuation, one space between words and around them all."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return f" {' '.join(_NOT_WORDS.sub(' ', _APOSTROPHES.sub('', plain)).split())} "
