"""Slack tells: a channel open for questions was archived, renumbered, or the bot was taken out of it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.models import Question
from bot.features.questions.routing import places
from bot.members.models import Workspace
from bot.registry import Event, Tools


async def wants(session: AsyncSession, event: Event) -> bool:
    """Only what happens to channels in which questions are asked, or stand open."""
    channel = str(event.payload.get("channel") or event.payload.get("old_channel_id") or "")
    if channel in dict(await places.question_channels(session, event.workspace_id)):
        return True
    query = select(Question.id).where(Question.workspace_id == event.workspace_id, Question.channel == channel)
    return (await session.execute(query.limit(1))).first() is not None


async def archived(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Nobody reads there any more: questions that wait there go on."""
    await _close(session, event, tools)


async def left(session: AsyncSession, event: Event, tools: Tools) -> None:
    """The same, if it was the bot itself."""
    workspace = await session.get(Workspace, event.workspace_id)
    if workspace is not None and event.payload.get("user") == workspace.bot_user_id:
        await _close(session, event, tools)


async def renumbered(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Slack gave it another id: follow it."""
    old, new = str(event.payload["old_channel_id"]), str(event.payload["new_channel_id"])
    await places.renumber(session, event.workspace_id, old, new)


async def _close(session: AsyncSession, event: Event, tools: Tools) -> None:
    channel = str(event.payload["channel"])
    await places.remove(session, event.workspace_id, channel)
    await places.look_again(session, event.workspace_id, channel, now=tools.clock())
