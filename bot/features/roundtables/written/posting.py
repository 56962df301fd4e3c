"""A round's prompt as it stands in one of its channels: posted, hidden, and put back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.roundtables.models import Roundtable, RoundtableThread
from bot.features.roundtables.written import messages, store, subjects, views
from bot.messages import Content
from bot.programs import store as programs
from bot.programs.models import Program
from bot.programs.phrases import day
from bot.programs.rules import local_date


async def post(session: AsyncSession, roundtable: Roundtable, program: Program, now: datetime) -> None:
    """In every channel."""
    for thread in await store.threads(session, roundtable):
        content = await _content(session, roundtable, thread, program)
        await outbox.enqueue(session, messages.prompt(thread, content, now), now=now)


async def take_back(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """Nowhere will a question be posted whose round is over by then."""
    for thread in await store.threads(session, roundtable, store.WAITING):
        await outbox.withdraw(session, thread.workspace_id, subjects.thread(thread.round_id, thread.id), now=now)
        await session.refresh(thread)  # it may have been posted while we waited for that
        if thread.state == store.WAITING:
            thread.state = store.LOST
    await session.flush()


async def show(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """Have every post say how it stands: the question, or that a moderator looks at it first."""
    program = await programs.get(session, roundtable.workspace_id, roundtable.program_id)
    for thread in await store.threads(session, roundtable, store.OPEN, store.CLOSED):
        content = views.withheld() if roundtable.withheld else await _content(session, roundtable, thread, program)
        await outbox.enqueue(session, messages.reshown(roundtable, thread, content, now), now=now)


async def _content(
    session: AsyncSession, roundtable: Roundtable, thread: RoundtableThread, program: Program
) -> Content:
    channels = [each.channel for each in await store.threads(session, roundtable)]
    voted = roundtable.proposal_id is not None
    said = views.Prompt(
        question=roundtable.question,
        hint=roundtable.hint,
        closes=day(local_date(roundtable.closes_at, program.tz)),
        origin="voted" if voted else "gap" if roundtable.skill else "ours",
        elsewhere=tuple(each for each in channels if each != thread.channel),
        joins=None if thread.channel == program.channel else program.id,
        reported_as=roundtable.round_id if voted and roundtable.slug is None else None,
    )
    return views.prompt(said)
