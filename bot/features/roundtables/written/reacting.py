"""Slack tells of a reaction: kept where it is on a reply of an open round, taken back with it, and forgotten unread else."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.models import RoundtableReply
from bot.features.roundtables.written import reactions_store, replies_store, store
from bot.members import writing
from bot.registry import Event, Tools
from bot.slack import reacted as reading
from bot.slack.reacted import Reacted


async def wants(session: AsyncSession, event: Event) -> bool:
    """What others think of a reply that we keep; after the end, only what they take back.

    A reaction says where its message is and not in which thread, so one that is told before its reply is forgotten.
    """
    found = await _found(session, event)
    return found is not None and await _concerns(session, *found)


async def hear(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Have what we keep say what the reply shows; the same event, and an older one, change nothing."""
    found = await _found(session, event)
    if found is None:
        return
    reply, reacted = found
    await store.get(session, event.workspace_id, reply.round_id, lock=True)  # one event of a round after the other
    await session.refresh(reply)
    if not await _concerns(session, reply, reacted):
        return
    who = await writing.in_channel(session, event.workspace_id, reacted.user, team="")
    if who is not None and who.member is not None and who.member.id != reply.member_id:
        await reactions_store.keep(session, reply, who.member.id, reacted)


async def somebody_left(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Who left Perennial, was deactivated or is erased counts nowhere any more."""
    await reactions_store.forget_person(session, workspace_id, member_id)


async def _found(session: AsyncSession, event: Event) -> tuple[RoundtableReply, Reacted] | None:
    reacted = reading.read(event.payload)
    if reacted is None or reacted.own:
        return None
    reply = await replies_store.at(session, event.workspace_id, reacted.channel, reacted.ts)
    return None if reply is None else (reply, reacted)


async def _concerns(session: AsyncSession, reply: RoundtableReply, reacted: Reacted) -> bool:
    """Whether it is about words that may be used, while its round is open or to take back what we have."""
    if reply.state != store.KEPT:
        return False
    thread = await store.thread(session, reply.workspace_id, reply.thread_id)
    if thread is not None and thread.state == store.OPEN:
        return True
    return not reacted.there and await reactions_store.has(session, reply, reacted.user)
