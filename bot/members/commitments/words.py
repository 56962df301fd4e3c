"""How a load is spoken of: a small bar, its points, and what is in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.members.commitments.rules import COUNTS_FOR, WEIGHTS, Load, Taken
from bot.members.rules import day_in_words, listed, number

FULL, FREE = "▰", "▱"
NAMES = {  # one of it and several
    "mentorship": ("mentorship", "mentorships"),
    "question": ("question", "questions"),
    "slot": ("office hour", "office hours"),
    "seat": ("seat in a circle", "seats in circles"),
}
ONE_OF = {
    "mentorship": "a mentorship",
    "question": "a question",
    "slot": "an office hour",
    "seat": "a seat in a circle",
}
WEIGHING = (
    "A mentorship weighs two points; a question, an office hour or a seat in a circle weighs one. Each weighs while it "
    "lasts, and for 28 days from its start at least."
)


def bar(load: Load) -> str:
    """How full it is, at a glance; nothing for somebody who takes nothing on."""
    return FULL * load.points + FREE * max(0, load.cap - load.points)


def points(count: int) -> str:
    """ "one point", "six points"."""
    return f"{number(count)} point{'s' if count != 1 else ''}"


def of_cap(load: Load) -> str:
    """How full it is, in words."""
    if load.points > load.cap == 0:
        return f"{points(load.points)}, and nothing new at present"
    if load.points > load.cap:
        return f"{points(load.points)}, and nothing new while it is more than {number(load.cap)}"
    if load.cap == 0:
        return "nothing at present, as you chose"
    if load.points == 0:
        return f"room for {points(load.cap)}"
    return f"{number(load.points)} of {points(load.cap)}"


def in_it(taken: Sequence[Taken]) -> str:
    """ "two questions and one mentorship"; empty where there is nothing."""
    many = Counter(each.kind for each in taken)
    return listed([f"{number(count)} {NAMES[kind][count != 1]}" for kind, count in many.items()])


def line(load: Load, taken: Sequence[Taken], tz: str, now: datetime) -> str:
    """The whole of it on one line."""
    if not load.is_open(now) and load.closed_until is not None:
        held = points(load.points) if load.points > load.cap else of_cap(load)
        return f"{bar(load)} {held} · nothing new until {day(load.closed_until, tz, now)}".strip()
    said = f"{bar(load)} {of_cap(load)}".strip()
    return f"{said} · {in_it(taken)}" if taken else said


def weighs(taken: Taken, tz: str, now: datetime) -> str:
    """Since when something weighs, and until when."""
    since, until = day(taken.started_at, tz, now), day(taken.started_at + COUNTS_FOR, tz, now)
    said = f"{points(WEIGHTS[taken.kind]).capitalize()} since {since}"
    if taken.ended_at is not None:
        return f"{said}. It is over, and weighs until {until}"
    if taken.started_at + COUNTS_FOR <= now:
        return f"{said}, while it lasts"
    return f"{said}, while it lasts and until {until} at least"


def day(moment: datetime, tz: str, now: datetime) -> str:
    """Which day it is where somebody lives."""
    zone = ZoneInfo(tz)
    local, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    return "today" if local == today else day_in_words(local, today)
