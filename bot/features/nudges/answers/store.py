"""Remembers what people said to nudges."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.nudges.models import Nudge

LOOKS_BACK = timedelta(days=366)


async def times_tried(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> list[datetime]:
    """When somebody said that they did one, a year back at most."""
    query = select(Nudge.answered_at).where(
        Nudge.workspace_id == workspace_id,
        Nudge.member_id == member_id,
        Nudge.answer == "did",
        Nudge.answered_at > now - LOOKS_BACK,
    )
    return [moment for moment in (await session.execute(query)).scalars() if moment is not None]
