"""Remembers who was named for a goal, and what somebody follows."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.goals.models import Goal, GoalFollower
from bot.features.goals.rules import STANDING
from bot.features.goals.store import Opened, opened
from bot.members import private
from bot.members import store as members
from bot.members.models import Member


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
        (Opened(goal, opened(seals[goal.member_id], goal)), owner) for goal, owner in rows if goal.member_id in seals
    ]
