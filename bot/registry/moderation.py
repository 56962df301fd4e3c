"""What is written for others, as those see it who look after it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block


@dataclass(frozen=True)
class Written:
    """Something written for others, as a moderator needs it; mrkdwn, with people's own words escaped."""

    words: str
    author_id: int | None  # None: under an alias, or unknown
    where: str  # "an answer", "a card in the archive"


@dataclass(frozen=True)
class Reportable:
    """How one kind of thing written for others is looked at, hidden and put back; subjects are "kind:id".

    Each gets (session, workspace id, id, now); `look` gives None where it is gone, and the words though they are
    hidden. What the author is told is mrkdwn, ready to be read.
    """

    look: Callable[[AsyncSession, int, int, datetime], Awaitable[Written | None]]
    hide: Callable[[AsyncSession, int, int, datetime], Awaitable[None]]
    restore: Callable[[AsyncSession, int, int, datetime], Awaitable[None]]
    # Its author, alias or not, is told what happened.
    tell: Callable[[AsyncSession, int, int, str, datetime], Awaitable[None]]
    # A moderator's further buttons. Whoever answers them asks `moderation.decider` first.
    extra: Callable[[AsyncSession, int, int], Awaitable[list[Block]]] | None = None
