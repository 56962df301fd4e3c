"""What people can do when they write to us or are stuck, and who may read what they ask."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block

# (session, workspace id, member id) → a button towards help for whoever is stuck, or None where there is none for them.
Help = Callable[[AsyncSession, int, int], Awaitable[Block | None]]
Fits = Callable[[AsyncSession, int, int], Awaitable[bool]]  # (session, workspace id, member id)


@dataclass(frozen=True)
class TalkOffer:
    """A button under the answer to a message outside any thread; its value is "channel:ts" of that message."""

    label: str
    action_id: str
    fits: Fits | None = None  # whom it is shown to; None: everybody who is in


@dataclass(frozen=True)
class Audience:
    """People who may read what somebody asks, and under which name they are chosen."""

    key: str  # such as "program:3"
    name: str  # as it is read: "Everybody in Coffee across teams"
    member_ids: tuple[int, ...]
    channel: str | None = None  # where they all read, if there is such a place


Audiences = Callable[[AsyncSession, int, int], Awaitable[list[Audience]]]  # (session, workspace id, who asks)
