"""Remembers introductions: who is in one, who of them is still there, and whose it is to answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, NotYours
from bot.features.introductions.models import Introduction, IntroductionMember, Meeting
from bot.members import store as members
from bot.members.models import Member
from bot.members.store import Profile

# Asked for with every act and message of an introduction, so they are put together once.
ONE = select(Introduction).where(
    Introduction.workspace_id == bindparam("workspace_id"), Introduction.id == bindparam("introduction_id")
)
LOCKED = ONE.with_for_update().execution_options(populate_existing=True)
ITS_PEOPLE = (
    select(IntroductionMember)
    .where(
        IntroductionMember.workspace_id == bindparam("workspace_id"),
        IntroductionMember.introduction_id == bindparam("introduction_id"),
    )
    .order_by(IntroductionMember.member_id)
    .execution_options(populate_existing=True)
)


async def get(session: AsyncSession, workspace_id: int, introduction_id: int, *, lock: bool = False) -> Introduction:
    """An introduction of this workspace; Gone where there is none."""
    asked = {"workspace_id": workspace_id, "introduction_id": introduction_id}
    found = (await session.execute(LOCKED if lock else ONE, asked)).scalar_one_or_none()
    if found is None:
        raise Gone
    return found


async def members_of(session: AsyncSession, introduction: Introduction) -> list[IntroductionMember]:
    """Its people, in order of id."""
    asked = {"workspace_id": introduction.workspace_id, "introduction_id": introduction.id}
    return list((await session.execute(ITS_PEOPLE, asked)).scalars())


async def mine(
    session: AsyncSession, workspace_id: int, introduction_id: int, member_id: int
) -> tuple[Introduction, IntroductionMember, list[IntroductionMember]]:
    """An introduction, locked, for one of its people; nobody else may touch it."""
    introduction = await get(session, workspace_id, introduction_id, lock=True)
    everybody = await members_of(session, introduction)
    for row in everybody:
        if row.member_id == member_id:
            return introduction, row, everybody
    raise NotYours


async def profiles(session: AsyncSession, introduction: Introduction) -> list[Profile]:
    """The facts its people gave, whoever writes first coming first."""
    ids = [row.member_id for row in await members_of(session, introduction)]
    found = await members.profiles(session, introduction.workspace_id, ids)
    return sorted(found.values(), key=lambda each: (each.member_id != introduction.opener_id, each.member_id))


async def gone(session: AsyncSession, workspace_id: int, member_ids: Sequence[int], now: datetime) -> list[int]:
    """Who of these can't take part any more: left, deactivated, or paused meanwhile."""
    query = select(Member.id).where(
        Member.workspace_id == workspace_id,
        Member.id.in_(member_ids),
        members.pool_filter(now.date()),
    )
    here = set((await session.execute(query)).scalars())
    return [member_id for member_id in member_ids if member_id not in here]


async def meeting_of(session: AsyncSession, introduction: Introduction, *, lock: bool = False) -> Meeting | None:
    """The time its people talk about or have agreed on."""
    query = select(Meeting).where(
        Meeting.workspace_id == introduction.workspace_id, Meeting.introduction_id == introduction.id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def current(session: AsyncSession, workspace_id: int, member_id: int, *, limit: int = 4) -> list[Introduction]:
    """The introductions somebody is in now, newest first."""
    query = (
        select(Introduction)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(
            Introduction.workspace_id == workspace_id,
            IntroductionMember.member_id == member_id,
            Introduction.state == "sent",
        )
        .order_by(Introduction.id.desc())
        .limit(limit)
    )
    return list((await session.execute(query)).scalars())
