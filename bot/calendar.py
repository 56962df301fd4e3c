"""Calendar entries (RFC 5545): one that stays the same through every change, and is cancelled properly."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Perennial//Perennial//EN"
UNWELCOME = re.compile(r"[^\n\r\t\x20-\x7e\x80-\U0010ffff]")  # control characters: RFC 5545 allows none in a text


@dataclass(frozen=True)
class Entry:
    """What a calendar holds; `uid` never changes, `sequence` rises with every move and with the cancellation."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    cancelled: bool = False


def ics(entry: Entry, *, now: datetime) -> str:
    """The text of an .ics file; calendars match it to what they hold by its uid."""
    from icalendar import Calendar, Event  # 3 MB, loaded with the first entry: no start has to wait for it

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "REQUEST")
    calendar.add_component(_filled(Event(), entry, now))
    text: str = calendar.to_ical().decode()
    return text


def _filled(event: "Event", entry: Entry, now: datetime) -> "Event":
    """Times are said in UTC, so a file needs no time zone of its own."""
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", UNWELCOME.sub(" ", entry.summary))
    if entry.description:
        event.add("description", UNWELCOME.sub(" ", entry.description))
    if entry.location:
        event.add("location", UNWELCOME.sub(" ", entry.location))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
