"""When a message may leave: its class against the hours, budgets and pauses of whom it is for. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.messages import MessageClass, Recipient

EXPIRED, UNREACHABLE = "expired", "unreachable"


@dataclass(frozen=True)
class Asked:
    """What a message asks of people."""

    message_class: MessageClass
    due_at: datetime
    expires_at: datetime | None
    cost: int


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


def iso_week(day: date) -> tuple[int, int]:
    """The year and week a date belongs to, weeks beginning on Monday."""
    year, week, _ = day.isocalendar()
    return year, week


def local_date(person: Recipient, now: datetime) -> date:
    """What day it is where they are."""
    return now.astimezone(ZoneInfo(person.tz)).date()


def decide(asked: Asked, people: list[tuple[Recipient, Spent]], now: datetime) -> Decision:
    """Send, hold or drop."""
    if asked.expires_at is not None and asked.expires_at <= now:
        return Drop(EXPIRED)
    return Send()
