"""Calendar entries (RFC 5545): one that stays the same through every change, and is cancelled properly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

from bot.features.introductions.meetings.rules import LASTS

PRODUCT = "-//Perennial//Introductions//EN"


@dataclass(frozen=True)
class Entry:
    """A meeting as calendars know it; `uid` never changes, `sequence` rises with every change."""

    uid: str
    sequence: int
    starts_at: datetime
    names: Sequence[str]
    cancelled: bool = False


def ics(entry: Entry, *, now: datetime) -> str:
    """The text of an .ics file; calendars match it to what they hold by its uid."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "REQUEST")
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", (entry.starts_at + LASTS).astimezone(UTC))
    event.add("summary", " and ".join(entry.names))
    event.add("description", "Perennial introduced you. Thirty minutes; your conversation in Slack has two questions.")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text
