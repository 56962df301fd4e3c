"""Remembers whom somebody would rather not be paired with, for them alone."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.models import Apart, Member


async def list_of(session: AsyncSession, owner: Member) -> list[str]:
    """The Slack ids on the owner's list. Ask only for whoever acts, and show it only to them."""
    query = (
        select(Member.slack_id)
        .join(Apart, Apart.other_id == Member.id)
        .where(Apart.workspace_id == owner.workspace_id, Apart.member_id == owner.id)
        .order_by(Member.slack_id)
    )
    return list((await session.execute(query)).scalars())


async def keep(session: AsyncSession, owner: Member, slack_ids: Collection[str]) -> None:
    """Have exactly these people on the owner's list; those we have never met can't be introduced to them anyway."""
    await session.execute(delete(Apart).where(Apart.workspace_id == owner.workspace_id, Apart.member_id == owner.id))
    query = select(Member.id).where(Member.workspace_id == owner.workspace_id, Member.slack_id.in_(slack_ids))
    for other_id in sorted((await session.execute(query)).scalars()):
        session.add(Apart(workspace_id=owner.workspace_id, member_id=owner.id, other_id=other_id))
