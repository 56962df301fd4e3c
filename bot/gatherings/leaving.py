"""When somebody leaves, is deactivated or pauses: their seats are free again, and what they host is handed on."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import store, words
from bot.gatherings.coming import acting as coming
from bot.gatherings.hosting.acting import tell_hosts
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.members.models import Member
from bot.members.rules import start_of_day
from bot.programs import store as programs
from bot.slack import blocks


async def went_away(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They come to nothing any more; whoever waited gets the seat."""
    for found in await store.said_by(session, workspace_id, member_id, *store.TOLD, store.JOINING):
        gathering = await store.get(session, workspace_id, found.id, lock=True)
        await store.say(session, gathering, member_id, store.CANNOT, now)
        await coming.fill(session, gathering, now)
    for found in await _hosted(session, workspace_id, member_id):
        gathering = await store.get(session, workspace_id, found.id, lock=True)
        if gathering.cohost_id == member_id:
            gathering.cohost_id = None
        if gathering.host_id == member_id:
            await _hand_on(session, gathering, "can't host it any more", now)


async def paused(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """What falls into their pause is hosted by somebody else; their own seats they keep, and what they said."""
    member = await members.by_id(session, workspace_id, member_id)
    assert member is not None, "whoever pauses exists"
    if member.paused_until is None:
        return
    back = start_of_day(member.paused_until, member.tz)
    for found in await _hosted(session, workspace_id, member_id):
        if found.host_id == member_id and found.starts_at < back:
            gathering = await store.get(session, workspace_id, found.id, lock=True)
            await _hand_on(session, gathering, "pauses until after it", now)


async def _hosted(session: AsyncSession, workspace_id: int, member_id: int) -> list[Gathering]:
    query = (
        select(Gathering)
        .where(
            Gathering.workspace_id == workspace_id,
            Gathering.state == store.PLANNED,
            or_(Gathering.host_id == member_id, Gathering.cohost_id == member_id),
        )
        .order_by(Gathering.starts_at, Gathering.id)
    )
    return list((await session.execute(query)).scalars())


async def _hand_on(session: AsyncSession, gathering: Gathering, why: str, now: datetime) -> None:
    """To the co-host, else to the program's owner; where neither can, leads are asked to find somebody."""
    was = await members.by_id(session, gathering.workspace_id, gathering.host_id or 0)
    name = was.name if was is not None else "Its host"
    follower = await _follower(session, gathering)
    gathering.host_id = follower.id if follower else None
    if follower is not None and gathering.cohost_id == follower.id:
        gathering.cohost_id = None
    title = words.title(session, gathering)
    when = words.plain_moment(gathering.starts_at, gathering.tz)
    if follower is not None:
        people = [follower.id]
        text = f"You host *{title}* on {when}, because {blocks.escape(name)} {why}. Its page has what hosts can do."
    else:
        people = [each.id for each in await members.leads(session, gathering.workspace_id)]
        text = (
            f"*{title}* on {when} has no host, because {blocks.escape(name)} {why}. Name a co-host on its page, or move "
            "it or call it off."
        )
    await tell_hosts(session, gathering, people, text, key=f"host:{now.isoformat()}", now=now)


async def _follower(session: AsyncSession, gathering: Gathering) -> Member | None:
    """Who hosts instead: here, in Perennial, and not paused on that day."""
    program = await programs.get(session, gathering.workspace_id, gathering.program_id)
    for member_id in (gathering.cohost_id, program.owner_id):
        member = await members.by_id(session, gathering.workspace_id, member_id or 0)
        if member is None or member.id == gathering.host_id or member.deactivated_at or member.left_at:
            continue
        if member.paused_until is None or start_of_day(member.paused_until, member.tz) <= gathering.starts_at:
            return member
    return None
