"""Remembers who waits for a seat after the round was made, and for how long others may still come to sit with them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.introductions.making import rules, store
from bot.features.introductions.models import Introduction, IntroductionMember, RoundPlan, Unseated
from bot.programs import store as programs
from bot.programs.models import Round

GATHER = timedelta(hours=1)  # late ones who come within it are introduced to each other
LEASE = timedelta(minutes=10)


async def look_for_somebody(
    session: AsyncSession, introduction: Introduction, member_ids: Sequence[int], reason: str, now: datetime
) -> list[int]:
    """Have these people seated anew; ids of those who wait. Who fell through twice is owed instead."""
    row = await programs.get_round(session, introduction.workspace_id, introduction.round_id)
    waits = await store.owe(session, row, list(member_ids), reason, "waiting", now, due_at=now + GATHER)
    for member_id in set(member_ids) - set(waits):
        again = await _find(session, row, member_id, reason)
        if again is not None:
            again.state, again.due_at = "owed", None
    return waits


async def _find(session: AsyncSession, row: Round, member_id: int, reason: str) -> Unseated | None:
    query = select(Unseated).where(
        Unseated.workspace_id == row.workspace_id,
        Unseated.round_id == row.id,
        Unseated.member_id == member_id,
        Unseated.reason == reason,
    )
    return (await session.execute(query)).scalar_one_or_none()


async def join_late(session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime) -> None:
    """Somebody joined a program: where its newest round opened less than two days ago, they wait for a seat in it."""
    query = (
        select(Round)
        .join(RoundPlan, RoundPlan.round_id == Round.id)
        .where(
            Round.workspace_id == workspace_id,
            Round.program_id == program_id,
            Round.state == "sealed",
            Round.opened_at > now - rules.LATE_FOR,
        )
        .order_by(Round.number.desc())
        .limit(1)
    )
    row = (await session.execute(query)).scalar_one_or_none()
    if row is None or await seated(session, row, member_id):
        return
    await store.owe(session, row, [member_id], "late", "waiting", now, due_at=now + GATHER)


async def seated(session: AsyncSession, row: Round, member_id: int) -> bool:
    """Whether somebody sits in an introduction of a round that still stands."""
    query = (
        select(Introduction.id)
        .join(IntroductionMember, IntroductionMember.introduction_id == Introduction.id)
        .where(
            Introduction.workspace_id == row.workspace_id,
            Introduction.round_id == row.id,
            Introduction.state.in_(("planned", "sent", "closed")),
            IntroductionMember.member_id == member_id,
        )
        .limit(1)
    )
    return (await session.execute(query)).first() is not None


async def due(session: AsyncSession, now: datetime, *, limit: int = 100) -> list[tuple[int, int]]:
    """(workspace id, id) of those for whom a seat is to be found."""
    query = (
        select(Unseated.workspace_id, Unseated.id)
        .where(Unseated.due_at <= now)
        .order_by(Unseated.due_at, Unseated.id)
        .limit(limit)
    )
    return list(await session.execute(query))


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next seat is to be found."""
    return (await session.execute(select(func.min(Unseated.due_at)))).scalar_one()


async def waiting_in(session: AsyncSession, workspace_id: int, round_id: int) -> list[Unseated]:
    """Everybody who waits for a seat in a round."""
    query = (
        select(Unseated)
        .where(Unseated.workspace_id == workspace_id, Unseated.round_id == round_id, Unseated.state == "waiting")
        .order_by(Unseated.id)
    )
    return list((await session.execute(query)).scalars())
