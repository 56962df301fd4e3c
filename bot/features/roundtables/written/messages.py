"""What leaves for a channel: a round's prompt, and what closes it; and where its threads stand."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.features.roundtables.models import Roundtable, RoundtableThread
from bot.features.roundtables.written import store, subjects, views
from bot.messages import Channel, Content, Kind, Message, MessageClass, Verb
from bot.programs import store as programs
from bot.programs import telling

PROMPT = Kind("roundtables.prompt", MessageClass.APPOINTMENT, priority=50, expires=timedelta(days=1), cost=0)
CLOSED = Kind("roundtables.closed", MessageClass.APPOINTMENT, priority=60, expires=timedelta(days=2), cost=0)
CHANGED = Kind("roundtables.summary_changed", MessageClass.ANSWER, priority=30, expires=timedelta(days=7), cost=0)


def prompt_key(thread: RoundtableThread) -> str:
    """A question is posted once in a channel."""
    return f"roundtable:{thread.round_id}:prompt:{thread.id}"


def prompt(thread: RoundtableThread, now: datetime) -> Message:
    """The question, in one channel; drawn as it leaves."""
    return Message(
        workspace_id=thread.workspace_id,
        kind=PROMPT.name,
        subject=subjects.thread(thread.round_id, thread.id),
        to=Channel(thread.channel),
        dedupe_key=prompt_key(thread),
        due_at=now,
    )


def closing(thread: RoundtableThread, content: Content, now: datetime) -> Message:
    """The line or the summary that closes a thread; only one of the two is ever said."""
    key = f"roundtable:{thread.round_id}:closed:{thread.id}"
    return replace(prompt(thread, now), content=content, kind=CLOSED.name, dedupe_key=key, thread_ts=thread.ts)


def changed(
    roundtable: Roundtable, thread: RoundtableThread, content: Content, now: datetime, sent: Delivery
) -> Message:
    """A question or what closed a thread says something else now. `sent`: the delivery of it.

    Once it stands there it is found by its ts, in the thread's channel: that may have another id than it was sent to.
    """
    message = replace(
        prompt(thread, now),
        content=content,
        kind=CHANGED.name,
        dedupe_key=f"{sent.dedupe_key}:{roundtable.version}",
        verb=Verb.UPDATE,
    )
    return replace(message, target_ts=sent.ts) if sent.state == "sent" else replace(message, target_id=sent.id)


async def prompt_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where the thread is, and that it is heard from now on, also where a lead had it sent again."""
    thread = await store.thread(session, delivery.workspace_id, subjects.thread_in(delivery.subject))
    if thread is None or thread.ts is not None:
        return
    roundtable = await store.get(session, thread.workspace_id, thread.round_id)
    if store.is_open(roundtable):
        thread.channel, thread.ts, thread.state = delivery.channel or thread.channel, delivery.ts, store.OPEN


async def prompt_ended(session: AsyncSession, delivery: Delivery) -> None:
    """It can't be posted there: the other channels go on, and the program's owner hears of it."""
    thread = await store.thread(session, delivery.workspace_id, subjects.thread_in(delivery.subject))
    if thread is None or thread.state != store.WAITING:
        return
    thread.state = store.LOST
    roundtable = await store.get(session, thread.workspace_id, thread.round_id)
    program = await programs.get(session, thread.workspace_id, roundtable.program_id)
    now = delivery.settled_at
    assert now is not None, "it has just ended"
    news = views.not_posted(program.name, thread.channel)
    await telling.tell_owner(session, program, news, key=f"roundtable-lost:{thread.id}", now=now)
