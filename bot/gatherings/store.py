"""Remembers gatherings and who comes: what is due, what is planned, how many seats are taken."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.gatherings import rules
from bot.gatherings.models import Gathering, Seat
from bot.members.models import Member, Workspace
from bot.programs.models import Program

PLANNED, CALLED_OFF, OVER = "planned", "called_off", "over"
COMING, WAITING, INVITED, CANNOT, JOINING = rules.SAID
TOLD = (COMING, WAITING, INVITED)  # who hears of changes


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, gathering id) of those whose next step is due."""
    query = (
        select(Gathering.workspace_id, Gathering.id)
        .where(_running(), Gathering.due_at <= now)
        .order_by(Gathering.due_at)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next step of any is due."""
    return (await session.execute(select(func.min(Gathering.due_at)).where(_running()))).scalar_one()


def _running() -> ColumnElement[bool]:
    """Those of workspaces that still have Perennial and a token that works."""
    return Gathering.workspace_id.in_(select(Workspace.id).where(Workspace.state == "active"))


async def get(session: AsyncSession, workspace_id: int, named: object, *, lock: bool = False) -> Gathering:
    """A gathering of this workspace, by whatever names it; Gone where there is none."""
    return await lookup.get(session, Gathering, workspace_id, named, lock=lock)


async def on_date(session: AsyncSession, program: Program, day: date) -> Gathering | None:
    """The one that stands for a date of the program's cadence, whatever became of it."""
    query = select(Gathering).where(
        Gathering.workspace_id == program.workspace_id,
        Gathering.program_id == program.id,
        Gathering.local_date == day,
    )
    return (await session.execute(query)).scalar_one_or_none()


async def coming_up(
    session: AsyncSession, workspace_id: int, now: datetime, *, program_id: int | None = None, limit: int = 20
) -> list[Gathering]:
    """Planned ones that are not over, soonest first."""
    query = select(Gathering).where(
        Gathering.workspace_id == workspace_id, Gathering.state == PLANNED, Gathering.due_at.is_not(None)
    )
    if program_id is not None:
        query = query.where(Gathering.program_id == program_id)
    query = query.order_by(Gathering.starts_at, Gathering.id).limit(limit)
    return list((await session.execute(query)).scalars())


def held_by(program: Program) -> tuple[ColumnElement[bool], ...]:
    """Those of a program that took place."""
    return (
        Gathering.workspace_id == program.workspace_id,
        Gathering.program_id == program.id,
        Gathering.state == OVER,
    )


def newest_held(program: Program) -> ScalarSelect[int]:
    """The id of the newest that took place, for a query about it."""
    query = select(Gathering.id).where(*held_by(program))
    return query.order_by(Gathering.starts_at.desc(), Gathering.id.desc()).limit(1).scalar_subquery()


async def seat_of(session: AsyncSession, gathering: Gathering, member_id: int) -> Seat | None:
    """What one person said, if anything."""
    query = select(Seat).where(
        Seat.workspace_id == gathering.workspace_id, Seat.gathering_id == gathering.id, Seat.member_id == member_id
    )
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def said_by(session: AsyncSession, workspace_id: int, member_id: int, *states: str) -> list[Gathering]:
    """Planned ones of which somebody said so, soonest first."""
    query = (
        select(Gathering)
        .join(Seat, Seat.gathering_id == Gathering.id)
        .where(
            Gathering.workspace_id == workspace_id,
            Gathering.state == PLANNED,
            Seat.member_id == member_id,
            Seat.state.in_(states),
        )
        .order_by(Gathering.starts_at, Gathering.id)
    )
    return list((await session.execute(query)).scalars())


async def place_in_line(session: AsyncSession, gathering: Gathering, seat: Seat) -> int:
    """How many wait up to and including this one."""
    before = or_(Seat.since < seat.since, and_(Seat.since == seat.since, Seat.member_id <= seat.member_id))
    query = select(func.count()).where(
        Seat.workspace_id == gathering.workspace_id, Seat.gathering_id == gathering.id, Seat.state == WAITING, before
    )
    return int((await session.execute(query)).scalar_one())


async def say(session: AsyncSession, gathering: Gathering, member_id: int, state: str, now: datetime) -> Seat:
    """Write down what somebody says about coming; the gathering must be locked. `since` stays where nothing changes."""
    row = {
        "gathering_id": gathering.id,
        "member_id": member_id,
        "workspace_id": gathering.workspace_id,
        "state": state,
        "since": now,
    }
    await insert_new(session, Seat, [row], unique=("gathering_id", "member_id"), returning=Seat.member_id)
    found = await seat_of(session, gathering, member_id)
    assert found is not None, "it was written a moment ago"
    if found.state != state:
        found.state, found.since = state, now
        await session.flush()
    return found


async def taken(session: AsyncSession, gathering: Gathering) -> int:
    """How many seats are taken: by those who come."""
    query = select(func.count()).where(
        Seat.workspace_id == gathering.workspace_id, Seat.gathering_id == gathering.id, Seat.state == COMING
    )
    return int((await session.execute(query)).scalar_one())


async def seats(
    session: AsyncSession, gathering: Gathering, *states: str, beyond: int = 0, limit: int | None = None
) -> list[Seat]:
    """Who said so, and is still here; in order of member id, a part at a time."""
    query = (
        select(Seat)
        .join(Member, Member.id == Seat.member_id)
        .where(
            Seat.workspace_id == gathering.workspace_id,
            Seat.gathering_id == gathering.id,
            Seat.state.in_(states),
            Seat.member_id > beyond,
            *still_here(),
        )
        .order_by(Seat.member_id)
        .limit(limit)
    )
    return list((await session.execute(query)).scalars())


async def longest_waiting(session: AsyncSession, gathering: Gathering, many: int) -> list[Seat]:
    """Who waits for a seat, those who said so first before the others."""
    query = (
        select(Seat)
        .join(Member, Member.id == Seat.member_id)
        .where(
            Seat.workspace_id == gathering.workspace_id,
            Seat.gathering_id == gathering.id,
            Seat.state == WAITING,
            *still_here(),
        )
        .order_by(Seat.since, Seat.member_id)
        .limit(many)
    )
    return list((await session.execute(query)).scalars())


def still_here() -> tuple[ColumnElement[bool], ...]:
    """Neither deactivated nor gone. Guests who were invited need not be in Perennial."""
    return Member.deactivated_at.is_(None), Member.left_at.is_(None)


@dataclass(frozen=True)
class Counts:
    """How many said what."""

    coming: int
    waiting: int


async def counts(session: AsyncSession, workspace_id: int, gathering_ids: Collection[int]) -> dict[int, Counts]:
    """For each of these gatherings: how many come, and how many wait."""
    query = (
        select(Seat.gathering_id, Seat.state, func.count())
        .where(Seat.workspace_id == workspace_id, Seat.gathering_id.in_(list(gathering_ids)))
        .group_by(Seat.gathering_id, Seat.state)
    )
    found = {(gathering_id, state): many for gathering_id, state, many in (await session.execute(query)).all()}
    return {each: Counts(found.get((each, COMING), 0), found.get((each, WAITING), 0)) for each in gathering_ids}
