"""Remembers shared rounds: what is due, what was asked, and how many said that they answered."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.errors import Gone
from bot.features.reflections.models import RitualRound, RitualShare
from bot.programs import opened
from bot.programs.models import Program, Round

KIND = "rituals"
OPEN_STATES = ("claimed", "sealed")


async def rounds_due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """(workspace id, round id) of rounds to post or to close."""
    return await opened.due(session, KIND, OPEN_STATES, now)


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next round is to be posted or closed."""
    return await opened.next_due(session, KIND, OPEN_STATES)


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
