"""The clock asks: whose question must be looked at, and who holds one in silence; one of them a transaction."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import lifecycle, messages, standing, store
from bot.features.questions.models import Answer, Asked, Question, ReviewNote
from bot.features.questions.routing import holding, ladder, step_views, taken_views
from bot.members import store as members
from bot.messages import Content, Kind, Message, MessageClass, People
from bot.registry import Tools
from bot.scheduler import one_by_one

STILL = Kind(
    "questions.still",
    MessageClass.REQUEST,
    priority=20,
    expires=timedelta(days=7),
    private=True,
    noun=("a question you hold", "questions you hold"),
)
WATCHED = or_(Asked.state == "claimed", and_(Asked.state == "asked", Asked.role == "second"))


async def route(tools: Tools) -> int:
    """Look at every open question whose time has come."""
    async with tools.database.reading() as session:
        query = (
            select(Question.workspace_id, Question.id)
            .where(Question.due_at <= tools.clock(), Question.state == "open")
            .order_by(Question.due_at)
            .limit(200)
        )
        due = [(row.workspace_id, row.id) for row in await session.execute(query)]
    return await one_by_one(tools, due, partial(_route_one, tools))


async def next_question(session: AsyncSession) -> datetime | None:
    """When the next one is to be looked at."""
    query = select(func.min(Question.due_at)).where(Question.state == "open")
    return (await session.execute(query)).scalar_one()


async def _route_one(tools: Tools, found: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        question = await store.get(session, *found, lock=True)
        if question.state == "open" and question.due_at is not None and question.due_at <= now:
            await ladder.look(session, question, now=now)


async def look_after_holders(tools: Tools) -> int:
    """Ask whoever holds a question in silence, once; then hand it on."""
    async with tools.database.reading() as session:
        query = (
            select(Asked.workspace_id, Asked.question_id, Asked.member_id)
            .where(Asked.due_at <= tools.clock(), WATCHED)
            .order_by(Asked.due_at)
            .limit(200)
        )
        due = [(row.workspace_id, row.question_id, row.member_id) for row in await session.execute(query)]
    return await one_by_one(tools, due, partial(_look_after_one, tools))


async def next_holder(session: AsyncSession) -> datetime | None:
    """When the next of them is to be looked at."""
    return (await session.execute(select(func.min(Asked.due_at)).where(WATCHED))).scalar_one()


async def _look_after_one(tools: Tools, found: tuple[int, int, int]) -> None:
    now, (workspace_id, question_id, member_id) = tools.clock(), found
    async with tools.database.transaction() as session:
        question = await store.get(session, workspace_id, question_id, lock=True)
        row = await store.asked_as(session, question, member_id)
        if row is None or row.due_at is None or row.due_at > now:
            return
        if row.state == "asked" and row.role == "second":
            row.due_at = None
            await lifecycle.let_go(session, row, "lapsed", now=now)
        elif row.state == "claimed":
            await _ask_or_hand_on(session, question, row, now=now)


async def _ask_or_hand_on(session: AsyncSession, question: Question, row: Asked, *, now: datetime) -> None:
    member = await members.by_id(session, question.workspace_id, row.member_id)
    if member is None or question.state != "held" or await _has_said_something(session, row):
        row.due_at = None
    elif row.checked_at is None:
        row.checked_at, row.due_at = now, await holding.patience(session, question, member, now)
        message = Message(
            workspace_id=question.workspace_id,
            kind=STILL.name,
            subject=messages.subject_of(question.id),
            to=People((member.slack_id,), (member.id,)),
            dedupe_key=f"questions.still:{row.id}:{outbox.moment(session, now)}",
            due_at=now,
            target_id=row.delivery_id,
        )
        await outbox.enqueue(session, message, now=now)
    else:
        await holding.hand_on(session, question, row, now=now, told=step_views.not_there(member.name))


async def _has_said_something(session: AsyncSession, row: Asked) -> bool:
    said = exists().where(
        Answer.workspace_id == row.workspace_id,
        Answer.question_id == row.question_id,
        Answer.author_id == row.member_id,
    )
    noted = exists().where(
        ReviewNote.workspace_id == row.workspace_id,
        ReviewNote.question_id == row.question_id,
        ReviewNote.member_id == row.member_id,
    )
    return bool((await session.execute(select(or_(said, noted)))).scalar_one())


async def draw_still(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Are you still on it? Nothing, where they said something meanwhile, or hold it no more."""
    (member_id,) = delivery.member_ids
    try:
        question = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
        row = await store.asked_as(session, question, member_id)
        if row is None or row.state != "claimed" or await _has_said_something(session, row):
            return None
        return taken_views.still(await standing.name_of_asker(session, question), question.id)
    except Gone:
        return None


async def ask_ended(session: AsyncSession, delivery: Delivery) -> None:
    """It never reached them, so nobody waits for them."""
    (member_id,) = delivery.member_ids
    question = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]), lock=True)
    row = await store.asked_as(session, question, member_id)
    if row is not None and row.state == "asked" and delivery.settled_at is not None:
        row.state, row.ended_at = "lapsed", None  # no silence of theirs
        await session.flush()
        await ladder.hurry(session, question, now=delivery.settled_at)
