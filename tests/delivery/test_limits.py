"""What we allow ourselves stays below what Slack allows, and close to it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import steps
from bot.delivery.limits import SLACK_ALLOWS, Bucket

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_every_method_that_sends_has_a_bucket():
    assert set(SLACK_ALLOWS) == set(steps.METHODS) - {steps.WHOLE}


@settings(max_examples=60, deadline=None)
@given(
    per_minute=st.sampled_from([20, 50, 100, 300]),
    demand=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 40)), min_size=1, max_size=60),
)
def test_no_minute_ever_holds_more_than_slack_allows(per_minute: int, demand: list[tuple[int, int]]):
    bucket, next_at, now = Bucket(per_minute), START - timedelta(hours=1), START
    calls: list[datetime] = []
    for milliseconds, wanted in demand:
        now += timedelta(milliseconds=milliseconds)
        taken = min(wanted, bucket.room(next_at, now))
        next_at = bucket.after(next_at, now, taken)
        calls += [now] * taken
    for call in calls:
        assert len([each for each in calls if call <= each < call + timedelta(minutes=1)]) <= per_minute


def test_an_hour_of_constant_demand_uses_at_least_95_percent():
    for per_minute in (50, 100, 300):
        bucket, next_at, now, taken = Bucket(per_minute), START - timedelta(hours=1), START, 0
        while now < START + timedelta(hours=1):
            now = max(now, next_at)
            room = bucket.room(next_at, now)
            next_at = bucket.after(next_at, now, room)
            taken += room
        assert taken >= 0.95 * per_minute * 60
