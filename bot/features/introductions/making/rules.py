"""Decides about rounds: how long they last, what people are owed, who speaks first. Values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440
DAY = timedelta(days=1)
SATURDAY = 5
OPENS_A_MINUTE = 50  # conversations.open, as Slack allows it
SHORTFALL = {"left out": 1.0, "stood up": 0.8, "not met": 0.6, "poor": 0.4}
RECENT = (3, 2, 1)  # what the last round weighs, the one before, and the one before that
RE_ASK_AFTER = 4 * DAY
CLOSE_AFTER = 6 * DAY
LATE_FOR = 2 * DAY


@dataclass(frozen=True)
class Outcome:
    """How one round went for one member."""

    seated: bool
    met: bool = False
    answered: bool = False  # they said how it went
    heard: bool = False  # somebody else of the group did
    rating: str | None = None


def shortfall(outcome: Outcome) -> float:
    """How far a round fell short for somebody, 0 to 1; who said nothing themselves is owed nothing for it."""
    if not outcome.seated:
        return SHORTFALL["left out"]
    if outcome.rating == "poor":
        return SHORTFALL["poor"]
    if outcome.met or not outcome.answered:
        return 0.0
    return SHORTFALL["not met"] if outcome.heard else SHORTFALL["stood up"]


def debt(outcomes: Sequence[Outcome | None]) -> float:
    """What a member is owed for their last three rounds, newest first; None: they did not take part."""
    weights = RECENT[: len(outcomes)]
    owed = sum(
        weight * shortfall(outcome) for weight, outcome in zip(weights, outcomes, strict=False) if outcome is not None
    )
    return round(min(1.0, owed / sum(RECENT)), 4)


def utc_hours(start: int, end: int, tz: str, at: datetime) -> list[list[int]]:
    """Local working minutes as one UTC span of the day, as the clocks stand at a moment."""
    shift = ZoneInfo(tz).utcoffset(at.astimezone(ZoneInfo(tz)).replace(tzinfo=None))
    east = int(shift.total_seconds()) // 60 if shift else 0
    length = (end - start) % MINUTES_A_DAY or MINUTES_A_DAY
    begin = (start - east) % MINUTES_A_DAY
    return [[begin, begin + length]]


def ages(rounds: Sequence[int]) -> dict[int, int]:
    """How many rounds ago each round was; `rounds` newest first, so the first is one round ago."""
    return {round_id: age for age, round_id in enumerate(rounds, 1)}


def length_of(every_weeks: int | None, length_days: int | None) -> int:
    """Days from an introduction to "Did you meet?": a lead's choice, or up to the Friday before the next round."""
    if length_days is not None:
        return length_days
    return max(4, 7 * every_weeks - 3) if every_weeks else 25


def ends(opened: datetime, tz: str, days: int) -> datetime:
    """When a round asks how it went: that many days later at the same local hour; a weekend moves to the Monday."""
    zone = ZoneInfo(tz)
    local = opened.astimezone(zone).replace(tzinfo=None) + days * DAY
    while local.weekday() >= SATURDAY:
        local += DAY
    return local.replace(tzinfo=zone).astimezone(UTC)


def opener(members: Sequence[int], last_opened: Mapping[int, int]) -> int:
    """Who is asked to write first: whoever was asked least recently; `last_opened`: a number that rises with time."""
    return min(members, key=lambda member: (last_opened.get(member, 0), member))


def minutes_to_send(groups: int) -> int:
    """How long Slack takes to open that many conversations."""
    return -(-groups // OPENS_A_MINUTE)


def is_late(opened: datetime, now: datetime) -> bool:
    """Whether somebody who joins now still finds a seat in a round that opened then."""
    return now < opened + LATE_FOR


def seed_of(program_id: int, number: int) -> int:
    """The seed a round is drawn with first; a lead who draws again counts on from here."""
    return program_id * 1_000_000 + number * 1_000


def date_of(moment: datetime, tz: str) -> date:
    """Which day it is there."""
    return moment.astimezone(ZoneInfo(tz)).date()
