"""Remembers what people have taken on; whoever takes a seat is checked with their own row locked."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.members import store as members
from bot.members.commitments import rules
from bot.members.commitments.errors import ClosedForNow, NoRoom
from bot.members.commitments.models import Commitment, Room
from bot.members.commitments.rules import Load, Taken


async def take(
    session: AsyncSession, workspace_id: int, member_id: int, kind: str, subject: str, *, now: datetime
) -> Load:
    """Give somebody one thing more, or raise NoRoom or ClosedForNow; their load with it. Once more changes nothing.

    Their row is locked until the caller's transaction ends, so that two seats taken at once are counted one after the
    other.
    """
    if await members.by_id(session, workspace_id, member_id, lock=True) is None:
        raise Gone
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
    else:
        known.ended_at, known.started_at = None, known.started_at if weighs else now
    await session.flush()
    return Load(load.points + added, load.cap, load.closed_until)


async def end(
    session: AsyncSession, workspace_id: int, subject: str, *, now: datetime, member_id: int | None = None
) -> None:
    """It is over, for one member or for everybody who took it on; it weighs for 28 days from its start."""
    query = update(Commitment).where(
        Commitment.workspace_id == workspace_id, Commitment.subject == subject, Commitment.ended_at.is_(None)
    )
    if member_id is not None:
        query = query.where(Commitment.member_id == member_id)
    await session.execute(query.values(ended_at=now).execution_options(synchronize_session=False))


async def undo(session: AsyncSession, workspace_id: int, member_id: int, subject: str) -> None:
    """It was given back before it cost any time, so it never weighed."""
    await session.execute(
        delete(Commitment).where(
            Commitment.workspace_id == workspace_id,
            Commitment.member_id == member_id,
            Commitment.subject == subject,
        )
    )


async def loads(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int], *, now: datetime
) -> dict[int, Load]:
    """How much each of these people has taken on: two queries, however many they are."""
    taken = await taken_by(session, workspace_id, member_ids, now=now)
    query = select(Room).where(Room.workspace_id == workspace_id, Room.member_id.in_(list(member_ids)))
    rooms = {room.member_id: room for room in (await session.execute(query)).scalars()}
    found = {}
    for member_id in member_ids:
        room = rooms.get(member_id)
        cap = rules.USUAL_CAP if room is None or room.cap is None else room.cap
        closed = room.closed_until if room is not None else None
        found[member_id] = Load(rules.points(taken.get(member_id, []), now), cap, closed)
    return found


async def taken_by(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int], *, now: datetime
) -> dict[int, list[Taken]]:
    """What still weighs for each of these people, oldest first."""
    query = (
        select(Commitment)
        .where(
            Commitment.workspace_id == workspace_id,
            Commitment.member_id.in_(list(member_ids)),
            or_(Commitment.ended_at.is_(None), Commitment.started_at > now - rules.COUNTS_FOR),
        )
        .order_by(Commitment.started_at, Commitment.id)
    )
    found: dict[int, list[Taken]] = {}
    for row in (await session.execute(query)).scalars():
        found.setdefault(row.member_id, []).append(_taken(row))
    return found


async def _row(session: AsyncSession, workspace_id: int, member_id: int, subject: str) -> Commitment | None:
    query = select(Commitment).where(
        Commitment.workspace_id == workspace_id, Commitment.member_id == member_id, Commitment.subject == subject
    )
    return (await session.execute(query)).scalar_one_or_none()


def _taken(row: Commitment) -> Taken:
    return Taken(row.kind, row.subject, row.started_at, row.ended_at)
