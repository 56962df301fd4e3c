"""Remembers goals: sealed as they come in, opened for their owner and for those who follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.errors import Gone
from bot.features.goals.models import Goal
from bot.features.goals.rules import OPEN, STANDING
from bot.features.goals.saying import Text
from bot.members import private
from bot.members.models import Member


@dataclass(frozen=True)
class Opened:
    """A goal with what it says."""

    row: Goal
    text: Text


async def find(session: AsyncSession, workspace_id: int, goal_id: int, *, lock: bool = False) -> Goal | None:
    """A goal of this workspace, if it is still there."""
    return await lookup.find(session, Goal, workspace_id, goal_id, lock=lock)


async def get(session: AsyncSession, workspace_id: int, goal_id: object, *, lock: bool = False) -> Goal:
    """The same by whatever names it; Gone where it isn't there."""
    return await lookup.get(session, Goal, workspace_id, goal_id, lock=lock)


async def mine(session: AsyncSession, member: Member, goal_id: object, *, lock: bool = True) -> Goal:
    """A goal of this member's own; anybody else's is Gone, so that asking teaches nothing."""
    found = await get(session, member.workspace_id, goal_id, lock=lock)
    if found.member_id != member.id:
        raise Gone
    return found


async def add(session: AsyncSession, member: Member, text: Text, rhythm: str, now: datetime) -> Goal:
    """A new goal, open from now on."""
    goal = Goal(
        workspace_id=member.workspace_id, member_id=member.id, state=OPEN, rhythm=rhythm, sealed=b"", version=1,
        created_at=now, moved_at=now, still=0,
    )  # fmt: skip
    session.add(goal)
    await session.flush()
    await write(session, goal, text)
    return goal


async def write(session: AsyncSession, goal: Goal, text: Text) -> None:
    """Seal what a goal says from now on."""
    seal = await private.seal_of(session, goal.workspace_id, goal.member_id)
    goal.sealed = seal.seal_json(text.to_json(), _about(goal.id))


async def read(session: AsyncSession, goal: Goal) -> Text:
    """What a goal says; raises Gone where its owner's key was forgotten."""
    return opened(await private.open_seal(session, goal.workspace_id, goal.member_id), goal)


async def standing(session: AsyncSession, workspace_id: int, member_id: int) -> list[Opened]:
    """Somebody's open and paused goals, the open ones first, the newest of them on top."""
    return await _of(session, workspace_id, member_id, STANDING)


async def closed(session: AsyncSession, workspace_id: int, member_id: int) -> list[Opened]:
    """Somebody's goals that are done or let go, the latest first."""
    found = await _of(session, workspace_id, member_id, ("done", "let_go"))
    return sorted(found, key=lambda each: each.row.closed_at or each.row.created_at, reverse=True)


async def count_standing(session: AsyncSession, workspace_id: int, member_id: int) -> int:
    """How many goals somebody has open or paused."""
    query = select(func.count()).where(
        Goal.workspace_id == workspace_id, Goal.member_id == member_id, Goal.state.in_(STANDING)
    )
    return (await session.execute(query)).scalar_one()


async def open_of_many(
    session: AsyncSession, workspace_id: int, member_ids: Sequence[int], *, still_since: datetime | None = None
) -> list[Opened]:
    """The open goals of many members: one query for goals, one for keys; those without a key are left out.

    `still_since`: only those that did not move after that.
    """
    query = (
        select(Goal)
        .where(Goal.workspace_id == workspace_id, Goal.member_id.in_(member_ids), Goal.state == OPEN)
        .order_by(Goal.member_id, Goal.id)
    )
    if still_since is not None:
        query = query.where(Goal.moved_at <= still_since)
    goals = list((await session.execute(query)).scalars())
    seals = await private.seals_of(session, workspace_id, {goal.member_id for goal in goals}) if goals else {}
    return [Opened(goal, opened(seals[goal.member_id], goal)) for goal in goals if goal.member_id in seals]


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, goal id) of those with something to ask."""
    query = select(Goal.workspace_id, Goal.id).where(Goal.due_at <= now).order_by(Goal.due_at, Goal.id).limit(limit)
    return list(await session.execute(query))


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next goal has something to ask."""
    return (await session.execute(select(func.min(Goal.due_at)))).scalar_one()


async def _of(session: AsyncSession, workspace_id: int, member_id: int, states: tuple[str, ...]) -> list[Opened]:
    query = (
        select(Goal)
        .where(Goal.workspace_id == workspace_id, Goal.member_id == member_id, Goal.state.in_(states))
        .order_by(Goal.state, Goal.id.desc())
    )
    goals = list((await session.execute(query)).scalars())
    seals = await private.seals_of(session, workspace_id, [member_id]) if goals else {}
    return [Opened(goal, opened(seals[member_id], goal)) for goal in goals if member_id in seals]


def opened(seal: private.Seal, goal: Goal) -> Text:
    """What a goal says, with its owner's seal at hand."""
    return Text.from_json(seal.open_json(goal.sealed, _about(goal.id)))


def _about(goal_id: int) -> str:
    return f"goal:{goal_id}"
