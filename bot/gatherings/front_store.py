"""Finds what somebody's Home tab shows of gatherings."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import store
from bot.gatherings.models import Gathering, Seat
from bot.members.models import Member
from bot.programs.models import Enrolment, Program
from bot.registry import Viewer

IN_SIGHT = timedelta(weeks=5)
ASKED_FOR = timedelta(days=3)  # how long Home asks whether somebody was there


@dataclass(frozen=True)
class Row:
    """A gathering, and what the viewer said of it."""

    gathering: Gathering
    said: str | None


async def mine(session: AsyncSession, viewer: Viewer) -> list[Row]:
    """What comes in the next weeks of programs they are in, what they said something of, and what they host.

    Leads see besides what programs that have ended left behind: nobody else looks after it.
    """
    in_program = select(Enrolment.program_id).where(
        Enrolment.workspace_id == viewer.workspace_id,
        Enrolment.member_id == viewer.member_id,
        Enrolment.state == "joined",
    )
    concerns = [
        and_(Gathering.program_id.in_(in_program), or_(Seat.state.is_(None), Seat.state != store.CANNOT)),
        Seat.state.in_(store.TOLD),
        Gathering.host_id == viewer.member_id,
        Gathering.cohost_id == viewer.member_id,
    ]
    if viewer.is_lead:
        ended = select(Program.id).where(Program.workspace_id == viewer.workspace_id, Program.state == "ended")
        concerns.append(Gathering.program_id.in_(ended))
    return await _rows(session, viewer, or_(*concerns), Gathering.starts_at <= viewer.now + IN_SIGHT)


async def everything(session: AsyncSession, viewer: Viewer) -> list[Row]:
    """Everything that is planned."""
    return await _rows(session, viewer)


async def _rows(session: AsyncSession, viewer: Viewer, *conditions: object) -> list[Row]:
    query = (
        select(Gathering, Seat.state)
        .outerjoin(Seat, and_(Seat.gathering_id == Gathering.id, Seat.member_id == viewer.member_id))
        .where(Gathering.workspace_id == viewer.workspace_id, Gathering.state == store.PLANNED, *conditions)  # type: ignore[arg-type]
        .order_by(Gathering.starts_at, Gathering.id)
        .limit(40)
    )
    return [Row(gathering, said) for gathering, said in (await session.execute(query)).all()]


async def to_say_whether_there(session: AsyncSession, viewer: Viewer) -> list[Gathering]:
    """What somebody said they come to, that has just been, and of which they have not said more."""
    query = (
        select(Gathering)
        .join(Seat, Seat.gathering_id == Gathering.id)
        .where(
            Gathering.workspace_id == viewer.workspace_id,
            Gathering.state == store.OVER,
            Gathering.starts_at > viewer.now - ASKED_FOR,
            Seat.member_id == viewer.member_id,
            Seat.state == store.COMING,
            Seat.came.is_(None),
        )
        .order_by(Gathering.starts_at.desc())
        .limit(2)
    )
    return list((await session.execute(query)).scalars())


async def names(session: AsyncSession, gathering: Gathering, *states: str) -> list[int]:
    """Member ids of those who said so and are still here, in the order in which they did."""
    query = (
        select(Seat.member_id)
        .join(Member, Member.id == Seat.member_id)
        .where(
            Seat.workspace_id == gathering.workspace_id,
            Seat.gathering_id == gathering.id,
            Seat.state.in_(states),
            *store.still_here(),
        )
        .order_by(Seat.since, Seat.member_id)
    )
    return list((await session.execute(query)).scalars())


async def how_many_came(session: AsyncSession, gathering: Gathering) -> int:
    """Those who said that they were there."""
    query = select(Seat.member_id).where(
        Seat.workspace_id == gathering.workspace_id, Seat.gathering_id == gathering.id, Seat.came.is_(True)
    )
    return len((await session.execute(query)).scalars().all())
