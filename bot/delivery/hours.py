"""When people work, alone and together, as spans of UTC time; clocks that change are no special case. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Recipient

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)
STEP = timedelta(hours=1)
A_WEEK = timedelta(days=7)


def midnight(person: Recipient, day: date) -> datetime:
    """When a date begins where they are."""
    return _moment(person, day, 0)


def local_date(person: Recipient, moment: datetime) -> date:
    """What day it is where they are."""
    return moment.astimezone(ZoneInfo(person.tz)).date()


def spans(person: Recipient, after: datetime, until: datetime) -> list[Span]:
    """Their working hours between two moments; hours that end before they start go on into the next day."""
    found = []
    day = local_date(person, after) - DAY
    while (begins := _moment(person, day, person.hours_start)) < until:
        if day.weekday() in person.work_days:
            over_midnight = person.hours_end <= person.hours_start
            ends = _moment(person, day + DAY if over_midnight else day, person.hours_end)
            if ends > after and ends > begins:
                found.append((max(begins, after), min(ends, until)))
        day += DAY
    return found


def shared(people: Iterable[Recipient], after: datetime, until: datetime) -> list[Span]:
    """The hours that all of them work."""
    common = [(after, until)]
    for person in people:
        common = _both(common, spans(person, after, until))
    return common


def nearest(people: list[Recipient], after: datetime) -> datetime:
    """The hour of the coming week that is least far outside anybody's hours: the worst-off first, then all together."""
    working = [spans(person, after - A_WEEK, after + 2 * A_WEEK) for person in people]
    moments = [after + STEP * number for number in range(int(A_WEEK / STEP))]
    return min(moments, key=lambda moment: _strain([_distance(each, moment) for each in working]))


def _strain(distances: list[timedelta]) -> tuple[timedelta, timedelta]:
    return max(distances), sum(distances, timedelta(0))


def _distance(working: list[Span], moment: datetime) -> timedelta:
    """How far a moment lies from the nearest working hour."""
    place = bisect_right(working, moment, key=lambda span: span[0])
    gaps = [span[0] - moment for span in working[place : place + 1]]
    gaps += [moment - span[1] for span in working[max(0, place - 1) : place]]
    return max(timedelta(0), min(gaps, default=A_WEEK))


def _both(some: list[Span], others: list[Span]) -> list[Span]:
    overlaps = [(max(a, c), min(b, d)) for a, b in some for c, d in others if a < d and c < b]
    return sorted(overlaps)


def _moment(person: Recipient, day: date, minute: int) -> datetime:
    """A local time of day in UTC; 24:00 is the next midnight, and a time the clock skips is the moment after the gap."""
    whole, rest = divmod(minute, 24 * 60)
    local = datetime.combine(day + whole * DAY, time(rest // 60, rest % 60), ZoneInfo(person.tz))
    return local.astimezone(UTC)
