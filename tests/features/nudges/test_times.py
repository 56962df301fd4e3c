"""When a nudge is due: on somebody's days, in their hours, at a minute of their own."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import hours
from bot.delivery.rules import Spent
from bot.features.nudges.sending import rules
from bot.features.nudges.sending.facts import may_leave_today
from bot.messages import Recipient

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
ADA = Recipient(1, "U1", "Europe/Lisbon", 540, 1020, (0, 1, 2, 3, 4), 4, None, True)
ZONES = ("Europe/Lisbon", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "America/St_Johns", "Africa/Lagos")

recipients = st.builds(
    lambda member_id, tz, start, length, days: Recipient(
        member_id, "U1", tz, start, start + length, tuple(sorted(days)), 4, None, True
    ),
    st.integers(1, 10**6),
    st.sampled_from(ZONES),
    st.integers(0, 14 * 60),
    st.integers(60, 9 * 60),
    st.sets(st.integers(0, 6), min_size=1),
)


def test_ten_thousand_people_are_spread_over_the_minutes_of_a_morning():
    minutes = Counter(rules.minute_of(replace(ADA, member_id=number)) for number in range(10_000))
    assert min(minutes) >= ADA.hours_start
    assert max(minutes) < ADA.hours_start + 4 * 60
    assert len(minutes) == rules.SPREAD
    assert max(minutes.values()) < 100


def test_ten_thousand_people_are_spread_over_the_days_of_a_week():
    days = Counter(day for number in range(10_000) for day in rules.days_of("twice", (0, 1, 2, 3, 4), number))
    assert sorted(days) == [0, 1, 2, 3, 4]
    assert max(days.values()) < 1.1 * min(days.values())


@pytest.mark.parametrize(("cadence", "a_fortnight"), [("daily", 10), ("twice", 4), ("weekly", 2), ("off", 0)])
def test_a_cadence_is_what_it_says(cadence: str, a_fortnight: int):
    found, moment = 0, MONDAY - timedelta(days=1)
    while (due := rules.next_due(cadence, ADA, moment)) and due < MONDAY + timedelta(days=13):
        found, moment = found + 1, due
    assert found == a_fortnight


@given(recipients, st.sampled_from(["daily", "twice", "weekly"]), st.integers(0, 370 * 24 * 60))
def test_it_is_always_on_a_day_and_in_an_hour_of_theirs(person: Recipient, cadence: str, minutes: int):
    after = MONDAY + timedelta(minutes=minutes)
    due = rules.next_due(cadence, person, after)
    assert due is not None and after < due <= after + timedelta(days=8)
    assert due.astimezone(ZoneInfo(person.tz)).weekday() in person.work_days
    assert any(
        begins <= due < ends for begins, ends in hours.spans(person, due - timedelta(days=1), due + timedelta(days=1))
    )


@given(recipients, st.integers(1, 10**6))
def test_two_days_a_week_lie_apart(person: Recipient, member_id: int):
    days = rules.days_of("twice", person.work_days, member_id)
    assert set(days) <= set(person.work_days)
    assert len(days) == min(2, len(person.work_days))


def test_a_minute_that_the_clock_skips_is_the_one_after_the_gap():
    early = replace(ADA, tz="Europe/Berlin", hours_start=110, hours_end=170, work_days=(6,))
    due = rules.next_due("daily", early, datetime(2026, 3, 28, 12, tzinfo=UTC))  # clocks change on Sunday the 29th
    assert due is not None and due.date() == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("spent", "budget", "day", "room"),
    [(0, 4, 0, True), (1, 4, 1, True), (2, 4, 2, False), (3, 4, 4, True), (4, 4, 4, False), (0, 1, 0, True),
     (1, 1, 0, False), (0, 0, 0, False), (0, 4, 5, False)],
)  # fmt: skip
def test_a_nudge_is_chosen_where_delivery_has_a_place_for_it_that_day(spent: int, budget: int, day: int, room: bool):
    now = MONDAY + timedelta(days=day, hours=2)
    had = Spent()
    if spent:
        had.add("appointment", MONDAY.date(), spent)
    assert may_leave_today(replace(ADA, weekly_budget=budget), had, now) is room


def test_a_week_is_called_quiet_from_wednesday_on_and_only_if_nothing_happens_in_it():
    tuesday, wednesday, last_week = date(2026, 3, 3), date(2026, 3, 4), date(2026, 2, 27)
    assert not rules.is_quiet(tuesday, [], is_busy=False)
    assert rules.is_quiet(wednesday, [last_week], is_busy=False)
    assert not rules.is_quiet(wednesday, [tuesday], is_busy=False)
    assert not rules.is_quiet(wednesday, [], is_busy=True)


def test_what_is_half_a_day_late_is_not_made_up_for():
    assert not rules.is_too_late(MONDAY, MONDAY + timedelta(hours=11))
    assert rules.is_too_late(MONDAY, MONDAY + timedelta(hours=13))
