"""Remembers which messages are part of which entry, by their place alone."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.reflections.models import Prompt, Reply
from bot.features.reflections.prompts import store as prompts
from bot.features.reflections.replies.rules import Said


async def at(session: AsyncSession, workspace_id: int, channel: str, ts: str, *, lock: bool = False) -> Reply | None:
    """The reply at a place, if we know it."""
    query = select(Reply).where(Reply.workspace_id == workspace_id, Reply.channel == channel, Reply.ts == ts)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def prompt_of(session: AsyncSession, workspace_id: int, said: Said) -> Prompt | None:
    """The question in whose thread this was said, by whom it was put to; None for everything else."""
    if said.thread_ts and said.user:
        return await prompts.at_place(session, workspace_id, said.channel, said.thread_ts, said.user)
    known = await at(session, workspace_id, said.channel, said.ts)
    return None if known is None else await prompts.get(session, workspace_id, known.prompt_id)


def remember(
    session: AsyncSession, prompt: Prompt, said: Said, *, state: str, reflection_id: int | None = None
) -> Reply:
    """A reply that was not known."""
    reply = Reply(
        workspace_id=prompt.workspace_id,
        channel=said.channel,
        ts=said.ts,
        prompt_id=prompt.id,
        reflection_id=reflection_id,
        edited_ts=said.edited_ts or None,
        state=state,
    )
    session.add(reply)
    return reply
