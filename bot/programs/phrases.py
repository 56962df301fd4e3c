"""Cadences, dates and zones in words, as one would say them."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.programs.rules import Cadence

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A small number in words, a large one in figures."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def counted(count: int, one: str, many: str) -> str:
    """ "one person", "28 people"."""
    return f"{number(count)} {one if count == 1 else many}"


def zone(tz: str) -> str:
    """ "Lisbon time"."""
    return "UTC" if tz == "UTC" else tz.rsplit("/", 1)[-1].replace("_", " ") + " time"


def clock(minute: int) -> str:
    """ "09:30"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(value: date) -> str:
    """ "Tuesday 10 March"."""
    return f"{value:%A} {value.day} {value:%B}"


def moment(value: datetime, tz: str) -> str:
    """ "Tuesday 10 March, 10:00", in a zone."""
    local = value.astimezone(ZoneInfo(tz))
    return f"{day(local.date())}, {local:%H:%M}"


def cadence(value: Cadence) -> str:
    """ "every two weeks on Tuesday at 10:00, Lisbon time"."""
    weekday = WEEKDAYS[value.weekday]
    if value.every_weeks == 1:
        rhythm = f"every {weekday}"
    elif value.every_weeks:
        rhythm = f"every {number(value.every_weeks)} weeks on {weekday}"
    else:
        rhythm = f"on the {NTH[value.month_week or 1]} {weekday} of each month"
    return f"{rhythm} at {clock(value.at_minute)}, {zone(value.tz)}"


def listed(days: Sequence[date]) -> str:
    """ "Tuesday 3 March, Tuesday 17 March and Tuesday 31 March"."""
    words = [day(each) for each in days]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
