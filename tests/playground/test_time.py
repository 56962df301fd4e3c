"""What happened, in words: what everybody can see as it was, what is private only counted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from playground.chronicle import ACT, CHANNEL, FILE, INTRODUCED, PASSAGE, Line, introductions, told
from playground.stepper import on_the_beat

LISBON = ZoneInfo("Europe/Lisbon")
TUESDAY = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ([2], "one introduction"),
        ([3], "one introduction for three people"),
        ([2, 2, 3], "three introductions, one of them for three people"),
        ([2] * 15, "15 introductions"),
    ],
)
def test_introductions_are_counted_in_words(sizes: list[int], words: str):
    assert introductions(sizes) == words


def test_a_day_is_told_in_a_few_lines():
    lines = [
        Line(TUESDAY, INTRODUCED, "2"),
        Line(TUESDAY + timedelta(minutes=1), INTRODUCED, "3"),
        Line(TUESDAY + timedelta(hours=1), CHANNEL, "#perennial: Round 1 is over"),
        Line(TUESDAY + timedelta(hours=2), ACT, "introductions.met"),
        Line(TUESDAY + timedelta(hours=3), ACT, "introductions.met"),
        Line(TUESDAY + timedelta(hours=3), ACT, "members.go"),
        Line(TUESDAY + timedelta(hours=4), FILE, "G1"),
        Line(TUESDAY + timedelta(days=1), PASSAGE, "Tala Reyes is new at Tidewater"),
    ]
    assert [line["text"] for line in told(lines, LISBON)] == [
        "Two introductions, one of them for three people",
        "#perennial: Round 1 is over",
        "Two people said that they met",
        "A time was agreed, and put into calendars",
        "Tala Reyes is new at Tidewater",
    ]


def test_time_stops_on_a_beat_and_never_before_what_is_due():
    assert on_the_beat(TUESDAY, 10) == TUESDAY
    assert on_the_beat(TUESDAY + timedelta(seconds=1.2), 10) == TUESDAY + timedelta(seconds=10)
