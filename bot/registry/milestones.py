"""What is worth a quiet moment in somebody's growing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class MilestoneKind:
    """Something worth a quiet moment, in the words of the feature that sees it happen."""

    yours: str  # to whoever reached it: "You met the tenth person I introduced you to."
    on_page: str  # on a page of their own: "Met ten people through introductions"
    theirs: str  # behind their name, for others: "has met ten people through introductions"
    # (session, workspace id, member id, what it is about): whether it still holds; asked before anybody is told.
    holds: Callable[[AsyncSession, int, int, int], Awaitable[bool]]
    told_there: bool = False  # the feature celebrates it by itself, so that a note would say it twice


# (session, workspace id, member id, kind of milestone, what it is about, now); told again, it changes nothing.
Reached = Callable[[AsyncSession, int, int, str, int, datetime], Awaitable[None]]


@dataclass
class Milestones:
    """What features see happen in somebody's growing, and who wants to hear of it."""

    kinds: dict[str, MilestoneKind] = field(default_factory=dict)
    reached: list[Reached] = field(default_factory=list)
