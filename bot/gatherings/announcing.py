"""The post in the channel: made once, and drawn anew whenever what it says has changed."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings import messages, store, subjects, views, words
from bot.gatherings.facts import facts_of
from bot.gatherings.models import Gathering
from bot.messages import Channel, Content, Kind, Message, Verb


async def announce(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Post a locked one in its channel, once."""
    if gathering.channel is None:
        return
    key = f"gathering:{gathering.id}:post"
    ends_at = gathering.starts_at + timedelta(minutes=gathering.minutes)
    post = _message(gathering, messages.POSTED, subjects.post(gathering.id), key, now)
    await outbox.enqueue(session, replace(post, expires_at=ends_at), now=now)
    found = await outbox.find(session, gathering.workspace_id, key)
    gathering.announced_id = found.id if found else None


async def refresh(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Have the post drawn anew. What is queued already will draw what is true when it leaves, so it is enough."""
    if gathering.announced_id is None or gathering.channel is None:
        return
    if await outbox.is_waiting(session, gathering.workspace_id, subjects.post(gathering.id)):
        return
    key = f"gathering:{gathering.id}:refresh:{now.isoformat()}:{await _number(session, gathering)}"
    update = _message(gathering, messages.REFRESHED, subjects.post(gathering.id), key, now)
    await outbox.enqueue(session, replace(update, verb=Verb.UPDATE, target_id=gathering.announced_id), now=now)


async def _number(session: AsyncSession, gathering: Gathering) -> int:
    """The newest delivery of the post, so that two refreshments of one moment differ."""
    query = (
        select(Delivery.id)
        .where(Delivery.workspace_id == gathering.workspace_id, Delivery.subject == subjects.post(gathering.id))
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none() or 0


async def say_in_thread(
    session: AsyncSession, gathering: Gathering, content: Content, *, key: str, now: datetime
) -> None:
    """A line under the post, if there is one."""
    if gathering.announced_id is None or gathering.channel is None:
        return
    key = f"gathering:{gathering.id}:thread:{key}"
    line = _message(gathering, messages.THREAD, subjects.personal(gathering.id), key, now)
    await outbox.enqueue(session, replace(line, content=content, target_id=gathering.announced_id), now=now)


def _message(gathering: Gathering, kind: Kind, subject: str, key: str, now: datetime) -> Message:
    """Something in its channel."""
    assert gathering.channel is not None, "whoever calls has looked"
    return Message(gathering.workspace_id, kind.name, subject, Channel(gathering.channel), key, now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The post as things stand when it leaves; nothing, where it was called off before anybody saw it."""
    gathering = await store.get(session, delivery.workspace_id, subjects.gathering_in(delivery.subject))
    facts = await facts_of(session, gathering)
    if gathering.state == store.CALLED_OFF:
        return views.closed_announcement(facts, "won't take place") if delivery.verb == Verb.UPDATE else None
    if gathering.state == store.OVER:
        return views.closed_announcement(facts, "is over")
    counts = await store.counts(session, gathering.workspace_id, [gathering.id])
    return views.announcement(facts, words.fullness(gathering, counts[gathering.id]))
