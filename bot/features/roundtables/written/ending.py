"""Ends a round in its threads: with a line that counts, or with what a moderator made of it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import messages, rules, store, summaries, views
from bot.members import store as members
from bot.messages import Content


async def with_a_line(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """Nobody summed up."""
    wrote = await store.writers(session, roundtable.workspace_id, roundtable.round_id)
    channels = await store.answered_in(session, roundtable.workspace_id, roundtable.round_id)
    await say(session, roundtable, views.closed(len(wrote), channels), now)


async def with_a_summary(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """What its moderator wrote, as it stands: hidden after a report, or beneath a question that is not shown.

    Where its words were erased with their writer's record, a line is all that is left to say.
    """
    words = await summaries.readable(session, roundtable)
    writer = await members.by_id(session, roundtable.workspace_id, roundtable.moderator_id or 0)
    if roundtable.hidden:
        await say(session, roundtable, views.hidden(), now)
    elif words is None or writer is None:
        await with_a_line(session, roundtable, now)
    else:
        question = None if roundtable.withheld else roundtable.question
        await say(session, roundtable, views.summary(roundtable.round_id, question, words, writer.name), now)


async def say(session: AsyncSession, roundtable: Roundtable, content: Content, now: datetime) -> None:
    """One last message in every thread, in place of what stood there if there was one; then the words are kept a while."""
    for thread in await store.threads(session, roundtable, store.CLOSED, store.LOST):
        said = await lookup.find(session, Delivery, thread.workspace_id, thread.closing_id or 0, lock=True)
        if said is not None:  # it stands also where the question above it was deleted
            await outbox.enqueue(session, messages.changed(roundtable, thread, content, now, said), now=now)
        elif thread.state == store.CLOSED:
            thread.closing_id = await outbox.enqueue(session, messages.closing(thread, content, now), now=now)
    roundtable.step, roundtable.due_at = store.FORGET, max(now, roundtable.closes_at + rules.KEPT_FOR)
    await session.flush()
