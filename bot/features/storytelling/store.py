"""Remembers story sessions: who tells, who told, and what was heard so far."""

from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.db import insert_new
from bot.features.storytelling.models import StorySession, Telling
from bot.gatherings import store as gatherings
from bot.gatherings.models import Ballot, Gathering, Proposal
from bot.members.models import Workspace
from bot.programs.models import Program

OPEN = ("asked", "accepted")


def running(workspace_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """What belongs to workspaces that still have Perennial and a token that works; the rest waits for their return."""
    return workspace_id.in_(select(Workspace.id).where(Workspace.state == "active"))


async def begin(session: AsyncSession, gathering: Gathering, *, wanted: int, now: datetime) -> None:
    """A session was planned: look for its tellers at once."""
    row = {
        "gathering_id": gathering.id,
        "workspace_id": gathering.workspace_id,
        "wanted": wanted,
        "due_at": now,
    }
    await insert_new(session, StorySession, [row], unique=("gathering_id",), returning=StorySession.gathering_id)


async def of_gathering(session: AsyncSession, workspace_id: int, gathering_id: int) -> StorySession | None:
    """What storytelling knows of a session."""
    query = select(StorySession).where(
        StorySession.workspace_id == workspace_id, StorySession.gathering_id == gathering_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def look_again(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Its tellers are looked at anew."""
    found = await of_gathering(session, gathering.workspace_id, gathering.id)
    if found is not None:
        found.due_at, found.told_host_at = now, None


async def stop(session: AsyncSession, gathering: Gathering) -> None:
    """Nobody is looked for any more; whoever was asked or had promised is free."""
    found = await of_gathering(session, gathering.workspace_id, gathering.id)
    if found is not None:
        found.due_at = None
    await _set_open(session, gathering, "over")


async def was_held(session: AsyncSession, gathering: Gathering) -> None:
    """Whoever had promised has told."""
    found = await of_gathering(session, gathering.workspace_id, gathering.id)
    if found is not None:
        found.due_at = None
    told = (Telling.workspace_id == gathering.workspace_id, Telling.gathering_id == gathering.id)
    await session.execute(update(Telling).where(*told, Telling.state == "accepted").values(state="told"))
    await _set_open(session, gathering, "over")


async def _set_open(session: AsyncSession, gathering: Gathering, state: str) -> None:
    await session.execute(
        update(Telling)
        .where(
            Telling.workspace_id == gathering.workspace_id,
            Telling.gathering_id == gathering.id,
            Telling.state.in_(OPEN),
        )
        .values(state=state, answer_by=None)
    )


async def tellers(session: AsyncSession, gathering: Gathering, *states: str) -> list[int]:
    """Whose turn is in one of these states, in the order they were asked."""
    query = (
        select(Telling.member_id)
        .where(
            Telling.workspace_id == gathering.workspace_id,
            Telling.gathering_id == gathering.id,
            Telling.state.in_(states),
        )
        .order_by(Telling.asked_at, Telling.id)
    )
    return list((await session.execute(query)).scalars())


async def history(session: AsyncSession, program: Program) -> tuple[int, int]:
    """How many sessions were held, and how many stories told in them."""
    held = select(func.count()).where(*gatherings.held_by(program))
    told = (
        select(func.count())
        .select_from(Telling)
        .join(Gathering, Gathering.id == Telling.gathering_id)
        .where(
            Telling.workspace_id == program.workspace_id,
            Gathering.program_id == program.id,
            Telling.state == "told",
        )
    )
    return int((await session.execute(held)).scalar_one()), int((await session.execute(told)).scalar_one())


async def told_last(session: AsyncSession, program: Program) -> set[int]:
    """Who told at the newest session that was held."""
    query = select(Telling.member_id).where(
        Telling.workspace_id == program.workspace_id,
        Telling.gathering_id == gatherings.newest_held(program),
        Telling.state == "told",
    )
    return set((await session.execute(query)).scalars())


async def themes_had(session: AsyncSession, program: Program) -> dict[str, tuple[bool, int]]:
    """Of our own themes that were on a ballot of a program: whether it was ever chosen, and how often it was up."""
    query = (
        select(Proposal.slug, func.max(case((Proposal.state.like("used%"), 1), else_=0)), func.count())
        .join(Ballot, Ballot.id == Proposal.ballot_id)
        .where(
            Proposal.workspace_id == program.workspace_id,
            Proposal.program_id == program.id,
            Proposal.kind == "theme",
            Proposal.slug.is_not(None),
        )
        .group_by(Proposal.slug)
    )
    return {slug: (bool(chosen), times) for slug, chosen, times in (await session.execute(query)).all()}
