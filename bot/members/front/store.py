"""Looks up what the first lines of a Home tab and the Settings page say about their viewer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Charge
from bot.members.models import Member


async def messages_this_week(session: AsyncSession, member: Member, now: datetime) -> int:
    """How much of their weekly budget is used: weeks begin on their own Monday."""
    today = now.astimezone(ZoneInfo(member.tz)).date()
    query = select(func.coalesce(func.sum(Charge.cost), 0)).where(
        Charge.workspace_id == member.workspace_id,
        Charge.member_id == member.id,
        Charge.local_date >= today - timedelta(days=today.weekday()),
        Charge.local_date <= today,
    )
    return int((await session.execute(query)).scalar_one())
