"""Remembers turns to tell: who was asked, who could be, and who has told before."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers.rules import Candidate, Heard
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.programs import store as programs
from bot.programs.models import Program
from bot.programs.rules import local_date

ASKED, ACCEPTED, DECLINED, LAPSED = "asked", "accepted", "declined", "lapsed"
SWAPPED, STEPPED_BACK, OVER, TOLD = "swapped", "stepped_back", "over", "told"
NOES = (DECLINED, LAPSED, STEPPED_BACK)
HEARD_SESSIONS = 3  # so many sessions count as "lately"


async def due(session: AsyncSession, now: datetime, *, limit: int = 100) -> list[tuple[int, int]]:
    """(workspace id, gathering id) of sessions whose tellers are to be looked at."""
    query = (
        select(StorySession.workspace_id, StorySession.gathering_id)
        .where(StorySession.due_at <= now)
        .order_by(StorySession.due_at)
        .limit(limit)
    )
    return [(row.workspace_id, row.gathering_id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next of them is."""
    return (await session.execute(select(func.min(StorySession.due_at)))).scalar_one()


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
        .order_by(Telling.id)
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
    """A turn of this person in this session, made or made anew; the session must be locked."""
    query = select(Telling).where(
        Telling.workspace_id == gathering.workspace_id,
        Telling.gathering_id == gathering.id,
        Telling.member_id == member_id,
    )
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        found = Telling(workspace_id=gathering.workspace_id, gathering_id=gathering.id, member_id=member_id)
        session.add(found)
    found.via, found.state, found.asked_at, found.answer_by, found.swap_with = via, state, now, answer_by, None
    await session.flush()
    return found


async def candidates(
    session: AsyncSession, gathering: Gathering, program: Program, now: datetime
) -> tuple[list[Candidate], list[Heard]]:
    """Who of the program could be asked, and whose voices were heard lately or will be this time."""
    day = local_date(gathering.starts_at, gathering.tz)
    had_it = {each.member_id: each.state for each in await of_session(session, gathering)}
    joined = await programs.joined_members(session, program, day)
    left_out = {gathering.host_id, gathering.cohost_id, *had_it}
    ids = [each for each in joined if each not in left_out]
    past = await _past(session, gathering)
    profiles = await members.profiles(session, gathering.workspace_id, list({*ids, *had_it, *past.tellers}))
    found = [
        Candidate(
            member_id=each,
            function=profiles[each].function or None,
            level=profiles[each].level,
            told=past.told.get(each, 0),
            sessions_ago=past.ago.get(each),
            asked_ago=now - past.said_no[each] if each in past.said_no else None,
        )
        for each in ids
        if each in profiles
    ]
    voices = [each for each, state in had_it.items() if state in (ASKED, ACCEPTED)]
    voices += [each for each, ago in past.ago.items() if ago <= HEARD_SESSIONS]
    heard = [Heard(profiles[each].function or None, profiles[each].level) for each in voices if each in profiles]
    return found, heard


class _Past:
    def __init__(self) -> None:
        self.told: dict[int, int] = {}
        self.ago: dict[int, int] = {}  # how many sessions ago somebody told last
        self.said_no: dict[int, datetime] = {}

    @property
    def tellers(self) -> set[int]:
        return set(self.told)


async def _past(session: AsyncSession, gathering: Gathering) -> _Past:
    """What the earlier sessions of its program tell of everybody."""
    held = (
        select(Gathering.id)
        .where(
            Gathering.workspace_id == gathering.workspace_id,
            Gathering.program_id == gathering.program_id,
            Gathering.state == gatherings.OVER,
            Gathering.id != gathering.id,
        )
        .order_by(Gathering.starts_at.desc(), Gathering.id.desc())
    )
    place = {found: number for number, found in enumerate((await session.execute(held)).scalars(), 1)}
    query = (
        select(Telling.member_id, Telling.gathering_id, Telling.state, Telling.via, Telling.asked_at)
        .join(Gathering, Gathering.id == Telling.gathering_id)
        .where(Telling.workspace_id == gathering.workspace_id, Gathering.program_id == gathering.program_id)
    )
    past = _Past()
    for row in (await session.execute(query)).all():
        if row.state == TOLD and row.gathering_id in place:
            past.told[row.member_id] = past.told.get(row.member_id, 0) + 1
            ago = place[row.gathering_id]
            past.ago[row.member_id] = min(ago, past.ago.get(row.member_id, ago))
        elif row.state in NOES and row.gathering_id != gathering.id:
            past.said_no[row.member_id] = max(row.asked_at, past.said_no.get(row.member_id, row.asked_at))
    return past
