"""When a program happens: its dates, the moment of each, and the day before. Values in, values out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from apscheduler.triggers.calendarinterval import CalendarIntervalTrigger
from apscheduler.triggers.cron import CronTrigger

DAY = timedelta(days=1)
SATURDAY = 5
NOON = 12
LATE_AT_MOST = timedelta(days=1)  # a round is opened up to one day late, then moved
UNDO_FOR = timedelta(minutes=10)  # how long a round sent by hand waits, so that it can be taken back
FURTHEST_WEEKLY = 4  # days a weekly round may move to dodge a holiday: Good Friday to the Tuesday after Easter
FURTHEST = 10  # days any rarer round may move: a closed week, with its weekends
LEAST_AHEAD = timedelta(hours=2)  # what is prepared ahead is opened up to then, and moved if it comes later
MOST_DODGES = 60  # occurrences looked at for one that a calendar of holidays leaves open
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NTH = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", -1: "last"}


@dataclass(frozen=True)
class Cadence:
    """Every `every_weeks` weeks counted from `starts_on`, or monthly on the `month_week`-th weekday (-1: the last)."""

    tz: str
    starts_on: date
    weekday: int  # Monday is 0
    at_minute: int  # minutes after local midnight
    every_weeks: int | None = None
    month_week: int | None = None


def moment(day: date, minute: int, tz: str) -> datetime:
    """A local time as UTC: in the spring gap the first valid minute after it, in autumn the first of the two."""
    zone = ZoneInfo(tz)
    wanted = datetime.combine(day, time(minute // 60, minute % 60))
    while True:
        found = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) == wanted:
            return found
        wanted += timedelta(minutes=1)


def local_date(now: datetime, tz: str) -> date:
    """Which day it is there."""
    return now.astimezone(ZoneInfo(tz)).date()


def dates(cadence: Cadence, holidays: Collection[date], *, after: date) -> Iterator[date]:
    """Its dates later than `after`, soonest first; what falls on a holiday moves, or is left out where it can't."""
    regular = _regular(cadence, after - FURTHEST * DAY)
    for day in regular:
        moved = working_day(day, cadence, holidays)
        if moved is not None and moved > after:
            yield moved


def next_dates(cadence: Cadence, holidays: Collection[date], *, after: date, count: int = 3) -> list[date]:
    """The next few dates later than `after`; fewer where holidays leave none."""
    return list(islice(dates(cadence, holidays, after=after), count))


def working_day(day: date, cadence: Cadence, holidays: Collection[date]) -> date | None:
    """The day itself, or the next working day after a holiday; None where everything near is closed.

    It moves rather than disappears, because a monthly meeting that drops out leaves two months of silence. It never
    moves so far that it meets the next occurrence.
    """
    furthest = FURTHEST_WEEKLY if cadence.every_weeks == 1 else FURTHEST
    for days in range(furthest + 1):
        candidate = day + days * DAY
        works = candidate.weekday() < SATURDAY or candidate.weekday() == cadence.weekday
        if works and candidate not in holidays:
            return candidate
    return None


def earliest(now: datetime, cadence: Cadence, *, done: date | None, skipped: date | None) -> date:
    """The day after which the next date is looked for: today's hour may have passed, today's round may be opened."""
    today = local_date(now, cadence.tz)
    passed = today if moment(today, cadence.at_minute, cadence.tz) <= now else today - DAY
    return max(day for day in (passed, done, skipped) if day is not None)


def notice_moment(day: date, cadence: Cadence, holidays: Collection[date]) -> datetime:
    """The last working day before a round, at the program's hour."""
    before = day - DAY
    for _ in range(2 * FURTHEST):
        if before.weekday() < SATURDAY and before not in holidays:
            break
        before -= DAY
    return moment(before, cadence.at_minute, cadence.tz)


def in_their_hours(
    wanted: datetime, *, before: datetime, tz: str, hours_start: int, hours_end: int, work_days: Collection[int]
) -> datetime:
    """When a member hears of a round: at `wanted`, or else when their next working hours begin, if that is in time."""
    local = wanted.astimezone(ZoneInfo(tz))
    minute = local.hour * 60 + local.minute
    if local.weekday() in work_days and hours_start <= minute < hours_end:
        return wanted
    for days in range(8):
        day = local.date() + days * DAY
        opens = moment(day, hours_start, tz)
        if day.weekday() in work_days and opens > wanted:
            return opens if opens < before else wanted
    return wanted


def too_late(due_at: datetime, now: datetime) -> bool:
    """Whether a round was missed for so long that it is moved to the next date instead."""
    return now - due_at > LATE_AT_MOST


def too_late_to_prepare(starts_at: datetime, now: datetime) -> bool:
    """The same for a round that opens ahead of its date: whether that date is too near, or has passed."""
    return starts_at - now < LEAST_AHEAD


def _regular(cadence: Cadence, after: date) -> Iterator[date]:
    """The dates as if there were no holidays, later than `after`; asked for noon, which no clock change touches."""
    zone = ZoneInfo(cadence.tz)
    if cadence.every_weeks:
        first = cadence.starts_on + (cadence.weekday - cadence.starts_on.weekday()) % 7 * DAY
        weekly = CalendarIntervalTrigger(weeks=cadence.every_weeks, hour=NOON, start_date=first, timezone=zone)
        step = cadence.every_weeks * 7
        passed = (after - first).days // step if after >= first else -1
        last = _noon(first + passed * step * DAY, zone) if passed >= 0 else None
        for _ in range(MOST_DODGES):
            found = weekly.get_next_fire_time(last, _noon(after, zone))
            if found is None:
                return
            yield found.date()
            last = found
        return
    assert cadence.month_week is not None, "a cadence is weekly or monthly"
    monthly = CronTrigger(
        day=f"{NTH[cadence.month_week]} {WEEKDAYS[cadence.weekday]}", hour=NOON, minute=0, timezone=zone
    )
    at = _noon(max(after, cadence.starts_on - DAY) + DAY, zone)
    for _ in range(MOST_DODGES):
        found = monthly.get_next_fire_time(None, at)
        if found is None:
            return
        yield found.date()
        at = found + DAY


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(NOON), tzinfo=zone)
