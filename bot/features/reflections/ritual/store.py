"""Remembers shared rounds: what is due, what was asked, and how many said that they answered."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.errors import Gone
from bot.features.reflections.models import RitualRound, RitualShare
from bot.programs.models import Program, Round

KIND = "rituals"
OPEN_STATES = ("claimed", "sealed")


async def rounds_due(session: AsyncSession, now: datetime, *, limit: int = 50) -> list[tuple[int, int]]:
    """(workspace id, round id) of rounds to post or to close."""
    query = (
        select(Round.workspace_id, Round.id)
        .join(Program, Program.id == Round.program_id)
        .where(Program.kind == KIND, Round.state.in_(OPEN_STATES), Round.due_at <= now)
        .order_by(Round.due_at, Round.id)
        .limit(limit)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next round is to be posted or closed."""
    query = (
        select(func.min(Round.due_at))
        .join(Program, Program.id == Round.program_id)
        .where(Program.kind == KIND, Round.state.in_(OPEN_STATES))
    )
    return (await session.execute(query)).scalar_one()


async def asked(session: AsyncSession, program: Program) -> list[str]:
    """The questions a program has asked, newest first."""
    query = (
        select(RitualRound.slug)
        .where(RitualRound.workspace_id == program.workspace_id, RitualRound.program_id == program.id)
        .order_by(RitualRound.round_id.desc())
    )
    return list((await session.execute(query)).scalars())


async def begin(session: AsyncSession, row: Round, slug: str, channel: str) -> None:
    """Note what a round asks; a round that was begun before keeps its question."""
    values = {
        "round_id": row.id,
        "workspace_id": row.workspace_id,
        "program_id": row.program_id,
        "slug": slug,
        "channel": channel,
    }
    await insert_new(session, RitualRound, [values], unique=("round_id",), returning=RitualRound.round_id)


async def get(session: AsyncSession, workspace_id: int, round_id: int) -> RitualRound | None:
    """The question of a round, once it was begun."""
    query = select(RitualRound).where(RitualRound.workspace_id == workspace_id, RitualRound.round_id == round_id)
    return (await session.execute(query)).scalar_one_or_none()


async def begun(session: AsyncSession, workspace_id: int, round_id: int) -> RitualRound:
    """The same; Gone where there is none."""
    found = await get(session, workspace_id, round_id)
    if found is None:
        raise Gone
    return found


async def count(session: AsyncSession, workspace_id: int, round_id: int) -> int:
    """How many said that they answered."""
    query = select(func.count()).where(RitualShare.workspace_id == workspace_id, RitualShare.round_id == round_id)
    return int((await session.execute(query)).scalar_one())


async def share(session: AsyncSession, workspace_id: int, round_id: int, member_id: int) -> bool:
    """Count somebody; False where they were counted already."""
    row = {"round_id": round_id, "member_id": member_id, "workspace_id": workspace_id}
    unique = ("round_id", "member_id")
    return bool(await insert_new(session, RitualShare, [row], unique=unique, returning=RitualShare.member_id))


async def unshare(session: AsyncSession, workspace_id: int, round_id: int, member_id: int) -> None:
    """Count somebody no longer."""
    await session.execute(
        delete(RitualShare).where(
            RitualShare.workspace_id == workspace_id,
            RitualShare.round_id == round_id,
            RitualShare.member_id == member_id,
        )
    )


async def newest_closed(session: AsyncSession, program: Program) -> Round | None:
    """The newest round that is over."""
    query = (
        select(Round)
        .where(Round.workspace_id == program.workspace_id, Round.program_id == program.id, Round.state == "closed")
        .order_by(Round.number.desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()
