"""Remembers live roundtables: what is due, how far each has come, what was talked about."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new, vault_of
from bot.errors import Gone
from bot.features.roundtables.live.models import LiveRoundtable, LiveSeat
from bot.gatherings import store as gatherings
from bot.gatherings.models import Ballot, Gathering, Proposal, Seat
from bot.members.models import Workspace
from bot.programs.models import Program

WAITING, CLAIMED, DRAWN, TELLING = "waiting", "claimed", "drawn", "telling"


async def begin(session: AsyncSession, gathering: Gathering, size: int | None, due_at: datetime | None) -> None:
    """One was planned; `size=None`: it needs no tables."""
    row: dict[str, Any] = {
        "gathering_id": gathering.id, "workspace_id": gathering.workspace_id, "size": size, "topics": [], "themes": [],
        "state": WAITING, "due_at": due_at if size else None, "version": 1,
    }  # fmt: skip
    await insert_new(session, LiveRoundtable, [row], unique=("gathering_id",), returning=LiveRoundtable.gathering_id)


async def due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """(workspace id, gathering id) of those to be looked at."""
    query = (
        select(LiveRoundtable.workspace_id, LiveRoundtable.gathering_id)
        .where(
            LiveRoundtable.due_at <= now,
            LiveRoundtable.workspace_id.in_(select(Workspace.id).where(Workspace.state == "active")),
        )
        .order_by(LiveRoundtable.due_at, LiveRoundtable.gathering_id)
        .limit(50)
    )
    return [(row.workspace_id, row.gathering_id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next one is looked at."""
    active = LiveRoundtable.workspace_id.in_(select(Workspace.id).where(Workspace.state == "active"))
    return (await session.execute(select(func.min(LiveRoundtable.due_at)).where(active))).scalar_one()


async def find(
    session: AsyncSession, workspace_id: int, gathering_id: int, *, lock: bool = False
) -> LiveRoundtable | None:
    """What is known of a gathering as a live roundtable."""
    query = select(LiveRoundtable).where(
        LiveRoundtable.workspace_id == workspace_id, LiveRoundtable.gathering_id == gathering_id
    )
    return await lookup.one(session, query, lock=lock)


async def get(
    session: AsyncSession, workspace_id: int, gathering_id: int, *, lock: bool = False
) -> tuple[Gathering, LiveRoundtable]:
    """Both; locked in the order everybody locks them in."""
    gathering = await gatherings.get(session, workspace_id, gathering_id, lock=lock)
    live = await find(session, workspace_id, gathering_id, lock=lock)
    if live is None:
        raise Gone
    return gathering, live


def rest(live: LiveRoundtable, until: datetime | None) -> None:
    """Out of our hands until its next look, with nothing under way; None: for good."""
    live.state, live.due_at, live.lease_until = WAITING, until, None
    live.inputs = live.drawn = None


def keep_inputs(session: AsyncSession, live: LiveRoundtable, packed: bytes) -> None:
    """Frozen until the tables are written; sealed, because they say who is kept apart."""
    live.inputs = vault_of(session).seal(packed, f"live:{live.gathering_id}")


def packed_inputs(session: AsyncSession, live: LiveRoundtable) -> bytes | None:
    """What was frozen, packed."""
    return vault_of(session).open(live.inputs, f"live:{live.gathering_id}") if live.inputs else None


async def seated_last(session: AsyncSession, program: Program) -> set[int]:
    """Who had a table at the newest one that was held."""
    query = select(Seat.member_id).where(
        Seat.workspace_id == program.workspace_id,
        Seat.gathering_id == gatherings.newest_held(program),
        Seat.state == gatherings.COMING,
        Seat.came.is_distinct_from(False),
    )
    return set((await session.execute(query)).scalars())


async def held(session: AsyncSession, program: Program) -> tuple[int, int]:
    """How many took place, and at how many tables people sat."""
    rows = (
        select(Gathering.id, LiveSeat.number)
        .outerjoin(LiveSeat, LiveSeat.gathering_id == Gathering.id)
        .where(*gatherings.held_by(program))
        .distinct()
    )
    found = (await session.execute(rows)).all()
    return len({row[0] for row in found}), len({tuple(row) for row in found if row[1] is not None})


async def topics_used(session: AsyncSession, program: Program) -> set[str]:
    """Which of our own topics a program has had on a ballot."""
    query = (
        select(Proposal.slug)
        .join(Ballot, Ballot.id == Proposal.ballot_id)
        .where(
            Proposal.workspace_id == program.workspace_id,
            Proposal.program_id == program.id,
            Proposal.kind == "topic",
            Proposal.slug.is_not(None),
        )
    )
    return {slug for slug in (await session.execute(query)).scalars() if slug is not None}
