"""Remembers goals: sealed as they come in, opened for their owner and for those who follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.goals.models import Goal, GoalFollower, GoalNote
from bot.features.goals.rules import OPEN, STANDING, Note, Text
from bot.members import private
from bot.members import store as members
from bot.members.models import Member

MOST_NOTES = 100


@dataclass(frozen=True)
class Opened:
    """A goal with what it says."""

    row: Goal
    text: Text


def subject_of(goal_id: int) -> str:
    """What the messages about a goal are about."""
    return f"goal:{goal_id}"


def request_subject(goal_id: int, member_id: int) -> str:
    """What a request to follow a goal is about."""
    return f"goal:{goal_id}:follow:{member_id}"


def goal_id_in(subject: str) -> int:
    """The goal a subject names."""
    return int(subject.split(":")[1])


async def get(session: AsyncSession, workspace_id: int, goal_id: int, *, lock: bool = False) -> Goal:
    """A goal of this workspace; raises Gone."""
    query = select(Goal).where(Goal.workspace_id == workspace_id, Goal.id == goal_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise Gone
    return found


async def mine(session: AsyncSession, member: Member, goal_id: str | int, *, lock: bool = True) -> Goal:
    """A goal of this member's own; anybody else's is Gone, so that asking teaches nothing."""
    if not str(goal_id).isdecimal():
        raise Gone
    found = await get(session, member.workspace_id, int(goal_id), lock=lock)
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
    return _open(await private.open_seal(session, goal.workspace_id, goal.member_id), goal)


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
    return [Opened(goal, _open(seals[goal.member_id], goal)) for goal in goals if goal.member_id in seals]


async def add_note(
    session: AsyncSession, goal: Goal, text: str, now: datetime, *, kind: str = "progress", shared: bool = False
) -> None:
    """Keep a note along the way."""
    seal = await private.seal_of(session, goal.workspace_id, goal.member_id)
    said = {"text": text, "kind": kind, "shared": shared}
    sealed = seal.seal_json(said, _about_note(goal.id))
    session.add(GoalNote(goal_id=goal.id, workspace_id=goal.workspace_id, written_at=now, sealed=sealed))


async def notes(session: AsyncSession, goal: Goal, *, limit: int = MOST_NOTES) -> list[Note]:
    """The newest notes of a goal, newest first."""
    query = (
        select(GoalNote)
        .where(GoalNote.workspace_id == goal.workspace_id, GoalNote.goal_id == goal.id)
        .order_by(GoalNote.id.desc())
        .limit(limit)
    )
    rows = list((await session.execute(query)).scalars())
    if not rows:
        return []
    seal = await private.open_seal(session, goal.workspace_id, goal.member_id)
    said = [(row.written_at, seal.open_json(row.sealed, _about_note(goal.id))) for row in rows]
    return [Note(at, each["text"], each["kind"], each["shared"]) for at, each in said]


async def count_notes(session: AsyncSession, goal: Goal) -> int:
    """How many notes a goal has."""
    query = select(func.count()).where(GoalNote.workspace_id == goal.workspace_id, GoalNote.goal_id == goal.id)
    return (await session.execute(query)).scalar_one()


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, goal id) of those with something to ask."""
    query = select(Goal.workspace_id, Goal.id).where(Goal.due_at <= now).order_by(Goal.due_at, Goal.id).limit(limit)
    return list(await session.execute(query))


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next goal has something to ask."""
    return (await session.execute(select(func.min(Goal.due_at)))).scalar_one()


async def followers(session: AsyncSession, goal: Goal, *states: str) -> list[GoalFollower]:
    """Whoever was named for a goal, in one of these states (any, where none is named)."""
    query = (
        select(GoalFollower)
        .where(GoalFollower.workspace_id == goal.workspace_id, GoalFollower.goal_id == goal.id)
        .order_by(GoalFollower.member_id)
    )
    return [row for row in (await session.execute(query)).scalars() if not states or row.state in states]


async def following(session: AsyncSession, workspace_id: int, member_id: int, goal_id: int) -> GoalFollower | None:
    """What is between a goal and somebody who is not its owner."""
    query = select(GoalFollower).where(
        GoalFollower.workspace_id == workspace_id,
        GoalFollower.goal_id == goal_id,
        GoalFollower.member_id == member_id,
    )
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def followed(session: AsyncSession, workspace_id: int, member_id: int) -> list[tuple[Opened, Member]]:
    """The goals of others that somebody follows, with their owners; nothing of who has left."""
    query = (
        select(Goal, Member)
        .join(GoalFollower, GoalFollower.goal_id == Goal.id)
        .join(Member, Member.id == Goal.member_id)
        .where(
            GoalFollower.workspace_id == workspace_id,
            Goal.workspace_id == workspace_id,
            GoalFollower.member_id == member_id,
            GoalFollower.state == "following",
            Goal.state.in_((*STANDING, "done")),
            members.present(),
        )
        .order_by(Goal.id.desc())
    )
    rows = list((await session.execute(query)).all())
    seals = await private.seals_of(session, workspace_id, {goal.member_id for goal, _ in rows}) if rows else {}
    return [
        (Opened(goal, _open(seals[goal.member_id], goal)), owner) for goal, owner in rows if goal.member_id in seals
    ]


async def message_at(session: AsyncSession, goal: Goal, channel: str, ts: str) -> Delivery | None:
    """The message about this goal that stands there."""
    query = select(Delivery).where(
        Delivery.workspace_id == goal.workspace_id,
        Delivery.subject == subject_of(goal.id),
        Delivery.verb == "post",
        Delivery.channel == channel,
        Delivery.ts == ts,
    )
    return (await session.execute(query.limit(1))).scalar_one_or_none()


async def question_of(session: AsyncSession, goal: Goal) -> Delivery | None:
    """The message with the question that still waits for an answer."""
    if goal.asked_id is None:
        return None
    query = select(Delivery).where(Delivery.workspace_id == goal.workspace_id, Delivery.id == goal.asked_id)
    return (await session.execute(query)).scalar_one_or_none()


async def _of(session: AsyncSession, workspace_id: int, member_id: int, states: tuple[str, ...]) -> list[Opened]:
    query = (
        select(Goal)
        .where(Goal.workspace_id == workspace_id, Goal.member_id == member_id, Goal.state.in_(states))
        .order_by(Goal.state, Goal.id.desc())
    )
    goals = list((await session.execute(query)).scalars())
    seals = await private.seals_of(session, workspace_id, [member_id]) if goals else {}
    return [Opened(goal, _open(seals[member_id], goal)) for goal in goals if member_id in seals]


def _open(seal: private.Seal, goal: Goal) -> Text:
    return Text.from_json(seal.open_json(goal.sealed, _about(goal.id)))


def _about(goal_id: int) -> str:
    return f"goal:{goal_id}"


def _about_note(goal_id: int) -> str:
    return f"goal:{goal_id}:note"
