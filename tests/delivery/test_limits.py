"""What we allow ourselves stays below what Slack allows, and close to it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import steps
from bot.delivery.limits import SLACK_ALLOWS, Bucket, Limits

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_every_method_that_sends_has_a_bucket():
    assert set(SLACK_ALLOWS) == set(steps.METHODS) - {steps.WHOLE}


@settings(max_examples=60, deadline=None)
@given(
    per_minute=st.sampled_from([20, 50, 100, 300]),
    demand=st.lists(
        st.tuples(st.integers(0, 4000), st.integers(1, 40), st.integers(0, 1000)), min_size=1, max_size=120
    ),
)
def test_no_minute_at_slack_holds_more_than_it_allows_though_calls_take_up_to_a_second_to_arrive(
    per_minute: int, demand: list[tuple[int, int, int]]
):
    bucket, next_at, now = Bucket(per_minute), START - timedelta(hours=1), START
    calls: list[datetime] = []
    for milliseconds, wanted, late in demand:
        now += timedelta(milliseconds=milliseconds)
        taken = min(wanted, bucket.room(next_at, now))
        next_at = bucket.after(next_at, now, taken)
        calls += [now + timedelta(milliseconds=late)] * taken
    for call in calls:
        assert len([each for each in calls if call <= each < call + timedelta(minutes=1)]) <= per_minute


def test_what_was_held_up_for_a_second_at_its_start_still_fits_into_its_minute():
    """A thousand reminders in the minute they were due: one of them was refused."""
    for per_minute in (20, 50, 100, 300):
        bucket = Bucket(per_minute)
        left = [0.0] * bucket.burst + [bucket.gap.total_seconds() * number for number in range(1, 2 * per_minute)]
        arrived = [max(1.0, each) for each in left]
        assert len([each for each in arrived if 1.0 <= each < 61.0]) <= per_minute


def test_an_hour_of_constant_demand_uses_at_least_95_percent():
    for per_minute in (50, 100, 300):
        bucket, next_at, now, taken = Bucket(per_minute), START - timedelta(hours=1), START, 0
        while now < START + timedelta(hours=1):
            now = max(now, next_at)
            room = bucket.room(next_at, now)
            next_at = bucket.after(next_at, now, room)
            taken += room
        assert taken >= 0.95 * per_minute * 60


def test_without_limits_nothing_waits():
    bucket = Limits.off().buckets[steps.POST]
    assert bucket.room(START - timedelta(hours=1), START) >= 1_000
