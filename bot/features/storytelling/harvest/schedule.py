"""When a session's listeners are asked, and when those who said something are asked what became of it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.models import StorySession, Takeaway
from bot.features.storytelling.store import running


async def harvests_due(session: AsyncSession, now: datetime, *, limit: int = 50) -> list[tuple[int, int]]:
    """(workspace id, gathering id) of sessions whose listeners are to be asked."""
    query = (
        select(StorySession.workspace_id, StorySession.gathering_id)
        .where(running(StorySession.workspace_id), StorySession.harvest_at <= now)
        .order_by(StorySession.harvest_at)
        .limit(limit)
    )
    return [(row.workspace_id, row.gathering_id) for row in await session.execute(query)]


async def next_harvest(session: AsyncSession) -> datetime | None:
    """When the next of them is."""
    query = select(func.min(StorySession.harvest_at)).where(running(StorySession.workspace_id))
    return (await session.execute(query)).scalar_one()


async def asks_due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, takeaway id) of those whose listener is to be asked whether they tried it."""
    query = (
        select(Takeaway.workspace_id, Takeaway.id)
        .where(running(Takeaway.workspace_id), Takeaway.ask_at <= now)
        .order_by(Takeaway.ask_at, Takeaway.id)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_ask(session: AsyncSession) -> datetime | None:
    """When the next of them is."""
    query = select(func.min(Takeaway.ask_at)).where(running(Takeaway.workspace_id))
    return (await session.execute(query)).scalar_one()
