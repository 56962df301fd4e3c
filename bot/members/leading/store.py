"""Remembers who leads, by being named or by what they are."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store
from bot.members.models import Member


async def named(session: AsyncSession, workspace_id: int) -> list[Member]:
    """Leads who were named by other leads."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.is_lead, Member.deactivated_at.is_(None))
    return list((await session.execute(query.order_by(Member.id))).scalars())


async def always(session: AsyncSession, workspace_id: int) -> list[str]:
    """The names of those who lead whether named or not: admins, the installer, PERENNIAL_LEADS."""
    return [member.name for member in await store.leads(session, workspace_id) if not member.is_lead]
