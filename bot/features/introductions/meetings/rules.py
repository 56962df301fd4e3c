"""Decides which times suit people, from the hours they stated in their own zones. Values in, values out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.hours import Hours as Hours

LASTS = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)
SOONEST = timedelta(hours=3)  # time to read the message first
DAYS_AHEAD = 9
OFFERED = 3
LEAST_BAD = 2
EARLIEST, LATEST = 7 * 60, 21 * 60  # local minutes between which a least bad time may lie


@dataclass(frozen=True)
class Offer:
    """Times to choose from; `shared`: they lie within everybody's hours, else they are only the least bad."""

    times: tuple[datetime, ...]
    shared: bool


def offer(
    people: Sequence[Hours],
    now: datetime,
    *,
    until: datetime | None = None,
    without: Collection[datetime] = (),
    count: int = OFFERED,
) -> Offer:
    """Up to three times that suit everybody, on different days where there are such; or the two least bad ones."""
    days = _days(people[0], now, until)
    by_day = [[slot for slot in _slots(day) if slot >= now + SOONEST and slot not in without] for day in days]
    suiting = [[slot for slot in slots if all(bad(slot, each) == 0 for each in people)] for slots in by_day]
    if any(suiting):
        return Offer(tuple(sorted(_spread([slots for slots in suiting if slots], count))), shared=True)
    bearable = [[slot for slot in slots if all(_awake(slot, each) for each in people)] for slots in by_day]
    ranked = sorted(
        (max(bad(slot, each) for each in people), sum(bad(slot, each) for each in people), slot)
        for slots in bearable
        for slot in slots
        if any(bad(slot, each) == 0 for each in people) or len(people) > 1
    )
    chosen: list[datetime] = []
    for _, _, slot in ranked:
        if len(chosen) < LEAST_BAD and slot.date() not in {each.date() for each in chosen}:
            chosen.append(slot)
    return Offer(tuple(sorted(chosen)), shared=False)


def bad(slot: datetime, person: Hours) -> int:
    """How many minutes a time lies outside somebody's hours; a day they don't work counts as half a day."""
    local = slot.astimezone(ZoneInfo(person.tz))
    begins = local.hour * 60 + local.minute
    ends = begins + int(LASTS.total_seconds()) // 60
    away = 0 if local.weekday() in person.days else 12 * 60
    if person.end <= person.start:  # they work through the night
        inside = begins >= person.start or ends <= person.end
        return away + (0 if inside else min(person.start - begins, ends - person.end))
    return away + max(0, person.start - begins) + max(0, ends - person.end)


def may_be_proposed(slot: datetime, now: datetime, ends_at: datetime) -> bool:
    """Whether a time that somebody pressed is still ahead, and near enough to belong to this introduction."""
    return now < slot <= max(ends_at, now) + timedelta(days=DAYS_AHEAD + 7)


def _awake(slot: datetime, person: Hours) -> bool:
    local = slot.astimezone(ZoneInfo(person.tz))
    minute = local.hour * 60 + local.minute
    return local.weekday() in person.days and EARLIEST <= minute < LATEST


def _days(first: Hours, now: datetime, until: datetime | None) -> list[date]:
    today = now.astimezone(UTC).date()
    last = today + timedelta(days=DAYS_AHEAD)
    if until is not None:
        last = max(min(last, until.astimezone(UTC).date()), today + timedelta(days=2))
    return [today + timedelta(days=ahead) for ahead in range((last - today).days + 1)]


def _slots(day: date) -> list[datetime]:
    """Every quarter of an hour of a UTC day; full hours and halves are preferred later."""
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    return [midnight + step * QUARTER for step in range(96)]


def _spread(suiting: list[list[datetime]], count: int) -> list[datetime]:
    """One a day from days that are apart: early in what they share on the first, later on the next ones."""
    chosen: list[datetime] = []
    for turn, slots in enumerate(_apart(suiting, count)):
        round_ones = [slot for slot in slots if slot.minute == 0] or slots
        chosen.append(round_ones[min(len(round_ones) - 1, turn * len(round_ones) // max(1, count))])
    while len(chosen) < count:
        rest = [slot for slots in suiting for slot in slots if all(abs(slot - each) >= 4 * QUARTER for each in chosen)]
        if not rest:
            break
        chosen.append(next((slot for slot in rest if slot.minute == 0), rest[0]))
    return chosen


def _apart(suiting: list[list[datetime]], count: int) -> list[list[datetime]]:
    """At most `count` of the days, the first of them and then every other one while there are enough."""
    if len(suiting) <= count:
        return suiting
    step = max(1, min(2, (len(suiting) - 1) // max(1, count - 1)))
    return suiting[::step][:count]
