"""Remembers who leads, by being named or by what they are."""

from collections.abc import Sequence

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


async def known(session: AsyncSession, workspace_id: int, slack_ids: Sequence[str]) -> dict[str, Member]:
    """The members with these Slack ids."""
    query = select(Member).where(Member.workspace_id == workspace_id, Member.slack_id.in_(slack_ids))
    return {member.slack_id: member for member in (await session.execute(query.order_by(Member.id))).scalars()}
