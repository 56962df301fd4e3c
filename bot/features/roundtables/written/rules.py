"""Decides about written roundtables: which prompt, whose turn, when, and what a summary begins with. Values in, values out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

FEWEST_WANTING = 5  # so many different people, before what they want to learn inspires a prompt
FEWEST_WRITERS = 2  # of a single voice nobody needs a summary
MOST_TURNS = 3  # people asked for one summary, one after the other
WORKING_DAYS = 2  # each has for it
KEPT_FOR = timedelta(days=14)  # words, after the round closed
VOTE_BEFORE, VOTE_ENDS = timedelta(days=4), timedelta(hours=1)  # before the prompt is posted
SHORTEST_VOTE = timedelta(days=1)
BETWEEN_VOTES = timedelta(days=2)  # a date that moved by a day is no reason to ask again
MOST_QUOTED, LONGEST_QUOTE, LONGEST_SUMMARY = 6, 280, 2_400
MOST_NAMED, LONGEST_NAMED = 3, 60  # of what people reacted to, beside the draft
KEEP_OUT = "(not kept)"
SATURDAY = 5


@dataclass(frozen=True)
class Idea:
    """A prompt that can be chosen."""

    slug: str
    theme: str


@dataclass(frozen=True)
class Had:
    """A prompt a program has had."""

    slug: str | None
    theme: str
    skill: str | None


@dataclass(frozen=True)
class Quote:
    """Something somebody wrote, the name it may stand under (None: nobody's), and how many others reacted to it."""

    writer_id: int
    words: str
    name: str | None
    reacted: int = 0


def choose(ideas: Sequence[Idea], had: Sequence[Had], *, luck: int) -> str:
    """None comes again before all came as often; of those left, one of another theme than last time. `had`: newest first."""
    times = Counter(each.slug for each in had)
    theme = had[0].theme if had else None
    return min(
        ideas,
        key=lambda each: (times[each.slug], each.theme == theme, crc32(f"{luck}|{each.slug}".encode()), each.slug),
    ).slug


def skill_for(wanted: Mapping[str, int], had: Sequence[Had]) -> str | None:
    """The skill that most people want and no prompt named so far, or that was named longest ago; None: not this time.

    `wanted`: how many people want each. At most every third prompt is about a skill, and none twice in a row.
    """
    if any(each.skill for each in had[:2]):
        return None
    named = [each.skill for each in had if each.skill]
    enough = [slug for slug, many in wanted.items() if many >= FEWEST_WANTING and slug not in named[:1]]
    last = {slug: place for place, slug in reversed(list(enumerate(named)))}
    return min(enough, key=lambda slug: (slug in last, -last.get(slug, 0), -wanted[slug], slug), default=None)


def closing(opened_at: datetime, days: int, tz: str, holidays: Collection[date] = ()) -> datetime:
    """When a round closes: at the hour it opened, so many days later, on a working day."""
    return _on_a_working_day(opened_at.astimezone(ZoneInfo(tz)) + timedelta(days=days), holidays).astimezone(UTC)


def working_days_later(moment: datetime, days: int, tz: str, holidays: Collection[date] = ()) -> datetime:
    """The same hour, so many working days later."""
    local = moment.astimezone(ZoneInfo(tz))
    for _ in range(days):
        local = _on_a_working_day(local + timedelta(days=1), holidays)
    return local.astimezone(UTC)


def middle(opened_at: datetime, closes_at: datetime) -> datetime:
    """When somebody looks whether it is quiet."""
    return opened_at + (closes_at - opened_at) / 2


def is_quiet(writers: int, channels: int) -> bool:
    """Whether a reminder helps: fewer than two wrote, or fewer than there are channels."""
    return writers < max(FEWEST_WRITERS, channels)


def whose_turn(people: Collection[int], turns: Mapping[int, tuple[int, datetime]], *, luck: int) -> int | None:
    """Who sums up: whose turn it was least often lately, and of those, who was asked longest ago.

    Passing on and letting it lapse were turns, too: else whoever never sums up is asked first in every round.
    `turns`: how often it was somebody's lately, and when they were last asked; nobody who never was is in it.
    """
    never = (0, datetime.min.replace(tzinfo=UTC))
    return min(people, key=lambda each: (*turns.get(each, never), crc32(f"{luck}|{each}".encode())), default=None)


def is_kept_out(text: str) -> bool:
    """Whether its writer keeps a reply out of the summary by how it begins."""
    return text.lstrip().casefold().startswith(KEEP_OUT)


def quotable(quotes: Sequence[Quote]) -> list[Quote]:
    """What a summary begins with: one of each person, so that one long thread isn't one voice.

    What more people reacted to stands first, then what is longer.
    """
    ranked = sorted(quotes, key=lambda each: (-each.reacted, -len(each.words), each.writer_id))
    first = {each.writer_id: each for each in reversed(ranked)}
    return [each for each in ranked if first[each.writer_id] is each][:MOST_QUOTED]


def draft(quotes: Sequence[Quote], counted: str) -> str:
    """A summary to edit: how many took part, and what they said in their own words."""
    lines = [f"• “{shortened(each.words)}” ({each.name or 'a colleague'})" for each in quotable(quotes)]
    return "\n".join([counted, *lines])


def reacted_to(quotes: Sequence[Quote]) -> list[tuple[str, int]]:
    """How the quotes that stand first begin, and how many reacted to each; none where nobody reacted."""
    first = [each for each in quotable(quotes) if each.reacted][:MOST_NAMED]
    return [(shortened(each.words, LONGEST_NAMED), each.reacted) for each in first]


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The beginning of what somebody wrote, on one line."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return (line[: longest - 1].rsplit(" ", 1)[0] or line[: longest - 1]) + "…"


def problem_with(summary: str, shown_length: int) -> str | None:
    """What to mend in a summary. `shown_length`: with what Slack needs escaped."""
    if not summary.strip():
        return "Write a line or two, or close this: then a line with the number of answers ends the round."
    if shown_length > LONGEST_SUMMARY:
        return f"Keep it under {LONGEST_SUMMARY:,} characters, so that it can be read in one go."
    return None


def _on_a_working_day(local: datetime, holidays: Collection[date]) -> datetime:
    while local.weekday() >= SATURDAY or local.date() in holidays:
        local += timedelta(days=1)
    return local
