"""Calendar files: what another program reads in them, whatever people wrote, and how a change finds its entry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from bot.calendar import Entry, ics

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STARTS_AT = datetime(2026, 3, 30, 14, 30, tzinfo=ZoneInfo("Europe/Berlin"))  # the day after the clocks changed
LUNCH = Entry("lunch-7@perennial", 0, STARTS_AT, STARTS_AT + timedelta(hours=1), "Lunch, with Ada; and Grace")
WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def read(text: str) -> tuple[str, Component]:
    """What a calendar program finds: the method, and the one event."""
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def test_times_are_said_in_utc():
    text = ics(LUNCH, now=NOW.astimezone(ZoneInfo("Pacific/Auckland")))
    assert "DTSTART:20260330T123000Z\r\n" in text
    assert "DTEND:20260330T133000Z\r\n" in text
    assert "DTSTAMP:20260302T090000Z\r\n" in text
    assert "VTIMEZONE" not in text


def test_a_move_and_a_cancellation_find_the_entry_they_change():
    later = STARTS_AT + timedelta(days=1)
    moved = replace(LUNCH, sequence=1, starts_at=later, ends_at=later + timedelta(hours=1))
    versions = [LUNCH, moved, replace(moved, sequence=2, cancelled=True)]
    found = [read(ics(each, now=NOW)) for each in versions]
    assert [(method, event["sequence"], str(event["status"])) for method, event in found] == [
        ("REQUEST", 0, "CONFIRMED"), ("REQUEST", 1, "CONFIRMED"), ("CANCEL", 2, "CANCELLED"),
    ]  # fmt: skip
    assert {str(event["uid"]) for _, event in found} == {"lunch-7@perennial"}
    assert [event.decoded("dtstart") for _, event in found] == [STARTS_AT, later, later]


def test_commas_semicolons_backslashes_and_line_breaks_are_escaped():
    text = ics(replace(LUNCH, description="Bring: soup; bread\nand a C:\\ story"), now=NOW)
    assert "SUMMARY:Lunch\\, with Ada\\; and Grace\r\n" in text
    assert "DESCRIPTION:Bring: soup\\; bread\\nand a C:\\\\ story\r\n" in text


def test_an_entry_without_a_description_has_no_empty_one():
    assert "DESCRIPTION" not in ics(LUNCH, now=NOW)


@given(WRITTEN, WRITTEN)
def test_whatever_people_wrote_stays_inside_its_own_property(summary: str, description: str):
    text = ics(replace(LUNCH, summary=summary, description=description), now=NOW)
    assert text.endswith("\r\n")
    lines = text.split("\r\n")
    assert not any("\r" in line or "\n" in line for line in lines)
    assert not any((ord(each) < 32 and each != "\t") or ord(each) == 127 for line in lines for each in line)
    assert max(len(line.encode()) for line in lines) <= 75
    names = [line.partition(":")[0] for line in lines if line and not line.startswith(" ")]
    assert len(names) == len(set(names)) + 2  # BEGIN and END stand twice
    _, event = read(text)
    assert [character for character in str(event["summary"]) if character.isalnum()] == [
        character for character in summary if character.isalnum()
    ]
