"""Cadences: which dates, which moment of them, and what the clocks and the company's calendar do to both."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programs.rules import (
    Cadence,
    dates,
    earliest,
    in_their_hours,
    local_date,
    moment,
    next_dates,
    notice_moment,
    too_late,
    working_day,
)

ZONES = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Europe/Lisbon",
    "Europe/Berlin",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
]
MONDAY = date(2026, 3, 2)
EVERY_TUESDAY = Cadence("Europe/Lisbon", MONDAY, weekday=1, at_minute=600, every_weeks=1)
SECOND_TUESDAY = Cadence("Europe/Lisbon", MONDAY, weekday=1, at_minute=600, month_week=2)
LAST_FRIDAY = Cadence("Europe/Lisbon", MONDAY, weekday=4, at_minute=600, month_week=-1)


def years_of(cadence: Cadence, until: date) -> Iterator[date]:
    """Every date, found as the bot finds it: one at a time, from the one before."""
    day = cadence.starts_on - timedelta(days=1)
    while True:
        (day,) = next_dates(cadence, (), after=day, count=1)
        if day >= until:
            return
        yield day


@pytest.mark.parametrize("tz", ZONES)
def test_ten_years_of_every_second_week_miss_nothing_and_double_nothing(tz: str):
    """At 02:30, which some of these nights have twice and some never."""
    cadence = Cadence(tz, MONDAY, weekday=6, at_minute=150, every_weeks=2)
    walked = list(years_of(cadence, date(2036, 3, 2)))
    assert walked[0] == date(2026, 3, 8)
    assert {later - earlier for earlier, later in pairwise(walked)} == {timedelta(weeks=2)}
    assert len(walked) == 261
    moments = [moment(day, cadence.at_minute, tz) for day in walked]
    assert all(local_date(at, tz) == day for at, day in zip(moments, walked, strict=True))
    assert moments == sorted(set(moments))


@pytest.mark.parametrize("tz", ZONES)
def test_ten_years_of_second_and_last_sundays_fall_once_a_month(tz: str):
    for month_week in (1, 2, 3, 4, -1):
        cadence = Cadence(tz, date(2026, 3, 1), weekday=6, at_minute=150, month_week=month_week)
        walked = list(years_of(cadence, date(2036, 3, 1)))
        months = [(day.year, day.month) for day in walked]
        assert len(months) == len(set(months)) == 120
        for day in walked:
            assert day.weekday() == 6
            if month_week > 0:
                assert (day.day - 1) // 7 + 1 == month_week
            else:
                assert (day + timedelta(days=7)).month != day.month


def test_in_the_spring_gap_it_is_the_first_valid_minute_after():
    assert local(moment(date(2026, 3, 8), 150, "America/New_York"), "America/New_York") == "2026-03-08 03:00 EDT"
    assert local(moment(date(2026, 10, 4), 135, "Australia/Lord_Howe"), "Australia/Lord_Howe").startswith(
        "2026-10-04 02:30"
    )


def test_in_autumn_it_is_the_first_of_the_two():
    assert local(moment(date(2026, 11, 1), 90, "America/New_York"), "America/New_York") == "2026-11-01 01:30 EDT"


def local(at: datetime, tz: str) -> str:
    return f"{at.astimezone(ZoneInfo(tz)):%Y-%m-%d %H:%M %Z}"


def test_the_phase_of_every_second_week_is_counted_from_its_stored_start():
    fortnightly = Cadence("Europe/Lisbon", MONDAY, weekday=1, at_minute=600, every_weeks=2)
    assert next_dates(fortnightly, (), after=date(2027, 1, 1), count=1) == [date(2027, 1, 5)]
    assert (date(2027, 1, 5) - date(2026, 3, 3)).days % 14 == 0


def test_nothing_happens_before_the_start():
    assert next_dates(SECOND_TUESDAY, (), after=date(2025, 1, 1), count=1) == [date(2026, 3, 10)]
    assert next_dates(EVERY_TUESDAY, (), after=date(2025, 1, 1), count=1) == [date(2026, 3, 3)]


def test_a_monthly_program_that_starts_after_this_months_day_begins_next_month():
    late = Cadence("Europe/Lisbon", date(2026, 3, 11), weekday=1, at_minute=600, month_week=2)
    assert next_dates(late, (), after=date(2026, 3, 1), count=1) == [date(2026, 4, 14)]


@pytest.mark.parametrize(
    ("cadence", "holidays", "expected"),
    [
        (EVERY_TUESDAY, {date(2026, 3, 3)}, date(2026, 3, 4)),  # the next working day
        (LAST_FRIDAY, {date(2026, 3, 27)}, date(2026, 3, 30)),  # over the weekend to Monday
        (EVERY_TUESDAY, {date(2026, 3, day) for day in range(3, 8)}, date(2026, 3, 10)),  # a closed week drops out
        (LAST_FRIDAY, {date(2026, 3, 27), date(2026, 3, 30)}, date(2026, 3, 31)),
    ],
)
def test_what_falls_on_a_holiday_moves_to_the_next_working_day(cadence: Cadence, holidays: set[date], expected: date):
    assert next_dates(cadence, holidays, after=date(2026, 3, 2), count=1) == [expected]


def test_a_program_of_sundays_keeps_its_sundays():
    sundays = Cadence("Asia/Jerusalem", MONDAY, weekday=6, at_minute=600, every_weeks=1)
    assert next_dates(sundays, (), after=MONDAY, count=1) == [date(2026, 3, 8)]


def test_a_company_that_is_closed_for_ever_has_no_dates():
    closed = {MONDAY + timedelta(days=day) for day in range(1000)}
    assert next_dates(EVERY_TUESDAY, closed, after=MONDAY) == []


@given(
    weekday=st.integers(0, 6),
    every_weeks=st.sampled_from([1, 2, 3, 4, 6, 8, 12, None]),
    month_week=st.sampled_from([1, 2, 3, 4, -1]),
    starts=st.integers(0, 400),
    closed=st.sets(st.integers(0, 500), max_size=60),
    after=st.integers(-30, 300),
)
def test_dates_always_move_on_and_never_fall_on_a_holiday(
    weekday: int, every_weeks: int | None, month_week: int, starts: int, closed: set[int], after: int
):
    cadence = Cadence(
        "Europe/Lisbon",
        MONDAY + timedelta(days=starts),
        weekday,
        600,
        every_weeks=every_weeks,
        month_week=None if every_weeks else month_week,
    )
    holidays = {MONDAY + timedelta(days=day) for day in closed}
    floor = MONDAY + timedelta(days=after)
    found = next_dates(cadence, holidays, after=floor, count=5)
    assert found == sorted(set(found))
    assert all(day > floor and day >= cadence.starts_on and day not in holidays for day in found)
    for earlier, later in pairwise(found):
        assert next_dates(cadence, holidays, after=earlier, count=1) == [later]
        assert next_dates(cadence, holidays, after=later - timedelta(days=1), count=1) == [later]
    assert all(working_day(day, cadence, holidays) == day for day in found)


def test_todays_round_is_next_until_its_hour_has_come():
    tuesday = date(2026, 3, 3)
    before = datetime(2026, 3, 3, 9, 59, tzinfo=UTC)
    assert next(dates(EVERY_TUESDAY, (), after=earliest(before, EVERY_TUESDAY, done=None, skipped=None))) == tuesday
    later = before + timedelta(minutes=1)
    assert next(dates(EVERY_TUESDAY, (), after=earliest(later, EVERY_TUESDAY, done=None, skipped=None))) > tuesday


def test_moving_the_hour_on_the_day_opens_no_second_round():
    now = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
    moved = Cadence("Europe/Lisbon", MONDAY, weekday=1, at_minute=660, every_weeks=1)
    assert earliest(now, moved, done=date(2026, 3, 3), skipped=None) == date(2026, 3, 3)


def test_people_hear_on_the_last_working_day_before():
    mondays = Cadence("Europe/Lisbon", MONDAY, weekday=0, at_minute=600, every_weeks=1)
    assert notice_moment(date(2026, 3, 9), mondays, ()) == datetime(2026, 3, 6, 10, tzinfo=UTC)
    assert notice_moment(date(2026, 3, 9), mondays, {date(2026, 3, 6)}) == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert notice_moment(date(2026, 3, 10), mondays, ()) == datetime(2026, 3, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tz", "expected"),
    [
        ("Europe/Lisbon", "2026-03-09 10:00"),  # within their hours: at the program's own hour
        ("America/New_York", "2026-03-09 13:00"),  # their nine o'clock
        ("Pacific/Auckland", "2026-03-09 20:00"),  # their Tuesday morning, still before the round
        ("Asia/Tokyo", "2026-03-10 00:00"),
    ],
)
def test_a_notice_comes_in_the_members_own_hours(tz: str, expected: str):
    found = in_their_hours(
        datetime(2026, 3, 9, 10, tzinfo=UTC),
        before=datetime(2026, 3, 10, 10, tzinfo=UTC),
        tz=tz,
        hours_start=540,
        hours_end=1020,
        work_days=(0, 1, 2, 3, 4),
    )
    assert f"{found:%Y-%m-%d %H:%M}" == expected


def test_a_notice_that_would_come_after_the_round_comes_at_once():
    wanted = datetime(2026, 3, 9, 10, tzinfo=UTC)
    before = wanted + timedelta(hours=1)
    assert (
        in_their_hours(wanted, before=before, tz="Asia/Tokyo", hours_start=540, hours_end=600, work_days=(4,)) == wanted
    )


def test_a_round_is_opened_up_to_one_day_late():
    due = datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert not too_late(due, due + timedelta(days=1))
    assert too_late(due, due + timedelta(days=1, seconds=1))
