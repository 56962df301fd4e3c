"""Remembers turns to tell: who was asked, who promised, and when to look again."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.store import running
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering

ASKED, ACCEPTED, DECLINED, LAPSED = "asked", "accepted", "declined", "lapsed"
SWAPPED, STEPPED_BACK, OVER, TOLD = "swapped", "stepped_back", "over", "told"


async def due(session: AsyncSession, now: datetime, *, limit: int = 100) -> list[tuple[int, int]]:
    """(workspace id, gathering id) of sessions whose tellers are to be looked at."""
    query = (
        select(StorySession.workspace_id, StorySession.gathering_id)
        .where(running(StorySession.workspace_id), StorySession.due_at <= now)
        .order_by(StorySession.due_at)
        .limit(limit)
    )
    return [(row.workspace_id, row.gathering_id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next of them is."""
    query = select(func.min(StorySession.due_at)).where(running(StorySession.workspace_id))
    return (await session.execute(query)).scalar_one()


async def look_soon(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Have a session's tellers looked at again; that it is lacking some, its host was told or will be as before."""
    await session.execute(
        update(StorySession)
        .where(StorySession.workspace_id == gathering.workspace_id, StorySession.gathering_id == gathering.id)
        .values(due_at=now)
    )


async def lock(session: AsyncSession, workspace_id: int, gathering_id: int) -> tuple[Gathering, StorySession]:
    """A session and what storytelling knows of it, both locked, the gathering first."""
    gathering = await gatherings.get(session, workspace_id, gathering_id, lock=True)
    query = (
        select(StorySession)
        .where(StorySession.workspace_id == workspace_id, StorySession.gathering_id == gathering_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise Gone
    return gathering, found


async def get(session: AsyncSession, workspace_id: int, telling_id: int) -> Telling:
    """One turn, as it stands; Gone where there is none."""
    query = select(Telling).where(Telling.workspace_id == workspace_id, Telling.id == telling_id)
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise Gone
    return found


async def of_session(session: AsyncSession, gathering: Gathering) -> list[Telling]:
    """Every turn of a session, in the order people were asked."""
    query = (
        select(Telling)
        .where(Telling.workspace_id == gathering.workspace_id, Telling.gathering_id == gathering.id)
        .order_by(Telling.asked_at, Telling.id)
    )
    return list((await session.execute(query.execution_options(populate_existing=True))).scalars())


async def of_member(session: AsyncSession, workspace_id: int, member_id: int) -> list[Telling]:
    """The turns somebody was asked for or promised, that are still ahead."""
    query = (
        select(Telling)
        .where(
            Telling.workspace_id == workspace_id,
            Telling.member_id == member_id,
            Telling.state.in_((ASKED, ACCEPTED)),
        )
        .join(Gathering, Gathering.id == Telling.gathering_id)
        .order_by(Gathering.starts_at, Gathering.id)  # the order in which everybody locks several sessions
    )
    return list((await session.execute(query)).scalars())


async def asked_to_swap(session: AsyncSession, workspace_id: int, member_id: int) -> list[Telling]:
    """The turns of others that somebody was asked to take."""
    query = (
        select(Telling)
        .where(Telling.workspace_id == workspace_id, Telling.swap_with == member_id, Telling.state == ACCEPTED)
        .join(Gathering, Gathering.id == Telling.gathering_id)
        .order_by(Gathering.starts_at, Gathering.id)
    )
    return list((await session.execute(query)).scalars())


async def put(
    session: AsyncSession,
    gathering: Gathering,
    member_id: int,
    *,
    via: str,
    state: str,
    answer_by: datetime | None,
    now: datetime,
) -> Telling:
    """A turn of this person in this session, made or made anew; the session must be locked.

    Whoever is asked anew, or takes it over, gets a message anew: `asked_at` says from when it counts.
    """
    query = select(Telling).where(
        Telling.workspace_id == gathering.workspace_id,
        Telling.gathering_id == gathering.id,
        Telling.member_id == member_id,
    )
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    is_new = found is None
    if found is None:
        found = Telling(workspace_id=gathering.workspace_id, gathering_id=gathering.id, member_id=member_id)
        session.add(found)
    if is_new or state == ASKED or via == "swap":
        found.asked_at = now
    found.via, found.state, found.answer_by, found.swap_with = via, state, answer_by, None
    await session.flush()
    return found
