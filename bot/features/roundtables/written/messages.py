"""What leaves for a channel: a round's prompt, and what closes it; and where its threads stand."""

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


def prompt(thread: RoundtableThread, content: Content, now: datetime) -> Message:
    """The question, in one channel."""
    return Message(
        workspace_id=thread.workspace_id,
        kind=PROMPT.name,
        subject=subjects.thread(thread.round_id, thread.id),
        to=Channel(thread.channel),
        dedupe_key=f"roundtable:{thread.round_id}:prompt:{thread.id}",
        due_at=now,
        content=content,
    )


def closing(thread: RoundtableThread, content: Content, now: datetime) -> Message:
    """The line or the summary that closes a thread; only one of the two is ever said."""
    return Message(
        workspace_id=thread.workspace_id,
        kind=CLOSED.name,
        subject=subjects.thread(thread.round_id, thread.id),
        to=Channel(thread.channel),
        dedupe_key=f"roundtable:{thread.round_id}:closed:{thread.id}",
        due_at=now,
        content=content,
        thread_ts=thread.ts,
    )


def changed(roundtable: Roundtable, thread: RoundtableThread, content: Content, now: datetime) -> Message:
    """A summary that was edited."""
    return Message(
        workspace_id=thread.workspace_id,
        kind=CHANGED.name,
        subject=subjects.thread(thread.round_id, thread.id),
        to=Channel(thread.channel),
        dedupe_key=f"roundtable:{thread.round_id}:changed:{thread.id}:{roundtable.version}",
        due_at=now,
        content=content,
        verb=Verb.UPDATE,
        target_id=thread.closing_id,
    )


async def prompt_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where the thread is, and that it is heard from now on."""
    thread = await store.thread(session, delivery.workspace_id, subjects.thread_in(delivery.subject))
    if thread is not None and thread.state == store.WAITING:
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
