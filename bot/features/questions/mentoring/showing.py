"""How somebody likes to help stands on the cards of those whose questions they took; the cards follow each change of it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.questions import messages
from bot.features.questions import store as questions
from bot.features.questions.models import Asked, Question
from bot.features.questions.rules import OPEN


async def hold(session: AsyncSession, workspace_id: int, member_id: int) -> None:
    """Lock those questions, before the words themselves."""
    await questions.lock_all(session, workspace_id, await _taken_by(session, workspace_id, member_id))


async def show(session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime) -> None:
    """Draw their cards anew."""
    for number in await _taken_by(session, workspace_id, member_id):
        question = await questions.get(session, workspace_id, number)
        await messages.show(session, question, now=now, key=outbox.moment(session, now))


async def _taken_by(session: AsyncSession, workspace_id: int, member_id: int) -> list[int]:
    query = (
        select(Asked.question_id)
        .join(Question, Question.id == Asked.question_id)
        .where(
            Asked.workspace_id == workspace_id,
            Asked.member_id == member_id,
            Asked.state == "claimed",
            Question.workspace_id == workspace_id,
            Question.state.in_(OPEN),
        )
    )
    return list((await session.execute(query.order_by(Asked.question_id))).scalars())
