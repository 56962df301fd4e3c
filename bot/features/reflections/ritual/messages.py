"""A round's question and its closing line, as they are handed to delivery."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.features.reflections.models import RitualRound
from bot.features.reflections.ritual import store
from bot.messages import Channel, Content, Kind, Message, MessageClass

QUESTION = Kind("reflections.ritual", MessageClass.APPOINTMENT, priority=50, expires=timedelta(days=1), cost=0)
CLOSED = Kind("reflections.ritual_closed", MessageClass.APPOINTMENT, priority=60, expires=timedelta(days=2), cost=0)


def subject_of(round_id: int) -> str:
    """What messages of a round are filed under."""
    return f"ritual:{round_id}"


def question(row: RitualRound, content: Content, now: datetime) -> Message:
    """The question, in its channel."""
    return Message(
        workspace_id=row.workspace_id,
        kind=QUESTION.name,
        subject=subject_of(row.round_id),
        to=Channel(row.channel),
        dedupe_key=f"ritual:{row.round_id}:question",
        due_at=now,
        content=content,
    )


def closed(row: RitualRound, content: Content, due_at: datetime) -> Message:
    """The line that closes it, in its thread."""
    return Message(
        workspace_id=row.workspace_id,
        kind=CLOSED.name,
        subject=subject_of(row.round_id),
        to=Channel(row.channel),
        dedupe_key=f"ritual:{row.round_id}:closed",
        due_at=due_at,
        content=content,
        thread_ts=row.ts,
    )


async def sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where the thread is."""
    row = await store.get(session, delivery.workspace_id, int(delivery.subject.rpartition(":")[2]))
    if row is not None:
        row.channel, row.ts = delivery.channel or row.channel, delivery.ts
