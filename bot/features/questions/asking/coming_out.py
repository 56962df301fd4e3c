"""The clock asks: what a question was merged into is over without an answer, so its asker would wait for nothing."""

from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.delivery import outbox
from bot.features.questions import lifecycle, messages, store
from bot.features.questions.asking import views
from bot.features.questions.models import Question
from bot.features.questions.threads import quiet
from bot.members import store as members
from bot.registry import Tools
from bot.scheduler import one_by_one

ROOT = aliased(Question)
TAKEN_BACK = ("withdrawn", "hidden")  # nothing is read there any more, whatever was answered before


async def look(tools: Tools) -> int:
    """Every question that is left in one that is over; one of them a transaction."""
    async with tools.database.reading() as session:
        query = select(Question.workspace_id, Question.id).join(ROOT, _left_behind()).order_by(Question.id).limit(200)
        due = [(row.workspace_id, row.id) for row in await session.execute(query)]
    return await one_by_one(tools, due, partial(_come_out, tools))


async def next_left(session: AsyncSession) -> datetime | None:
    """Since when the first of them waits."""
    query = select(func.min(ROOT.closed_at)).select_from(Question).join(ROOT, _left_behind())
    return (await session.execute(query)).scalar_one()


def _left_behind() -> ColumnElement[bool]:
    return and_(
        ROOT.id == Question.merged_into_id,
        ROOT.workspace_id == Question.workspace_id,
        Question.merged_into_id.is_not(None),  # few are, and their index says which
        Question.state == "merged",
        or_(ROOT.state.in_(TAKEN_BACK), and_(ROOT.state == "closed", ROOT.first_answer_at.is_(None))),
    )


async def _come_out(tools: Tools, found: tuple[int, int]) -> None:
    """It goes on by itself; where the other was closed because nobody had an answer for weeks, it is closed as well."""
    now, (workspace_id, number) = tools.clock(), found
    async with tools.database.transaction() as session:
        other_id = (await store.get(session, workspace_id, number)).merged_into_id
        if other_id is None:
            return
        await store.lock_all(session, workspace_id, {number, other_id})
        question = await store.get(session, workspace_id, number, lock=True)
        other = await store.get(session, workspace_id, other_id, lock=True)
        answered = other.first_answer_at is not None and other.state not in TAKEN_BACK
        if question.merged_into_id != other.id or other.state not in (*TAKEN_BACK, "closed") or answered:
            return
        question.merged_into_id = None
        key = outbox.moment(session, now)
        if (other.state, other.closing) == ("closed", "quiet"):
            await messages.to_asker(session, question, quiet.CLOSED, None, now=now, key=f"quiet:{key}")
            await lifecycle.end(session, question, "closed", closing="quiet", now=now)
            return
        if question.asker_id is not None and not await _is_here(session, question):
            await lifecycle.end(session, question, "closed", closing="asker", now=now)
            return
        content = views.on_its_own(taken_back=other.state in TAKEN_BACK)
        await messages.tell(session, question, content, now=now, key=f"alone:{key}")
        await lifecycle.reopen(session, question, now=now)


async def _is_here(session: AsyncSession, question: Question) -> bool:
    """Whether somebody reads what would be answered; under an alias that is not told by how it goes on."""
    asker = await members.by_id(session, question.workspace_id, question.asker_id or 0)
    return asker is not None and asker.deactivated_at is None and members.has_joined(asker)
