"""What somebody can say about how much they take on; each inside the caller's transaction."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.commitments import rooms, rules
from bot.members.models import Member
from bot.slack import home

Passage = Callable[[AsyncSession, int, int, datetime], Awaitable[None]]


async def no_more(session: AsyncSession, member: Member, *, now: datetime, until: datetime | None = None) -> datetime:
    """They take nothing new for 28 days, or until a moment they named before; what waits for them is handed on at once.

    What they hold stays theirs. The moment until which it lasts.
    """
    room = await rooms.room_of(session, member.workspace_id, member.id)
    room.closed_until = until or now + rules.CLOSED_FOR
    await session.flush()
    passages: list[Passage] = session.info.get("no_more", [])
    for passage in passages:
        await passage(session, member.workspace_id, member.id, now)
    await home.redraw(session, member.workspace_id, [member.id], now=now)
    return room.closed_until


async def open_again(session: AsyncSession, member: Member, *, now: datetime) -> datetime | None:
    """They take new things on again; until when they had not wanted to, so that it can be undone. None: they did."""
    room = await rooms.room_of(session, member.workspace_id, member.id)
    until, room.closed_until = room.closed_until, None
    await home.redraw(session, member.workspace_id, [member.id], now=now)
    return until if until is not None and until > now else None


async def change_cap(session: AsyncSession, member: Member, cap: int, *, now: datetime) -> None:
    """They take on so many points at a time: a smaller number takes nothing away, and hands nothing on."""
    room = await rooms.room_of(session, member.workspace_id, member.id)
    room.cap = cap
    await home.redraw(session, member.workspace_id, [member.id], now=now)
