"""What introductions decide: debts, openers, ends, times, follow-ups; values in, values out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.introductions.checkins import rules as checkins
from bot.features.introductions.making import rules
from bot.features.introductions.making.rules import Outcome
from bot.features.introductions.meetings import rules as times
from bot.features.introductions.starters import Talker, choose_starters, library

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
WEEK = (0, 1, 2, 3, 4)
LISBON = times.Hours("Europe/Lisbon", 9 * 60, 17 * 60, WEEK)
NEW_YORK = times.Hours("America/New_York", 9 * 60, 17 * 60, WEEK)
TOKYO = times.Hours("Asia/Tokyo", 9 * 60, 17 * 60, WEEK)
ZONES = ["Europe/Lisbon", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo"]


@pytest.mark.parametrize(
    ("outcome", "owed"),
    [
        (Outcome(seated=False), 1.0),
        (Outcome(True, met=True, answered=True, heard=True), 0.0),
        (Outcome(True, answered=True, heard=False), 0.8),  # they answered, nobody else did
        (Outcome(True, answered=True, heard=True), 0.6),  # both say that it did not happen
        (Outcome(True, answered=False, heard=True), 0.0),  # silence is owed nothing
        (Outcome(True, met=True, answered=True, heard=True, rating="poor"), 0.4),
    ],
)
def test_a_round_that_fell_short_is_owed_by_how_much(outcome: Outcome, owed: float):
    assert rules.shortfall(outcome) == owed


def test_a_debt_fades_over_three_rounds():
    left_out = Outcome(seated=False)
    assert rules.debt([left_out]) > rules.debt([None, left_out]) > rules.debt([None, None, left_out]) > 0
    assert rules.debt([left_out, left_out, left_out]) == 1.0


def test_whoever_was_asked_least_recently_writes_first():
    assert rules.opener([1, 2, 3], {1: 9, 2: 4, 3: 7}) == 2
    assert rules.opener([1, 2], {1: 9}) == 2


def test_a_round_ends_at_the_same_local_hour_and_never_at_a_weekend():
    friday = rules.ends(MONDAY, "Europe/Lisbon", 4)
    assert friday.astimezone(ZoneInfo("Europe/Lisbon")).strftime("%A %H:%M") == "Friday 10:00"
    spring = rules.ends(datetime(2026, 3, 23, 10, tzinfo=UTC), "Europe/Lisbon", 7)  # the clocks change in between
    assert spring.astimezone(ZoneInfo("Europe/Lisbon")).strftime("%A %H:%M") == "Monday 10:00"
    assert rules.ends(MONDAY, "Europe/Lisbon", 5).astimezone(ZoneInfo("Europe/Lisbon")).weekday() == 0


def test_working_hours_become_one_span_of_the_utc_day():
    assert rules.utc_hours(540, 1020, "Asia/Kolkata", MONDAY) == [[210, 690]]
    assert rules.utc_hours(540, 1020, "America/Los_Angeles", MONDAY) == [[1020, 1500]]


def test_five_thousand_pairs_take_a_hundred_minutes():
    assert rules.minutes_to_send(5000) == 100
    assert rules.minutes_to_send(1) == 1


def test_times_lie_in_everybodys_hours_on_three_days():
    found = times.offer([LISBON, NEW_YORK], MONDAY)
    assert found.shared
    assert len({time.date() for time in found.times}) == 3
    assert all(times.bad(time, each) == 0 for time in found.times for each in (LISBON, NEW_YORK))


def test_hours_that_never_meet_give_the_two_least_bad_times():
    found = times.offer([NEW_YORK, TOKYO], MONDAY)
    assert not found.shared
    assert len(found.times) == 2


def test_a_time_that_did_not_suit_is_not_offered_again():
    first = times.offer([LISBON, NEW_YORK], MONDAY)
    again = times.offer([LISBON, NEW_YORK], MONDAY, without=first.times)
    assert set(first.times).isdisjoint(again.times)
    assert again.times


@settings(deadline=None)  # the machine may be busy with something else
@given(
    st.lists(
        st.builds(
            times.Hours,
            tz=st.sampled_from(ZONES),
            start=st.integers(5 * 60, 11 * 60),
            end=st.integers(14 * 60, 20 * 60),
            days=st.sampled_from([WEEK, (6, 0, 1, 2, 3), (0, 2, 4)]),
        ),
        min_size=2,
        max_size=3,
    ),
    st.integers(0, 2 * 365 * 24 * 4).map(lambda quarters: MONDAY + quarters * timedelta(minutes=15)),
)
def test_whoever_they_are_offered_times_are_ahead_apart_and_honest(people: list[times.Hours], now: datetime):
    found = times.offer(people, now)
    assert all(now + times.SOONEST <= time <= now + timedelta(days=times.DAYS_AHEAD + 1) for time in found.times)
    assert len(set(found.times)) == len(found.times) <= 3
    fits = all(times.bad(time, each) == 0 for time in found.times for each in people)
    assert fits if found.shared else not found.times or not fits


def test_only_who_has_not_said_how_it_ended_is_asked():
    assert checkins.whom_to_ask([(1, None), (2, "met")]) == [1]
    assert checkins.whom_to_ask([(1, None), (2, "wont")]) == []
    assert checkins.whom_to_ask_again([(1, "not_yet"), (2, None)]) == [1, 2]
    assert checkins.whom_to_ask_again([(1, None), (2, "met")]) == []


def test_a_date_being_agreed_needs_no_bump():
    assert checkins.needs_bump([None, None], None)
    assert not checkins.needs_bump([None, None], "proposed")
    assert not checkins.needs_bump([None, "met"], None)


def test_three_silent_rounds_in_a_row_are_quiet_and_two_are_not():
    assert checkins.has_gone_quiet([False, False, False])
    assert not checkins.has_gone_quiet([False, False])
    assert not checkins.has_gone_quiet([False, True, False])


def test_every_starter_fits_somebody_and_there_are_enough_for_anybody():
    starters = library()
    assert len(starters) >= 60
    assert all(len(starter.text) < 200 and starter.text.endswith("?") for starter in starters.values())
    anybody = [
        starter for starter in starters.values() if starter.fits == type(starter.fits)() and starter.first_meeting
    ]
    assert len(anybody) >= 30


def test_nobody_gets_the_same_starter_twice_as_long_as_there_is_another():
    asked: set[str] = set()
    for _ in range(20):
        people = [_talker(1, asked), _talker(2, asked)]
        chosen = choose_starters(list(library().values()), people, seed=3)
        assert len(chosen) == 2
        assert asked.isdisjoint(chosen)
        assert len({library()[slug].theme for slug in chosen}) == 2
        asked |= set(chosen)


def test_starters_speak_to_what_people_named():
    lawyers = [
        Talker(1, "legal", 2, frozenset({"contracts"}), frozenset()),
        Talker(2, "design", 2, frozenset({"contracts", "sketching"}), frozenset()),
    ]
    first = library()[choose_starters(list(library().values()), lawyers, seed=1)[0]]
    assert first.fits.topics & {"contracts", "sketching"}


def _talker(member_id: int, asked: set[str]) -> Talker:
    return Talker(member_id, "engineering", 2, frozenset({"sql"}), frozenset({"jazz"}), frozenset(asked))
