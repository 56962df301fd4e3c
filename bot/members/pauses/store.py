"""Remembers whose pause ends when."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.models import Member


async def next_end(session: AsyncSession) -> datetime | None:
    """When the next pause is over."""
    return (await session.execute(select(func.min(Member.pause_ends_at)))).scalar_one()


async def ended(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """Whose pause is over: workspace and member id."""
    query = (
        select(Member.workspace_id, Member.id)
        .where(Member.pause_ends_at <= now)
        .order_by(Member.pause_ends_at)
        .limit(limit)
    )
    return list((await session.execute(query)).all())


async def lock_ended(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> Member | None:
    """The member, if their pause still is to be ended: another process may have been here, or they chose another day."""
    query = (
        select(Member)
        .where(Member.workspace_id == workspace_id, Member.id == member_id, Member.pause_ends_at <= now)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(query)).scalar_one_or_none()
