"""Remembers the notes along the way of a goal, sealed like the goal itself."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.goals.models import Goal, GoalNote
from bot.features.goals.saying import Note
from bot.members import private

MOST_NOTES = 100


async def add_note(
    session: AsyncSession, goal: Goal, text: str, now: datetime, *, kind: str = "progress", shared: bool = False
) -> None:
    """Keep a note along the way."""
    seal = await private.seal_of(session, goal.workspace_id, goal.member_id)
    said = {"text": text, "kind": kind, "shared": shared}
    sealed = seal.seal_json(said, _about(goal.id))
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
    said = [(row.written_at, seal.open_json(row.sealed, _about(goal.id))) for row in rows]
    return [Note(at, each["text"], each["kind"], each["shared"]) for at, each in said]


async def count_notes(session: AsyncSession, goal: Goal) -> int:
    """How many notes a goal has."""
    query = select(func.count()).where(GoalNote.workspace_id == goal.workspace_id, GoalNote.goal_id == goal.id)
    return (await session.execute(query)).scalar_one()


def _about(goal_id: int) -> str:
    return f"goal:{goal_id}:note"
