"""What can happen to a question as a whole: it begins, ends in one of several ways, and is opened again."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.questions import askers, messages, settled, standing, store
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import posting
from bot.features.questions.rules import OUTCOME_AFTER, Draft
from bot.features.questions.threads import carrying, keeping, timing
from bot.members import store as members
from bot.members.commitments import store as commitments
from bot.members.models import Member
from bot.slack import home

TAKEN_BACK = ("withdrawn", "hidden")
WAITING = ("asked", "not_now", "claimed")


async def start(session: AsyncSession, asker: Member, draft: Draft, *, alias: str = "", now: datetime) -> Question:
    """Somebody asks: kept, their own thread begun, and due for routing at once."""
    question = await store.add(session, asker.workspace_id, asker.id, draft, alias=alias, now=now)
    timing.begins(question, now=now)
    await messages.begin(session, question, asker, now=now)
    await home.redraw(session, asker.workspace_id, [asker.id], now=now)
    return question


async def end(
    session: AsyncSession, question: Question, state: str, *, closing: str | None = None, now: datetime
) -> None:
    """It is over (closed, withdrawn, merged or hidden): whoever was asked is let go, what waits is taken back.

    `closing` says why a question was closed: helped | asker | quiet | moderator. Credit for answers stays.
    """
    question.state, question.closing, question.closed_at = state, closing, now
    question.due_at = question.quiet_at = None
    kindly = state == "closed" and closing != "moderator"
    answered = kindly and await standing.answers_to(session, question) > 0
    if kindly:  # also where its asker has said how it went: others may have merged theirs into it since
        question.outcome_due_at = now + OUTCOME_AFTER if answered else None
    await outbox.withdraw(session, question.workspace_id, messages.subject_of(question.id), now=now)
    for asked in await store.asked_for(session, question, lock=True):
        if asked.state in WAITING:
            await let_go(session, asked, "over", now=now)
        else:  # whoever said no or let their time pass reads it still, and could take it
            await show_to_asked(session, asked, now=now)
    await session.flush()
    if state in TAKEN_BACK:
        await carrying.follow_asker(session, question, now=now, nonce=f"{state}:{outbox.moment(session, now)}")
    await changed(session, question, now=now)
    await settled.put_away(session, question, now=now)
    if answered:
        await keeping.offer(session, question, now=now)


async def let_go(session: AsyncSession, asked: Asked, state: str, *, now: datetime) -> None:
    """Somebody is no longer asked, or no longer holds it; their message says so, and their load ends."""
    held = asked.state == "claimed"
    asked.state, asked.ended_at = state, now
    if held:
        await commitments.end(
            session, asked.workspace_id, messages.subject_of(asked.question_id), now=now, member_id=asked.member_id
        )
    await session.flush()
    await show_to_asked(session, asked, now=now)


async def show_to_asked(session: AsyncSession, asked: Asked, *, now: datetime) -> None:
    """Have somebody's message and Home say how things stand."""
    member = await members.by_id(session, asked.workspace_id, asked.member_id)
    if member is not None:
        key = f"{asked.state}:{outbox.moment(session, now)}"
        await messages.show_asked(session, asked, member, now=now, key=key)
        await home.redraw(session, asked.workspace_id, [member.id], now=now)


async def reopen(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """One tap: it is open again, and looked at by the router at once."""
    before = question.state
    question.state, question.closing, question.closed_at = "open", None, None
    question.outcome_due_at, question.due_at, question.step = None, now, 0
    timing.begins(question, now=now)
    for asked in await store.asked_for(session, question, lock=True):
        if asked.state == "lapsed":  # who found no time then may have some now; who passed is not asked again
            asked.state = "over"
    await session.flush()
    if before in TAKEN_BACK:
        await carrying.follow_asker(session, question, now=now, nonce=f"open:{outbox.moment(session, now)}")
    for asked in await store.asked_for(session, question):
        await show_to_asked(session, asked, now=now)
    await changed(session, question, now=now)


async def changed(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """It stands otherwise now: whoever joined gets what was said before, and everybody sees how it stands."""
    await carrying.catch_up(session, question, now=now)
    await shown(session, question, now=now)


async def shown(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Its asker's thread and Home, and its post in a channel, say how it stands now."""
    await messages.show(session, question, now=now, key=outbox.moment(session, now))
    await posting.show(session, question, now=now)
    await home.redraw(session, question.workspace_id, [askers.asker_of(session, question).member_id], now=now)
