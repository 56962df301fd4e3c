"""When a message may leave: its class against the hours, budgets and pauses of whom it is for. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.delivery import hours
from bot.delivery.hours import local_date
from bot.messages import MessageClass, Recipient

EXPIRED, UNREACHABLE = "expired", "unreachable"
A_DAY_AT_MOST = 2  # suggestions to one person …
FULL_DAY = 2  # … and only one on a day with this many appointments
# Places of a week that small suggestions leave free until its last working day, for what matters more and may still
# come, and for the digest of what found none: (above this priority, so many). The smaller a priority, the sooner it leaves.
KEPT = ((50, 2),)
HORIZON = timedelta(days=15)  # holds past a weekend, a full week and its weekend; then it is asked again

__all__ = ["Asked", "Decision", "Drop", "Hold", "Send", "Spent", "decide", "iso_week", "local_date"]


@dataclass(frozen=True)
class Asked:
    """What a message asks of people; without a cost no budget is looked at."""

    message_class: MessageClass
    due_at: datetime
    expires_at: datetime | None
    cost: int
    priority: int = 50


@dataclass
class Spent:
    """Attention a member gave already, by their own dates."""

    suggestions: dict[date, int] = field(default_factory=dict)
    appointments: dict[date, int] = field(default_factory=dict)
    weeks: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, message_class: str, day: date, cost: int) -> None:
        """Count one more message."""
        kind = self.suggestions if message_class == MessageClass.SUGGESTION else self.appointments
        kind[day] = kind.get(day, 0) + 1
        week = iso_week(day)
        self.weeks[week] = self.weeks.get(week, 0) + cost

    def expect(self, day: date) -> None:
        """An appointment later that day makes it a full one already; it costs when it comes."""
        self.appointments[day] = self.appointments.get(day, 0) + 1


@dataclass(frozen=True)
class Send:
    """Now."""


@dataclass(frozen=True)
class Hold:
    """Not before `until`; then ask again."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Drop:
    """Never."""

    why: str


Decision = Send | Hold | Drop
Person = tuple[Recipient, Spent]


def iso_week(day: date) -> tuple[int, int]:
    """The year and week a date belongs to, weeks beginning on Monday."""
    year, week, _ = day.isocalendar()
    return year, week


def decide(asked: Asked, people: Sequence[Person], now: datetime) -> Decision:
    """Send, hold until a later moment, or drop. A channel has no people: what is said there waits for nobody."""
    if asked.expires_at is not None and asked.expires_at <= now:
        return Drop(EXPIRED)
    if asked.message_class is MessageClass.ANSWER or not people:
        return Send()
    if not all(person.reachable for person, _ in people):
        return Drop(UNREACHABLE)
    if asked.message_class is MessageClass.APPOINTMENT and len(people) == 1:
        return Send()
    moment, why = _next_moment(asked, people, now)
    if moment <= now:
        return Send()
    if asked.expires_at is None or moment < asked.expires_at:
        return Hold(moment, why)
    if asked.message_class is MessageClass.APPOINTMENT:
        return Send()  # no hour of theirs comes in time, and an appointment is kept
    return Hold(asked.expires_at, why)


def _next_moment(asked: Asked, people: Sequence[Person], now: datetime) -> tuple[datetime, str]:
    """The first moment at which it suits everybody, and what it waits for."""
    back = _all_back(asked, people, now)
    working = hours.shared((person for person, _ in people), back, back + HORIZON)
    if not working and len(people) > 1:
        return _nearest_moment(asked, people, back, max(asked.due_at, back) if back > now else asked.due_at)
    why = "paused" if back > now else "hours"
    for begins, ends in working:
        moment = begins
        while moment < ends:
            later = _all_full_until(asked, people, moment)
            if later is None:
                return moment, why
            moment, why = later
    return back + HORIZON, why


def _nearest_moment(asked: Asked, people: Sequence[Person], back: datetime, since: datetime) -> tuple[datetime, str]:
    """The first hour nearest to everybody's, where they share none, in which all of them have room."""
    persons, why = [person for person, _ in people], "shared hours"
    moment = max(back, hours.nearest(persons, since))
    while moment < back + HORIZON:
        later = _all_full_until(asked, people, moment)
        if later is None:
            return moment, why
        since, why = later
        moment = max(since, hours.nearest(persons, since))
    return back + HORIZON, why


def _all_full_until(asked: Asked, people: Sequence[Person], moment: datetime) -> tuple[datetime, str] | None:
    """When the last of them has room, and what for; None where all have room at that moment."""
    full = [_full_until(asked, person, spent, moment) for person, spent in people]
    return max((each for each in full if each is not None), default=None)


def _all_back(asked: Asked, people: Sequence[Person], now: datetime) -> datetime:
    """When nobody is paused any more; what was agreed to is kept even so."""
    if asked.message_class is MessageClass.APPOINTMENT:
        return now
    return max([now, *(person.paused_until for person, _ in people if person.paused_until is not None)])


def kept(priority: int, person: Recipient) -> int:
    """How many places of a week a suggestion must leave for others; one place is everybody's, however few there are."""
    places = next((places for above, places in KEPT if priority > above), 0)
    return max(0, min(places, person.weekly_budget - 1))


def _last_day(person: Recipient) -> int:
    """The weekday on which nothing more is kept back. Monday is 0."""
    return max(person.work_days, default=6)


def _full_until(asked: Asked, person: Recipient, spent: Spent, moment: datetime) -> tuple[datetime, str] | None:
    """When they next have room for a suggestion, if they have none at that moment."""
    if asked.message_class is not MessageClass.SUGGESTION or not asked.cost:
        return None
    day = local_date(person, moment)
    left = person.weekly_budget - spent.weeks.get(iso_week(day), 0) - asked.cost
    if left < 0:
        return hours.midnight(person, day + timedelta(days=7 - day.weekday())), "budget"
    if left < kept(asked.priority, person) and (wait := _last_day(person) - day.weekday()) > 0:
        return hours.midnight(person, day + timedelta(days=wait)), "budget"
    had = spent.suggestions.get(day, 0)
    if had >= A_DAY_AT_MOST or (had and spent.appointments.get(day, 0) >= FULL_DAY):
        return hours.midnight(person, day + timedelta(days=1)), "day"
    return None
