"""What a nudge may build on: what goes on in somebody's days, and which themes they care about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Moment:
    """Something in somebody's days that makes one kind of nudge fit, known to the feature that contributes it."""

    name: str  # as the nudges' content names it, such as "before-first-meeting"
    reason: str  # why it fits, behind "because": "you meet Ben tomorrow"; mrkdwn, with people's own words escaped
    themes: frozenset[str] = frozenset()  # what it is about, where that is known


@dataclass(frozen=True)
class Leaning:
    """A theme somebody cares about, and how we know: "one of your goals is about giving feedback"."""

    theme: str
    reason: str


# (session, workspace id, member ids, now) → by member id; asked for hundreds of members at once.
Moments = Callable[[AsyncSession, int, list[int], datetime], Awaitable[dict[int, list[Moment]]]]
Leanings = Callable[[AsyncSession, int, list[int], datetime], Awaitable[dict[int, list[Leaning]]]]
