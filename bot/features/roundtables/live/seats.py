"""Remembers who sits where, and who sat together before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import in_parts, insert_new
from bot.features.roundtables.live.models import LiveSeat
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering, Seat

REMEMBERED = 12  # earlier ones of a program whose tables count
PART = 500  # rows of one statement, people told in one transaction


def _of(gathering: Gathering) -> tuple[ColumnElement[bool], ...]:
    return LiveSeat.workspace_id == gathering.workspace_id, LiveSeat.gathering_id == gathering.id


async def sitting(session: AsyncSession, gathering: Gathering) -> dict[int, int | None]:
    """Everybody's table."""
    query = select(LiveSeat.member_id, LiveSeat.number).where(*_of(gathering)).order_by(LiveSeat.member_id)
    return {member_id: number async for some in in_parts(session, query) for member_id, number in some}


def by_table(seats: Mapping[int, int | None]) -> dict[int, list[int]]:
    """Tables by number, and who sits there."""
    tables: dict[int, list[int]] = defaultdict(list)
    for member_id, number in seats.items():
        if number is not None:
            tables[number].append(member_id)
    return dict(sorted(tables.items()))


async def seat_of(session: AsyncSession, gathering: Gathering, member_id: int) -> LiveSeat | None:
    """Where one person sits."""
    query = select(LiveSeat).where(
        *_of(gathering),
        LiveSeat.member_id == member_id,
    )
    return await lookup.one(session, query.execution_options(populate_existing=True))


async def at_table(session: AsyncSession, gathering: Gathering, number: int) -> list[int]:
    """Who sits at a table."""
    query = (
        select(LiveSeat.member_id)
        .where(
            *_of(gathering),
            LiveSeat.number == number,
        )
        .order_by(LiveSeat.member_id)
    )
    return list((await session.execute(query)).scalars())


async def numbers(session: AsyncSession, gathering: Gathering, *, limit: int | None = None) -> list[int]:
    """Every table, or the first few."""
    query = (
        select(LiveSeat.number)
        .where(
            *_of(gathering),
            LiveSeat.number.is_not(None),
        )
        .distinct()
        .order_by(LiveSeat.number)
        .limit(limit)
    )
    return [number for number in (await session.execute(query)).scalars() if number is not None]


async def write(
    session: AsyncSession,
    gathering: Gathering,
    seats: Mapping[int, int | None],
    before: Mapping[int, int | None],
    moved: Sequence[int],
    version: int,
) -> None:
    """Keep a seating: who is gone has no seat, who is new has one, who moved sits elsewhere since this version."""
    out = sorted({*(set(before) - set(seats)), *moved} & set(before))
    for start in range(0, len(out), PART):
        await session.execute(
            delete(LiveSeat).where(*_of(gathering), LiveSeat.member_id.in_(out[start : start + PART]))
        )
    rows = [
        {
            "gathering_id": gathering.id,
            "workspace_id": gathering.workspace_id,
            "member_id": member_id,
            "number": seats[member_id],
            "since": version,
        }
        for member_id in moved
    ]
    for start in range(0, len(rows), PART):
        await insert_new(
            session,
            LiveSeat,
            rows[start : start + PART],
            unique=("gathering_id", "member_id"),
            returning=LiveSeat.member_id,
        )


async def move(session: AsyncSession, gathering: Gathering, member_id: int, number: int, version: int) -> None:
    """A host puts somebody at another table."""
    await session.execute(
        update(LiveSeat)
        .where(
            *_of(gathering),
            LiveSeat.member_id == member_id,
        )
        .values(number=number, since=version)
    )


async def clear(session: AsyncSession, gathering: Gathering) -> None:
    """Nobody has a table any more."""
    await session.execute(delete(LiveSeat).where(*_of(gathering)))


async def to_be_told(session: AsyncSession, gathering: Gathering) -> list[int]:
    """Who sits elsewhere than they were told, a part at a time."""
    query = (
        select(LiveSeat.member_id)
        .where(
            *_of(gathering),
            LiveSeat.told.is_distinct_from(LiveSeat.since),
        )
        .order_by(LiveSeat.member_id)
        .limit(PART)
    )
    return list((await session.execute(query)).scalars())


async def told(session: AsyncSession, gathering: Gathering, member_ids: Collection[int]) -> None:
    """They are being told where they sit."""
    await session.execute(
        update(LiveSeat)
        .where(
            *_of(gathering),
            LiveSeat.member_id.in_(list(member_ids)),
        )
        .values(told=LiveSeat.since)
    )


async def past_tables(session: AsyncSession, gathering: Gathering) -> list[list[list[int]]]:
    """Tables of a program's earlier ones that took place, newest first; without those who could not come after all."""
    earlier = (
        select(Gathering.id)
        .where(
            Gathering.workspace_id == gathering.workspace_id,
            Gathering.program_id == gathering.program_id,
            Gathering.state == gatherings.OVER,
            Gathering.id != gathering.id,
        )
        .order_by(Gathering.starts_at.desc(), Gathering.id.desc())
        .limit(REMEMBERED)
    )
    order = list((await session.execute(earlier)).scalars())
    query = (
        select(LiveSeat.gathering_id, LiveSeat.number, LiveSeat.member_id)
        .join(Seat, (Seat.gathering_id == LiveSeat.gathering_id) & (Seat.member_id == LiveSeat.member_id))
        .where(
            LiveSeat.workspace_id == gathering.workspace_id,
            LiveSeat.gathering_id.in_(order),
            LiveSeat.number.is_not(None),
            Seat.state == gatherings.COMING,
            Seat.came.is_distinct_from(False),
        )
    )
    found: dict[int, dict[int, list[int]]] = {gathering_id: defaultdict(list) for gathering_id in order}
    async for some in in_parts(session, query):
        for gathering_id, number, member_id in some:
            found[gathering_id][number].append(member_id)
    return [list(found[each].values()) for each in order]
