"""Remembers what people said about how much they take on."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.members.commitments.models import Commitment, Room
from bot.members.models import MemberSkill


async def room_of(session: AsyncSession, workspace_id: int, member_id: int) -> Room:
    """The row of somebody, locked, to be changed; it is made where there was none."""
    row = {"workspace_id": workspace_id, "member_id": member_id}
    await insert_new(session, Room, [row], unique=("member_id",), returning=Room.member_id)
    query = select(Room).where(Room.workspace_id == workspace_id, Room.member_id == member_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(locked)).scalar_one()


async def closed_until(session: AsyncSession, workspace_id: int, member_id: int) -> datetime | None:
    """Until when somebody takes nothing new, if they ever said so."""
    query = select(Room.closed_until).where(Room.workspace_id == workspace_id, Room.member_id == member_id)
    return (await session.execute(query)).scalar_one_or_none()


async def holds_without_offering(session: AsyncSession, workspace_id: int, member_id: int) -> bool:
    """Whether somebody has taken anything on that is open, and offers no skill: who does reads it beside how they help."""
    offers = exists().where(
        MemberSkill.workspace_id == workspace_id, MemberSkill.member_id == member_id, MemberSkill.direction == "offers"
    )
    holds = exists().where(
        Commitment.workspace_id == workspace_id, Commitment.member_id == member_id, Commitment.ended_at.is_(None)
    )
    return bool((await session.execute(select(holds & ~offers))).scalar_one())
