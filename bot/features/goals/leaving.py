"""When somebody leaves Perennial or is deactivated: what waits about their goals ends, and nobody is told more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.goals import store
from bot.features.goals.following import naming
from bot.features.goals.models import Goal, GoalFollower


async def end_what_waits(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Take back reviews and requests, and end what they follow; their goals stay, should they return."""
    query = select(Goal).where(Goal.workspace_id == workspace_id, Goal.member_id == member_id).order_by(Goal.id)
    for goal in (await session.execute(query)).scalars().all():
        await outbox.withdraw(session, workspace_id, store.subject_of(goal.id), now=now)
        for row in await store.followers(session, goal):
            if row.state == "asked":
                await naming.end(session, goal, row, now)
            else:
                await outbox.withdraw(session, workspace_id, store.request_subject(goal.id, row.member_id), now=now)
    await _follow_no_more(session, workspace_id, member_id, now)


async def _follow_no_more(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    query = (
        select(GoalFollower)
        .where(
            GoalFollower.workspace_id == workspace_id,
            GoalFollower.member_id == member_id,
            GoalFollower.state.in_(naming.BETWEEN),
        )
        .order_by(GoalFollower.goal_id)
    )
    for row in (await session.execute(query)).scalars().all():
        await naming.end(session, await store.get(session, workspace_id, row.goal_id), row, now)
