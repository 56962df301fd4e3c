"""Remembers what people have taken on; whoever takes a seat is checked with their own row locked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.members.commitments import rules
from bot.members.commitments.errors import ClosedForNow, NoRoom
from bot.members.commitments.models import Commitment, Room
from bot.members.commitments.rules import Load, Taken
from bot.members.models import Member

MOST_NAMED = 500  # of more people than this all rows of their workspace are read: naming each takes longer


async def take(
    session: AsyncSession, workspace_id: int, member_id: int, kind: str, subject: str, *, now: datetime
) -> Load:
    """Give somebody one thing more, or raise NoRoom or ClosedForNow; their load with it. Once more changes nothing.

    Their row is locked until the caller's transaction ends, so that two seats taken at once are counted one after the
    other. Whoever left or was deactivated meanwhile takes nothing: Gone.
    """
    await _lock(session, workspace_id, member_id)
    known = await _row(session, workspace_id, member_id, subject)
    load = (await loads(session, workspace_id, [member_id], now=now))[member_id]
    if known is not None and known.ended_at is None:
        return load
    weighs = known is not None and rules.counts(_taken(known), now)
    added = 0 if weighs else rules.WEIGHTS[kind]
    if not load.is_open(now):
        raise ClosedForNow
    if load.points + added > load.cap:
        raise NoRoom
    if known is None:
        session.add(
            Commitment(workspace_id=workspace_id, member_id=member_id, kind=kind, subject=subject, started_at=now)
        )
    elif weighs:
        known.ended_at, known.ended_before = None, known.ended_at
    else:
        known.started_at, known.ended_at, known.ended_before = now, None, None
    await session.flush()
    return Load(load.points + added, load.cap, load.closed_until)


async def end(
    session: AsyncSession, workspace_id: int, subject: str, *, now: datetime, member_id: int | None = None
) -> None:
    """It is over, for one member or for everybody who took it on; it weighs for 28 days from its start."""
    of_whom = Commitment.member_id == member_id if member_id is not None else true()
    await _end(session, now, Commitment.workspace_id == workspace_id, Commitment.subject == subject, of_whom)


async def end_all(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Everything somebody took on is over, because they left."""
    await _end(session, now, Commitment.workspace_id == workspace_id, Commitment.member_id == member_id)


async def undo(session: AsyncSession, workspace_id: int, member_id: int, subject: str) -> None:
    """It was given back before it cost any time, so it never weighed; taken up again, it is over as it was before."""
    known = await _row(session, workspace_id, member_id, subject)
    if known is not None and known.ended_before is not None:
        known.ended_at, known.ended_before = known.ended_before, None
        await session.flush()
    elif known is not None:
        await session.execute(
            delete(Commitment).where(Commitment.workspace_id == workspace_id, Commitment.id == known.id)
        )


async def loads(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int], *, now: datetime
) -> dict[int, Load]:
    """How much each of these people has taken on: two queries, however many they are."""
    query = select(Room.member_id, Room.cap, Room.closed_until).where(
        Room.workspace_id == workspace_id, _among(Room.member_id, member_ids)
    )
    rooms = {member_id: (cap, closed) for member_id, cap, closed in (await session.execute(query)).all()}
    points = await _points(session, workspace_id, member_ids, now)
    found = {}
    for member_id in member_ids:
        cap, closed = rooms.get(member_id, (None, None))
        found[member_id] = Load(points.get(member_id, 0), rules.USUAL_CAP if cap is None else cap, closed)
    return found


async def taken_by(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int], *, now: datetime
) -> dict[int, list[Taken]]:
    """What still weighs for each of these people, oldest first."""
    query = (
        select(Commitment.member_id, Commitment.kind, Commitment.subject, Commitment.started_at, Commitment.ended_at)
        .where(_weighs(workspace_id, member_ids, now))
        .order_by(Commitment.started_at, Commitment.id)
    )
    found: dict[int, list[Taken]] = {}
    for member_id, kind, subject, started_at, ended_at in (await session.execute(query)).all():
        found.setdefault(member_id, []).append(Taken(kind, subject, started_at, ended_at))
    return found


async def anybody_holds(session: AsyncSession, workspace_id: int) -> bool:
    """Whether anybody here ever took anything on."""
    query: Select[Any] = select(exists().where(Commitment.workspace_id == workspace_id))
    return bool((await session.execute(query)).scalar_one())


async def _lock(session: AsyncSession, workspace_id: int, member_id: int) -> None:
    """Nobody else counts this member's seats meanwhile; rows that only point to them can still be written.

    The columns are asked for, not the member: what the caller read of them before may be older than the lock.
    """
    query = (
        select(Member.left_at, Member.deactivated_at)
        .where(Member.workspace_id == workspace_id, Member.id == member_id)
        .with_for_update(key_share=True)
    )
    if (await session.execute(query)).one_or_none() != (None, None):
        raise Gone


async def _row(session: AsyncSession, workspace_id: int, member_id: int, subject: str) -> Commitment | None:
    query = select(Commitment).where(
        Commitment.workspace_id == workspace_id, Commitment.member_id == member_id, Commitment.subject == subject
    )
    fresh = query.execution_options(populate_existing=True)
    return (await session.execute(fresh)).scalar_one_or_none()


async def _end(session: AsyncSession, now: datetime, *which: ColumnElement[bool]) -> None:
    query = update(Commitment).where(Commitment.ended_at.is_(None), *which).values(ended_at=now)
    await session.execute(query.execution_options(synchronize_session=False))


async def _points(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int], now: datetime
) -> dict[int, int]:
    """The points of those who hold something, added up by the database: a router asks for thousands of people."""
    weight = case(rules.WEIGHTS, value=Commitment.kind)
    query = select(Commitment.member_id, func.sum(weight)).where(_weighs(workspace_id, member_ids, now))
    return dict((await session.execute(query.group_by(Commitment.member_id))).all())


def _weighs(workspace_id: int, member_ids: Collection[int], now: datetime) -> ColumnElement[bool]:
    """What rules.counts says, for the database."""
    return and_(
        Commitment.workspace_id == workspace_id,
        _among(Commitment.member_id, member_ids),
        or_(Commitment.ended_at.is_(None), Commitment.started_at > now - rules.COUNTS_FOR),
    )


def _among(column: Any, member_ids: Collection[int]) -> ColumnElement[bool]:
    return column.in_(list(member_ids)) if len(member_ids) <= MOST_NAMED else true()


def _taken(row: Commitment) -> Taken:
    return Taken(row.kind, row.subject, row.started_at, row.ended_at)
