"""A round's prompt as it stands in one of its channels: posted, hidden, and put back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.roundtables.models import Roundtable, RoundtableThread
from bot.features.roundtables.written import messages, redrawing, store, subjects, views
from bot.messages import Content
from bot.programs import store as programs
from bot.programs.phrases import day
from bot.programs.rules import local_date


async def post(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """In every channel."""
    for thread in await store.threads(session, roundtable):
        await outbox.enqueue(session, messages.prompt(thread, now), now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As things stand when it leaves; nothing, once its round is over."""
    thread = await store.thread(session, delivery.workspace_id, subjects.thread_in(delivery.subject))
    if thread is None or thread.ts is not None:
        return None
    roundtable = await store.get(session, thread.workspace_id, thread.round_id)
    return await _shown(session, roundtable, thread) if store.is_open(roundtable) else None


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
    for thread in await store.threads(session, roundtable, store.WAITING, store.OPEN, store.CLOSED):
        sent = await outbox.find(session, thread.workspace_id, messages.prompt_key(thread), lock=True)
        if sent is not None and sent.state in redrawing.ON_ITS_WAY:  # what waits is drawn after this
            content = await _shown(session, roundtable, thread)
            await outbox.enqueue(session, messages.changed(roundtable, thread, content, now, sent), now=now)


async def _shown(session: AsyncSession, roundtable: Roundtable, thread: RoundtableThread) -> Content:
    if roundtable.withheld:
        return views.withheld()
    program = await programs.get(session, roundtable.workspace_id, roundtable.program_id)
    channels = [each.channel for each in await store.threads(session, roundtable)]
    voted = roundtable.proposal_id is not None
    said = views.Prompt(
        question=roundtable.question,
        hint=roundtable.hint,
        closes=day(local_date(roundtable.closes_at, program.tz)),
        origin="voted" if voted else "gap" if roundtable.skill else "ours",
        elsewhere=tuple(each for each in channels if each != thread.channel),
        joins=None if thread.channel == program.channel else program.id,
        reported_as=roundtable.proposal_id if roundtable.slug is None else None,
    )
    return views.prompt(said)
