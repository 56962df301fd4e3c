"""Its channel goes away: the session stays, people hear of it in direct message, and its host is told."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import store, words
from bot.gatherings.facts import hosts
from bot.gatherings.hosting.acting import tell_hosts
from bot.gatherings.models import Ballot, Gathering
from bot.members import store as members
from bot.members.models import Workspace
from bot.registry import Event, Tools


async def wants_channel(session: AsyncSession, event: Event) -> bool:
    """Only what happens in channels where something is planned."""
    return bool(await _planned_in(session, event.workspace_id, str(event.payload.get("channel") or "")))


async def wants_new_id(session: AsyncSession, event: Event) -> bool:
    """The same, or where anything ever was: what is over is still talked about, and a vote needs no session."""
    old = event.payload["old_channel_id"]
    for model in (Gathering, Ballot):
        query = select(model.id).where(model.workspace_id == event.workspace_id, model.channel == old).limit(1)
        if (await session.execute(query)).first() is not None:
            return True
    return False


async def channel_archived(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Nobody reads there any more."""
    await _without_channel(session, event, "was archived", tools.clock())


async def somebody_left(session: AsyncSession, event: Event, tools: Tools) -> None:
    """If it was the bot itself, nothing can be said there any more."""
    workspace = await session.get(Workspace, event.workspace_id)
    if workspace is not None and event.payload.get("user") == workspace.bot_user_id:
        await _without_channel(session, event, "no longer has me in it", tools.clock())


async def channel_renumbered(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Slack gave a channel another id: follow it."""
    old, new = event.payload["old_channel_id"], event.payload["new_channel_id"]
    for model in (Gathering, Ballot):
        there = update(model).where(model.workspace_id == event.workspace_id, model.channel == old)
        await session.execute(there.values(channel=new))


async def _without_channel(session: AsyncSession, event: Event, why: str, now: datetime) -> None:
    for found in await _planned_in(session, event.workspace_id, event.payload["channel"]):
        gathering = await store.get(session, event.workspace_id, found.id, lock=True)
        text = (
            f"The channel of *{words.title(session, gathering)}*, "
            f"{words.plain_moment(gathering.starts_at, gathering.tz)}, {why}. The session stays as it is, and whoever "
            "comes is reminded in direct message. To call it off, open its page."
        )
        gathering.channel = None
        people = sorted(hosts(gathering)) or [each.id for each in await members.leads(session, event.workspace_id)]
        await tell_hosts(session, gathering, people, text, key=f"channel:{event.event_id}", now=now)


async def _planned_in(session: AsyncSession, workspace_id: int, channel: str) -> list[Gathering]:
    query = (
        select(Gathering)
        .where(Gathering.workspace_id == workspace_id, Gathering.channel == channel, Gathering.state == store.PLANNED)
        .order_by(Gathering.starts_at, Gathering.id)
    )
    return list((await session.execute(query)).scalars())
