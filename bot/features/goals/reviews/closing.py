"""What a change of state brings with it: questions that end, and pages drawn again."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.goals import dates, subjects
from bot.features.goals.following import naming
from bot.features.goals.following import store as follow_store
from bot.features.goals.models import Goal
from bot.slack import home


async def close(session: AsyncSession, goal: Goal, state: str, now: datetime) -> None:
    """It is over: nothing is asked any more, and nobody is asked to follow it."""
    goal.state, goal.closed_at, goal.version = state, now, goal.version + 1
    dates.rest(goal)
    await outbox.withdraw(session, goal.workspace_id, subjects.subject_of(goal.id), now=now)
    for row in await follow_store.followers(session, goal, "asked"):
        await naming.end(session, goal, row, now)


async def redraw(session: AsyncSession, goal: Goal, now: datetime) -> None:
    """Draw it again for its owner and for who follows it, where they look."""
    people = [goal.member_id, *await naming.readers(session, goal)]
    await home.redraw(session, goal.workspace_id, people, now=now)
