"""A point worth a quiet moment that this feature sees: a goal is done. Which one it was, its owner alone knows."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.goals import rules, store
from bot.registry import MilestoneKind

DONE = "goal_done"


async def _holds(session: AsyncSession, workspace_id: int, member_id: int, about: int) -> bool:
    goal = await store.find(session, workspace_id, about)
    return goal is not None and goal.member_id == member_id and goal.state == rules.DONE


KIND = MilestoneKind(
    yours="A goal of yours is done. It was a long way from writing it down to this.",
    on_page="Reached a goal",
    theirs="has reached a goal",
    holds=_holds,
    told_there=True,
)
