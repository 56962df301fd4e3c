"""Decides what a host may write into the forms, and where a move leads. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.gatherings.rules import LONGEST_TITLE, SEATS

LONGEST_ABOUT, LONGEST_PLACE, LONGEST_LINK = 1000, 120, 500
NO_LINK = "That is not a link. Copy it from your browser or call, with https:// at its beginning."
NO_SEATS = f"Write a number from {SEATS.start} to {SEATS.stop - 1}, or leave it empty for as many as like."
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Draft:
    """What the form for editing says; `seats` as it was typed."""

    title: str
    about: str
    place: str
    link: str
    seats: str
    minutes: int

    @property
    def chairs(self) -> int | None:
        """How many seats; None for as many as like."""
        return int(self.seats) if self.seats else None


def problem_with_link(text: str) -> str | None:
    """Why this is no address a browser would open."""
    if any(each.isspace() or ord(each) < 32 for each in text) or any(each in text for each in "<>|\"'"):
        return NO_LINK
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return NO_LINK
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip("."):
        return NO_LINK
    return f"That link is longer than {LONGEST_LINK} characters." if len(text) > LONGEST_LINK else None


def problems_with(draft: Draft) -> dict[str, str]:
    """What to mend, by field."""
    problems = {}
    if len(draft.title) > LONGEST_TITLE:
        problems["title"] = f"Keep it under {LONGEST_TITLE} characters, so that it fits on a phone."
    if draft.link and (problem := problem_with_link(draft.link)):
        problems["link"] = problem
    if problem := problem_with_seats(draft.seats):
        problems["seats"] = problem
    return problems


def problem_with_seats(text: str) -> str | None:
    """Why this is no number of seats; none at all is one."""
    return NO_SEATS if text and not (text.isascii() and text.isdecimal() and int(text[:6]) in SEATS) else None


@dataclass(frozen=True)
class Shift:
    """From one local date and time to another: what later ones are moved by as well."""

    days: int
    minutes: int

    def of(self, starts_at: datetime, tz: str) -> tuple[date, int]:
        """Where it takes a moment: local date, and minutes after midnight there."""
        local = starts_at.astimezone(ZoneInfo(tz))
        moved = datetime.combine(local.date(), local.time()) + timedelta(days=self.days, minutes=self.minutes)
        return moved.date(), moved.hour * 60 + moved.minute


def shift(starts_at: datetime, tz: str, day: date, minute: int) -> Shift:
    """What has to be added to a moment's local time to come to this one."""
    local = starts_at.astimezone(ZoneInfo(tz))
    return Shift((day - local.date()).days, minute - (local.hour * 60 + local.minute))


def over_each_other(spans: Sequence[Span], others: Sequence[Span]) -> int | None:
    """Which of the others one of the spans would lie over, by its place; None where all are apart."""
    for place, (begins, ends) in enumerate(others):
        if any(start < ends and begins < end for start, end in spans):
            return place
    return None
