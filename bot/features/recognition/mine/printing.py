"""What the printable page holds, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Seen:
    """A skill a colleague saw at work."""

    skill: str
    evidence: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Thanked:
    """A thank-you both sides like to share, line by line."""

    lines: Sequence[str]
    by: str
    at: datetime


@dataclass(frozen=True)
class Sheet:
    """Everything on the page."""

    title: str
    team: str
    skills: Sequence[Seen]
    thanks: Sequence[Thanked]
    milestones: Sequence[tuple[str, datetime]]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.skills or self.thanks or self.milestones)


def month_and_year(moment: datetime, tz: str) -> str:
    """March 2026."""
    return f"{moment.astimezone(ZoneInfo(tz)):%B %Y}"


def day(on: date) -> str:
    """3 March 2026."""
    return f"{on.day} {on:%B %Y}"
