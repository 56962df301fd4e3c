"""Rounds that were opened: which wait for the next step of their kind, and which was over last."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.programs.models import Program, Round


async def due(
    session: AsyncSession, kind: str, states: Collection[str], now: datetime, *, limit: int = 50
) -> list[tuple[int, int]]:
    """(workspace id, round id) of those of a kind in one of these states whose next step is due."""
    query = (
        select(Round.workspace_id, Round.id)
        .join(Program, Program.id == Round.program_id)
        .where(*_of(kind, states), Round.due_at <= now)
        .order_by(Round.due_at, Round.id)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_due(session: AsyncSession, kind: str, states: Collection[str]) -> datetime | None:
    """When the next step of one of them is due."""
    query = select(func.min(Round.due_at)).join(Program, Program.id == Round.program_id).where(*_of(kind, states))
    return (await session.execute(query)).scalar_one()


async def newest_closed(session: AsyncSession, program: Program) -> Round | None:
    """The newest round of a program that is over."""
    query = (
        select(Round)
        .where(Round.workspace_id == program.workspace_id, Round.program_id == program.id, Round.state == "closed")
        .order_by(Round.number.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


def _of(kind: str, states: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return Program.kind == kind, Round.state.in_(states)
