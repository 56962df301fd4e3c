"""Remembers how far somebody is; what they think about a step is theirs."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.nudges.models import MentorTraining
from bot.members.models import MemberSkill


async def of(session: AsyncSession, workspace_id: int, member_id: int, *, lock: bool = False) -> MentorTraining | None:
    """Somebody's training, if they began it."""
    query = select(MentorTraining).where(
        MentorTraining.workspace_id == workspace_id, MentorTraining.member_id == member_id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def begin(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> MentorTraining:
    """Their training, begun now where it was not."""
    row = await of(session, workspace_id, member_id, lock=True)
    if row is None:
        row = MentorTraining(member_id=member_id, workspace_id=workspace_id, done=0, begun_at=now, changed_at=now)
        session.add(row)
        await session.flush()
    return row


async def offers_a_skill(session: AsyncSession, workspace_id: int, member_id: int) -> bool:
    """Whether they offer something, and may so mentor somebody."""
    query = select(MemberSkill.skill_id).where(
        MemberSkill.workspace_id == workspace_id,
        MemberSkill.member_id == member_id,
        MemberSkill.direction == "offers",
    )
    return (await session.execute(query.limit(1))).first() is not None
