"""Words, days and numbers: plain and property-based."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.members import rules

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saying no", "  saying-NO "),
        ("Café", "CAFE"),
        ("Ｓｑｌ", "SQL"),
        ("straße", "STRASSE"),
        ("front/end", "front end"),
        ("\u202eolleh", "olleh"),
        ("❤️", "❤"),
    ],
)
def test_two_spellings_are_one_word(one: str, other: str):
    assert rules.slug(one) == rules.slug(other) != ""


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C#", "C++"), ("กิน", "กาน"), ("🎸", "🎹"), (".NET", "net!")])
def test_two_words_stay_two(one: str, other: str):
    assert rules.slug(one) != rules.slug(other)


@given(st.text(max_size=80))
def test_a_word_is_accepted_or_refused_with_a_reason_and_its_slug_is_stable(text: str):
    problem = rules.problem_with_word(text)
    assert problem is None or problem.endswith((".", "find."))
    if problem is None:
        assert rules.slug(rules.clean(text)) == rules.slug(text) != ""
        assert 0 < len(rules.clean(text)) <= rules.LONGEST_WORD


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text: str):
    assert rules.clean(rules.clean(text)) == rules.clean(text)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "---", "\n\t"])
def test_nothing_is_no_word(text: str):
    assert rules.problem_with_word(text) == "Please write a word or two."


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("for 2 weeks", date(2026, 3, 16)),
        ("2 Weeks", date(2026, 3, 16)),
        ("two weeks", date(2026, 3, 16)),
        ("a week", date(2026, 3, 9)),
        ("week", None),
        ("for a month", date(2026, 4, 1)),
        ("3 days", date(2026, 3, 5)),
        ("until 2026-04-01", date(2026, 4, 1)),
        ("2026-04-01", date(2026, 4, 1)),
        ("until 2026-02-30", None),
        ("999 months", date(2026, 3, 2) + timedelta(days=29970)),
        ("for ever", None),
        ("", None),
        ("٣ days", date(2026, 3, 5)),
    ],
)
def test_a_pause_in_words(words: str, until: date | None):
    assert rules.pause_in_words(words, MONDAY) == until


@pytest.mark.parametrize(
    ("until", "fits"),
    [
        (None, False),
        (MONDAY, False),
        (MONDAY - timedelta(days=1), False),
        (MONDAY + timedelta(days=1), True),
        (MONDAY + timedelta(days=366), True),
        (MONDAY + timedelta(days=367), False),
    ],
)
def test_a_pause_ends_after_today_and_within_a_year(until: date | None, fits: bool):
    assert (rules.problem_with_pause(until, MONDAY) is None) is fits


@pytest.mark.parametrize(
    ("tz", "until", "days", "expected"),
    [
        ("Europe/Lisbon", date(2026, 3, 16), (0, 1, 2, 3, 4), "2026-03-16 09:00"),
        ("Europe/Lisbon", date(2026, 3, 14), (0, 1, 2, 3, 4), "2026-03-16 09:00"),  # a Saturday waits for Monday
        ("Pacific/Auckland", date(2026, 4, 6), (0, 1, 2, 3, 4), "2026-04-06 09:00"),  # the clock went back on the 5th
        ("Europe/Lisbon", date(2026, 3, 14), (), "2026-03-14 09:00"),
    ],
)
def test_a_pause_ends_as_the_first_working_hours_begin(tz: str, until: date, days: tuple[int, ...], expected: str):
    local = rules.end_of_pause(until, tz, days, 540).astimezone(ZoneInfo(tz))
    assert f"{local:%Y-%m-%d %H:%M}" == expected


def test_a_day_begins_where_the_member_is():
    assert rules.start_of_day(MONDAY, "Asia/Tokyo") == datetime(2026, 3, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "days", "wrong"),
    [
        (540, 1020, (0,), set()),
        (540, 599, (0,), {"end"}),
        (540, 600, (0,), set()),
        (1320, 360, (0,), {"end"}),
        (None, 1020, (), {"end", "days"}),
    ],
)
def test_working_hours_that_make_sense(start: int | None, end: int, days: tuple[int, ...], wrong: set[str]):
    assert set(rules.problems_with_hours(start, end, days)) == wrong


@pytest.mark.parametrize(
    ("text", "minute"), [("09:30", 570), ("23:59", 1439), ("24:00", None), ("9:30", None), (None, None)]
)
def test_times_of_day(text: str | None, minute: int | None):
    assert rules.minutes(text) == minute


@pytest.mark.parametrize(
    ("hour", "greeting"), [(0, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_greetings_follow_the_sun(hour: int, greeting: str):
    assert rules.greeting(datetime(2026, 3, 2, hour, tzinfo=UTC)) == greeting


def test_numbers_hours_and_days_in_words():
    assert (rules.number(0), rules.number(4), rules.number(12)) == ("none", "four", "12")
    assert (rules.hour(540), rules.hour(570)) == ("9", "9:30")
    assert rules.days_in_words((0, 1, 2, 3, 4)) == "Monday to Friday"
    assert rules.days_in_words((6, 1, 3)) == "Tuesday, Thursday and Sunday"
    assert rules.days_in_words((2,)) == "Wednesday"
    assert rules.day_in_words(date(2026, 3, 16), MONDAY) == "Monday 16 March"
    assert rules.day_in_words(date(2027, 1, 4), MONDAY) == "Monday 4 January 2027"
