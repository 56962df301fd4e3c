"""Decides when somebody is due a nudge: on their days, in their hours, at a minute of their own. Values in, values out."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.messages import Recipient

CADENCES = {"daily": "Every working day", "twice": "Twice a week", "weekly": "Once a week", "off": "Not at all"}
USUAL = "twice"
TOO_LATE = timedelta(hours=12)  # after this a nudge is not made up for: the next one comes at its own time
LOOK_AGAIN = timedelta(days=7)  # at somebody who is not here, in case Slack has them back
AFTER_START, BEFORE_END, SPREAD = 10, 20, 180  # minutes of a working day
MIDWEEK = 2  # before Wednesday nobody can call a week quiet
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def days_of(cadence: str, work_days: Collection[int], member_id: int) -> tuple[int, ...]:
    """On which days of the week a nudge comes; two of them lie well apart, and people differ."""
    days = sorted(set(work_days))
    if not days or cadence == "off":
        return ()
    if cadence == "daily":
        return tuple(days)
    first = _share(member_id, "day", len(days))
    chosen = {days[first]}
    if cadence == "twice":
        chosen.add(days[(first + len(days) // 2) % len(days)])
    return tuple(sorted(chosen))


def minute_of(person: Recipient) -> int:
    """Their own minute after local midnight, in the first hours of their working day."""
    length = (person.hours_end - person.hours_start) % (24 * 60) or 24 * 60
    window = min(SPREAD, max(1, length - AFTER_START - BEFORE_END))
    return person.hours_start + AFTER_START + _share(person.member_id, "minute", window)


def next_due(cadence: str, person: Recipient, after: datetime) -> datetime | None:
    """The first moment after `after` at which a nudge is due, in UTC; None for those who want none."""
    days = days_of(cadence, person.work_days, person.member_id)
    if not days:
        return None
    zone, minute = ZoneInfo(person.tz), minute_of(person)
    day = after.astimezone(zone).date() - A_DAY
    while True:
        moment = _at(day, minute, zone)
        if day.weekday() in days and moment > after:
            return moment
        day += A_DAY


def is_too_late(due_at: datetime, now: datetime) -> bool:
    """Whether its hour has passed for good, because nobody was there to send it."""
    return now - due_at > TOO_LATE


def is_quiet(today: date, appointments: Collection[date], *, is_busy: bool) -> bool:
    """Whether nothing else of ours happens in their week; asked from Wednesday on."""
    monday = today - timedelta(days=today.weekday())
    return today.weekday() >= MIDWEEK and not is_busy and all(day < monday for day in appointments)


def _share(member_id: int, what: str, parts: int) -> int:
    """Which of so many parts is theirs: always the same, and evenly spread over people."""
    return crc32(f"{what}:{member_id}".encode()) % parts


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    whole, rest = divmod(minute, 24 * 60)
    return datetime.combine(day + whole * A_DAY, time(rest // 60, rest % 60), zone).astimezone(UTC)
