"""Slack's rate limits, in moved time: a tier per method, and for posts a message a second per conversation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

# Requests a minute (docs.slack.dev, rate limits); what is not named here is Tier 3.
_TIER_1, _TIER_2, _TIER_3, _TIER_4 = 1, 20, 50, 100
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


@dataclass
class _Bucket:
    """So many a minute, with a burst; counted as the time at which it will be empty again."""

    per_second: float
    burst: float
    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more is welcome; 0 takes nothing yet."""
        self.level = max(0.0, self.level - max(0.0, now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (self.level + 1 - self.burst) / self.per_second)

    def take(self) -> None:
        self.level += 1


class Limits:
    """Says when a call comes too early, and for how long its method stays shut."""

    def __init__(
        self,
        enabled: bool = True,
        *,
        posts_per_channel: float = 1.0,
        channel_burst: int = 5,
        posts_per_minute: int = 400,
        methods: dict[str, int] | None = None,
    ) -> None:
        self.enabled = enabled
        self.refused = 0
        self._per_channel = posts_per_channel
        self._channel_burst = channel_burst
        self._posts_per_minute = posts_per_minute
        self._tiers = _TIERS | (methods or {})
        self._buckets: dict[tuple[str, str, str], _Bucket] = {}
        self._shut: dict[tuple[str, str], float] = {}

    def wait(self, team: str, method: str, channel: str | None, clock: Callable[[], datetime]) -> int | None:
        """None when the call may go ahead; else the seconds for Retry-After."""
        if not self.enabled:
            return None
        now = clock().timestamp()
        if (opens := self._shut.get((team, method), 0.0)) > now:
            self.refused += 1
            return math.ceil(opens - now)
        buckets = self._asked(team, method, channel)
        longest = max(bucket.wait(now) for bucket in buckets)
        if longest > 0:
            self.refused += 1
            seconds = max(1, math.ceil(longest))
            # Only the method's own limit shuts the method; a busy conversation holds up nobody else.
            if len(buckets) == 1 or buckets[0].wait(now) > 0:
                self._shut[(team, method)] = now + seconds
            return seconds
        for bucket in buckets:
            bucket.take()
        return None

    def _asked(self, team: str, method: str, channel: str | None) -> list[_Bucket]:
        if method != _POSTS:
            per_minute = self._tiers.get(method, _TIER_3)
            return [self._bucket((team, method, ""), per_minute / 60, max(1, per_minute))]
        whole = self._bucket((team, method, ""), self._posts_per_minute / 60, self._posts_per_minute)
        return [whole, self._bucket((team, method, channel or ""), self._per_channel, self._channel_burst)]

    def _bucket(self, key: tuple[str, str, str], per_second: float, burst: float) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(per_second, burst))
