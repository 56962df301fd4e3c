"""Questions somebody could answer: open, put to people like them, and not their own."""

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.models import Asked, Helping, Question
from bot.features.questions.routing import audiences
from bot.members.models import MemberSkill

MOST = 25  # two blocks each


async def helps(session: AsyncSession, workspace_id: int, member_id: int) -> bool:
    """Whether somebody offers a skill, or said how they like to help."""
    offers = exists().where(
        MemberSkill.workspace_id == workspace_id,
        MemberSkill.member_id == member_id,
        MemberSkill.direction == "offers",
    )
    said = exists().where(Helping.workspace_id == workspace_id, Helping.member_id == member_id)
    return bool((await session.execute(select(or_(offers, said)))).scalar_one())


async def questions(session: AsyncSession, workspace_id: int, member_id: int) -> list[Question]:
    """Oldest first: whoever waits longest stands on top. None they passed on."""
    passed = select(Asked.question_id).where(
        Asked.workspace_id == workspace_id,
        Asked.member_id == member_id,
        Asked.state.in_(("passed", "released", "claimed")),
    )
    query = (
        select(Question)
        .where(Question.workspace_id == workspace_id, Question.state == "open", Question.id.not_in(passed))
        .order_by(Question.asked_at, Question.id)
        .limit(4 * MOST)
    )
    found = list((await session.execute(query)).scalars())
    return (await audiences.open_to(session, workspace_id, member_id, found))[:MOST]
