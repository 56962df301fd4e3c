"""Slack's rate limits, in moved time: a tier per method, and for posts a message a second per conversation."""

import math
from collections import deque
from collections.abc import Callable
from datetime import datetime

# Requests a minute (docs.slack.dev, rate limits); what is not named here is Tier 3.
_TIER_2, _TIER_3, _TIER_4 = 20, 50, 100
_TIERS = {
    "auth.test": 300,
    "chat.getPermalink": 300,
    "chat.postEphemeral": _TIER_4,
    "conversations.list": _TIER_2,
    "conversations.members": _TIER_4,
    "files.completeUploadExternal": _TIER_4,
    "files.getUploadURLExternal": _TIER_4,
    "files.info": _TIER_4,
    "oauth.v2.access": 300,
    "openid.connect.token": _TIER_4,
    "users.info": _TIER_4,
    "users.list": _TIER_2,
    "views.open": _TIER_4,
    "views.publish": _TIER_4,
    "views.push": _TIER_4,
    "views.update": _TIER_4,
}
_POSTS = "chat.postMessage"
_MINUTE = 60.0


class _Window:
    """So many in any sixty seconds: the strictest reading of a limit a minute."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._taken: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is welcome; asking takes nothing."""
        while self._taken and self._taken[0] <= now - _MINUTE:
            self._taken.popleft()
        return self._taken[-self._most] + _MINUTE - now if len(self._taken) >= self._most else 0.0

    def take(self, now: float) -> None:
        self._taken.append(now)


class _Bucket:
    """So many a second, and a few at once after a quiet time."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._level = 0.0
        self._at = 0.0

    def wait(self, now: float) -> float:
        self._level = max(0.0, self._level - max(0.0, now - self._at) * self._per_second)
        self._at = now
        return max(0.0, (self._level + 1 - self._burst) / self._per_second)

    def take(self, now: float) -> None:
        self._level += 1


class Limits:
    """Says when a call comes too early; over its limit, a method stays shut until the time it was told."""

    def __init__(
        self,
        enabled: bool = True,
        *,
        posts_per_channel: float = 1.0,
        channel_burst: int = 5,
        posts_per_minute: int = 300,
        methods: dict[str, int] | None = None,
    ) -> None:
        self.enabled = enabled
        #: How many calls were answered with 429.
        self.refused = 0
        self._per_channel = posts_per_channel
        self._channel_burst = channel_burst
        self._tiers = _TIERS | {_POSTS: posts_per_minute} | (methods or {})
        self._windows: dict[tuple[str, str], _Window] = {}
        self._channels: dict[tuple[str, str], _Bucket] = {}
        self._shut: dict[tuple[str, str], float] = {}

    def wait(self, team: str, method: str, channel: str | None, clock: Callable[[], datetime]) -> int | None:
        """None when the call may go ahead; else the seconds for Retry-After."""
        if not self.enabled:
            return None
        now = clock().timestamp()
        window = self._window(team, method)
        bucket = self._channel(team, channel) if method == _POSTS and channel else None
        shut = max(0.0, self._shut.get((team, method), 0.0) - now)
        if not shut and (shut := math.ceil(window.wait(now))):
            # A method over its limit is shut as a whole; a busy conversation holds up only itself.
            self._shut[(team, method)] = now + shut
        wait = max(shut, bucket.wait(now) if bucket else 0.0)
        if wait:
            self.refused += 1
            return math.ceil(wait)
        window.take(now)
        if bucket:
            bucket.take(now)
        return None

    def _window(self, team: str, method: str) -> _Window:
        key = (team, method)
        if key not in self._windows:
            self._windows[key] = _Window(self._tiers.get(method, _TIER_3))
        return self._windows[key]

    def _channel(self, team: str, channel: str) -> _Bucket:
        key = (team, channel)
        if key not in self._channels:
            self._channels[key] = _Bucket(self._per_channel, self._channel_burst)
        return self._channels[key]
