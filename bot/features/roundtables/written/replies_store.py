"""Remembers what was said in the threads of a round, sealed with its writer's key, until it is forgotten."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.features.roundtables.models import Roundtable, RoundtableReply, RoundtableThread
from bot.features.roundtables.written import store
from bot.members import private
from bot.slack.said import Said


async def thread_at(session: AsyncSession, workspace_id: int, channel: str, ts: str) -> RoundtableThread | None:
    """The thread that stands under this message, if it is one of ours."""
    query = select(RoundtableThread).where(
        RoundtableThread.workspace_id == workspace_id, RoundtableThread.channel == channel, RoundtableThread.ts == ts
    )
    return (await session.execute(query)).scalar_one_or_none()


async def waiting_in(session: AsyncSession, workspace_id: int, channel: str) -> list[RoundtableThread]:
    """Threads whose question is on its way to a channel."""
    query = select(RoundtableThread).where(
        RoundtableThread.workspace_id == workspace_id,
        RoundtableThread.channel == channel,
        RoundtableThread.state == store.WAITING,
    )
    return list((await session.execute(query)).scalars())


async def at(
    session: AsyncSession, workspace_id: int, channel: str, ts: str, *, lock: bool = False
) -> RoundtableReply | None:
    """What was said in this message, if we know it."""
    query = select(RoundtableReply).where(
        RoundtableReply.workspace_id == workspace_id, RoundtableReply.channel == channel, RoundtableReply.ts == ts
    )
    return await lookup.one(session, query, lock=lock)


async def add(
    session: AsyncSession, thread: RoundtableThread, said: Said, member_id: int | None, state: str, text: str = ""
) -> RoundtableReply:
    """Something that was not known."""
    reply = RoundtableReply(
        workspace_id=thread.workspace_id,
        round_id=thread.round_id,
        thread_id=thread.id,
        channel=said.channel,
        ts=said.ts,
        member_id=member_id,
        private=said.kind == "group",
        edited_ts=said.edited_ts or None,
        state=state,
    )
    await write(session, reply, text if state == store.KEPT else "")
    session.add(reply)
    await session.flush()
    return reply


async def write(session: AsyncSession, reply: RoundtableReply, text: str) -> None:
    """Keep words, sealed with their writer's own key; nothing where there are none."""
    reply.body = None
    if text and reply.member_id is not None:
        reply.body = (await private.seal_of(session, reply.workspace_id, reply.member_id)).seal(text, _about(reply))


async def kept(session: AsyncSession, roundtable: Roundtable) -> list[RoundtableReply]:
    """What was said and has words that may be used, in the order in which we heard it."""
    query = (
        select(RoundtableReply)
        .where(
            RoundtableReply.workspace_id == roundtable.workspace_id,
            RoundtableReply.round_id == roundtable.round_id,
            RoundtableReply.state == store.KEPT,
            RoundtableReply.body.is_not(None),
        )
        .order_by(RoundtableReply.id)
    )
    return list((await session.execute(query)).scalars())


async def texts(session: AsyncSession, replies: Sequence[RoundtableReply]) -> list[tuple[RoundtableReply, str]]:
    """Their words; those whose writer's key was forgotten are left out."""
    if not replies:
        return []
    ids = {each.member_id for each in replies if each.member_id is not None}
    seals = await private.seals_of(session, replies[0].workspace_id, ids)
    return [
        (each, seals[each.member_id].open(each.body, _about(each)))
        for each in replies
        if each.body is not None and each.member_id in seals
    ]


async def forget_words(session: AsyncSession, roundtable: Roundtable) -> None:
    """Two weeks after a round closed: who took part is known, and nothing of what they wrote."""
    await session.execute(
        update(RoundtableReply)
        .where(RoundtableReply.workspace_id == roundtable.workspace_id, RoundtableReply.round_id == roundtable.round_id)
        .values(body=None)
        .execution_options(synchronize_session=False)
    )


def _about(reply: RoundtableReply) -> str:
    """By its thread, which stays the same where Slack gives the channel another id."""
    return f"roundtable reply:{reply.thread_id}:{reply.ts}"
