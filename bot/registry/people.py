"""What is asked about people, and who wants to hear when they come, pause or go."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block, Recipient


@dataclass(frozen=True)
class Wishes:
    """What people want to learn, by their tags alone, as the storey or feature that knows them contributes it.

    `of(session, workspace id, only)`: (member id, slug, name) of each tag; of these people only, where it is not None.
    """

    asks_first: bool  # asked of those only who switched it on themselves
    of: Callable[[AsyncSession, int, Collection[int] | None], Awaitable[list[tuple[int, str, str]]]]


Passage = Callable[[AsyncSession, int, int, datetime], Awaitable[None]]  # (session, workspace id, member id, now)
Recipients = Callable[[AsyncSession, int, list[int]], Awaitable[dict[int, Recipient]]]
# (session, workspace id, ids) → what each is, as "a question about pricing"; mrkdwn, with people's own words escaped.
Namer = Callable[[AsyncSession, int, list[int]], Awaitable[dict[int, str]]]
Welcome = Callable[[AsyncSession, int], Awaitable[list[Block]]]  # (session, workspace id)
WorkspaceStopped = Callable[[AsyncSession, int, str], Awaitable[None]]
