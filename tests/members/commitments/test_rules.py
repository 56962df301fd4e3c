"""How much somebody has taken on, as plain values."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.members.commitments import rules
from bot.members.commitments.rules import COUNTS_FOR, WEIGHTS, Load, Taken, counts, room_from

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)

moments = st.timedeltas(timedelta(days=-90), timedelta(days=90)).map(lambda span: NOW + span)
things = st.builds(
    lambda kind, started_at, lasted: Taken(kind, "x:1", started_at, None if lasted is None else started_at + lasted),
    st.sampled_from(sorted(WEIGHTS)),
    moments,
    st.none() | st.timedeltas(timedelta(), timedelta(days=90)),
)
loads = st.builds(
    Load, st.integers(0, 30), st.integers(rules.LEAST_CAP, rules.MOST_CAP), st.none() | moments
)  # more points than the cap: it was lowered


def points(taken: list[Taken], now: datetime) -> int:
    """What it comes to; the store has the database add it up, and its tests compare the two."""
    return sum(WEIGHTS[each.kind] for each in taken if counts(each, now))


def test_something_weighs_28_days_from_its_start_to_the_second_however_soon_it_was_over():
    over = Taken("question", "question:1", NOW, NOW + SECOND)
    assert counts(over, NOW + COUNTS_FOR - SECOND)
    assert not counts(over, NOW + COUNTS_FOR)


def test_something_open_weighs_for_as_long_as_it_is():
    assert counts(Taken("mentorship", "mentorship:1", NOW, None), NOW + timedelta(days=400))


def test_something_that_lasted_longer_weighs_no_more_once_it_is_over():
    long = Taken("mentorship", "mentorship:1", NOW, NOW + timedelta(days=40))
    assert not counts(long, NOW + timedelta(days=40))


def test_a_mentorship_weighs_as_much_as_two_of_anything_else():
    taken = [Taken(kind, f"{kind}:1", NOW, None) for kind in WEIGHTS]
    assert points(taken, NOW) == 5
    assert not Load(5, 6).takes("mentorship", NOW)
    assert Load(5, 6).takes("question", NOW)


def test_who_takes_nothing_more_is_open_again_from_that_moment():
    closed = Load(0, 6, closed_until=NOW)
    assert not closed.takes("question", NOW - SECOND)
    assert closed.takes("question", NOW)


def test_a_full_room_says_from_when_it_is_not():
    over = [Taken("question", f"question:{day}", NOW + timedelta(days=day), NOW + timedelta(days=9)) for day in (3, 1)]
    held = Taken("mentorship", "mentorship:1", NOW, None)
    taken = [held, *over]
    assert room_from(Load(4, 6), taken) is None
    assert room_from(Load(4, 4), taken) == NOW + timedelta(days=1) + COUNTS_FOR
    assert room_from(Load(4, 3), taken) == NOW + timedelta(days=3) + COUNTS_FOR
    assert room_from(Load(4, 2), taken) is None
    assert room_from(Load(2, 2), [held]) is None
    assert room_from(Load(0, 0), []) is None


@given(loads, st.sampled_from(sorted(WEIGHTS)), moments)
def test_nothing_fits_that_would_go_over_the_cap_or_into_a_closed_room(load: Load, kind: str, now: datetime):
    if load.takes(kind, now):
        assert load.points + WEIGHTS[kind] <= load.cap
        assert load.closed_until is None or load.closed_until <= now
    else:
        assert load.points + WEIGHTS[kind] > load.cap or not load.is_open(now)


@given(st.lists(things, max_size=12), moments, st.timedeltas(timedelta(), timedelta(days=120)))
def test_with_time_alone_a_load_only_becomes_lighter(taken: list[Taken], now: datetime, later: timedelta):
    begun = [each for each in taken if each.started_at <= now and (each.ended_at is None or each.ended_at <= now)]
    assert points(begun, now + later) <= points(begun, now) <= sum(WEIGHTS[each.kind] for each in begun)


@given(things, moments)
def test_ending_something_never_makes_it_heavier(taken: Taken, now: datetime):
    still_open = Taken(taken.kind, taken.subject, taken.started_at, None)
    assert points([taken], now) <= points([still_open], now)
