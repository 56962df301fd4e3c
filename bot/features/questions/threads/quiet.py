"""The clock asks: a question in which nothing was said for long is closed kindly, and opens again with one tap."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.questions import askers, lifecycle, standing, store
from bot.features.questions import messages as to_people
from bot.features.questions.models import Asked, Question
from bot.features.questions.rules import OPEN
from bot.features.questions.threads import quiet_views, timing
from bot.messages import Content, Kind, MessageClass
from bot.registry import Tools
from bot.scheduler import one_by_one

CLOSED = Kind(  # nobody did anything just then, so it waits for their day
    "questions.closed_quietly",
    MessageClass.REQUEST,
    priority=20,
    expires=timedelta(days=7),
    cost=0,
    private=True,
    noun=("how a question of yours ended", "how questions of yours ended"),
)


async def close(tools: Tools) -> int:
    """Look at every question that has been quiet for long."""
    async with tools.database.reading() as session:
        query = (
            select(Question.workspace_id, Question.id)
            .where(Question.quiet_at <= tools.clock())
            .order_by(Question.quiet_at)
            .limit(200)
        )
        due = [(row.workspace_id, row.id) for row in await session.execute(query)]
    return await one_by_one(tools, due, partial(close_one, tools))


async def next_quiet(session: AsyncSession) -> datetime | None:
    """When the next of them is to be looked at."""
    return (await session.execute(select(func.min(Question.quiet_at)))).scalar_one()


async def close_one(tools: Tools, found: tuple[int, int]) -> None:
    """One question, if it is still quiet; whoever was asked or took it lately has their time first."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        question = await store.get(session, *found, lock=True)
        if question.quiet_at is None or question.quiet_at > now:
            return
        if question.state not in OPEN:
            question.quiet_at = None
            return
        later = timing.next_look(question, await _touched(session, question), now=now)
        if later is not None:
            question.quiet_at = later
            return
        key = f"quiet:{outbox.moment(session, now)}"
        await to_people.to_asker(session, question, CLOSED, None, now=now, key=key)
        await lifecycle.end(
            session, question, "closed", closing="quiet", now=now
        )  # offers to keep it, once that is said


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Why it was closed; nothing, where it is open again before their day begins."""
    question = await store.get(session, delivery.workspace_id, askers.question_in(session, delivery.subject))
    if (question.state, question.closing) != ("closed", "quiet"):
        return None
    return quiet_views.closed(question.id, answered=await standing.answers_to(session, question) > 0)


async def _touched(session: AsyncSession, question: Question) -> datetime | None:
    """When somebody was last asked, or took it."""
    query = select(func.max(Asked.asked_at), func.max(Asked.claimed_at)).where(
        Asked.workspace_id == question.workspace_id, Asked.question_id == question.id
    )
    moments = [each for each in (await session.execute(query)).one() if each is not None]
    return max(moments, default=None)
