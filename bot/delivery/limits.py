"""What we allow ourselves of Slack, a little less than Slack allows: plain data, and the arithmetic of buckets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery import steps

FLOW = 0.953  # of what Slack allows, in the long run; the rest is for what leaves at once: ten posts, two updates
HELD_UP = 1  # second a call may take longer than another: it then falls into the minute of those that left after it


@dataclass(frozen=True)
class Bucket:
    """So many calls a minute in one workspace. `burst` and what flows in meanwhile stay within one minute's worth,
    also where a call takes up to a second to arrive."""

    per_minute: float
    in_flight: int = 10  # calls whose outcome we may have to look up after a crash

    @property
    def burst(self) -> int:
        """How many may leave at once after a quiet time: what a minute holds beside what flows in, and a second more."""
        return max(1, int(self.per_minute) - int(self.per_minute * FLOW * (60 + HELD_UP) / 60))

    @property
    def gap(self) -> timedelta:
        """Between two calls in the long run."""
        return timedelta(seconds=60 / (self.per_minute * FLOW))

    def room(self, next_at: datetime, now: datetime) -> int:
        """How many calls fit right now."""
        if next_at > now:
            return 0
        return min(self.burst, int((now - next_at) / self.gap) + 1)

    def after(self, next_at: datetime, now: datetime, taken: int) -> datetime:
        """When one more fits, after `taken` calls at `now`."""
        return max(next_at, now - self.gap * (self.burst - 1)) + self.gap * taken


# Calls a minute (docs.slack.dev, rate limits). Posts: "several hundred a minute" for a whole workspace.
SLACK_ALLOWS: Mapping[str, Bucket] = {
    steps.POST: Bucket(300),
    steps.OPEN: Bucket(50),
    steps.UPDATE: Bucket(50),
    steps.DELETE: Bucket(50),
    steps.GET_UPLOAD: Bucket(100),
    steps.FINISH_UPLOAD: Bucket(100),
    steps.HISTORY: Bucket(50),
    steps.REPLIES: Bucket(50),
}


@dataclass(frozen=True)
class Limits:
    """The buckets, and how long one conversation rests between two messages."""

    buckets: Mapping[str, Bucket] = field(default_factory=lambda: SLACK_ALLOWS)
    lane_gap: timedelta = timedelta(seconds=1)

    @classmethod
    def off(cls, *, in_flight: int = 50) -> "Limits":
        """No limits, for measuring ourselves instead of Slack."""
        wide = Bucket(per_minute=60_000_000, in_flight=in_flight)
        return cls(dict.fromkeys(SLACK_ALLOWS, wide), timedelta(0))
