"""What can be said, how often, who may read it, and on which morning a month is read."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.recognition import rules
from bot.features.recognition.rules import Before, Said

OFFERS = {"negotiation": "Negotiation"}
MONTHS = st.integers(0, 119).map(lambda each: date(2026 + each // 12, each % 12 + 1, 1))
ZONES = st.sampled_from(["Europe/Lisbon", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo"])


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Said("Thanks for the page"), set()),
        (Said(""), {"words"}),
        (Said("Thanks", "Negotiation", "Kept three teams in a room"), set()),
        (Said("Thanks", "Negotiation"), {"evidence"}),  # a skill without what was seen is a like button
        (Said("Thanks", "", "Kept three teams in a room"), {"skill"}),
        (Said("Thanks", "Chess", "Won"), {"skill"}),  # it left their list meanwhile
    ],
)
def test_what_is_wrong_is_said_under_its_field(said: Said, fields: set[str]):
    assert set(rules.problems_with_words(said, OFFERS)) == fields


@pytest.mark.parametrize(
    ("before", "many", "problem"),
    [
        (Before(), 1, None),
        (Before(today=9), 1, None),
        (Before(today=9), 2, "can follow tomorrow"),
        (Before(often=("Ben",)), 1, "Ben three times within a week"),
        (Before(same=("Ben", "Cleo")), 2, "Ben and Cleo got these words"),
    ],
)
def test_how_often_is_enough(before: Before, many: int, problem: str | None):
    found = rules.problem_with_often(before, many)
    assert found is None if problem is None else problem in (found or "")


@pytest.mark.parametrize("state", [rules.GIVEN, rules.HIDDEN, rules.TAKEN_BACK])
@pytest.mark.parametrize("choice", [rules.OPEN, rules.SHARE, rules.PRIVATE])
@pytest.mark.parametrize("may_share", [True, False])
def test_others_read_it_only_while_both_sides_like_that(state: str, choice: str, may_share: bool):
    both = (state, choice, may_share) == (rules.GIVEN, rules.SHARE, True)
    assert rules.is_shared(state, choice, may_share=may_share) is both


@given(MONTHS, ZONES, st.integers(0, 2**28 - 1))
def test_a_month_is_read_on_its_first_working_morning(month: date, tz: str, shut: int):
    closed = {month + timedelta(days=each) for each in range(28) if shut >> each & 1}
    found = rules.first_working_morning(month, tz, closed).astimezone(ZoneInfo(tz))
    working = [
        day for day in (month + timedelta(days=each) for each in range(28)) if day.weekday() < 5 and day not in closed
    ]
    assert (found.date(), found.time()) == ((working or [month])[0], time(9, 30))


@given(st.integers(0, 36_000), ZONES)
def test_the_next_reading_is_always_ahead_and_within_a_month_and_some_days(hours: int, tz: str):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    found = rules.next_reading(now, tz, set())
    assert now < found < now + timedelta(days=36)


@given(MONTHS, ZONES)
def test_every_moment_belongs_to_one_month(month: date, tz: str):
    begins, ends = rules.bounds(month, tz)
    assert rules.local(begins, tz) == month
    assert ends == rules.bounds(rules.month_after(month), tz)[0]
    assert rules.month_before(rules.month_after(month)) == month


def test_after_three_in_a_day_more_come_together():
    assert [rules.comes_together(each) for each in (0, 2, 3, 500)] == [False, False, True, True]


def test_words_keep_their_lines_and_lose_the_empty_ends():
    assert rules.cleaned("\r\n  One\r\nTwo \n\n", 500) == "One\nTwo"
    assert len(rules.cleaned("a" * 900, rules.LONGEST_WORDS)) == 500
