"""Who acts on which goal: its owner, while it is open or rests; everybody else is told that there is no such goal."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.goals import rules, store
from bot.features.goals.errors import AlreadyClosed
from bot.features.goals.models import Goal
from bot.members import store as members
from bot.members.models import Member
from bot.slack.act import Act


async def owner_of(session: AsyncSession, act: Act, goal_id: object) -> tuple[Member, Goal]:
    """Whoever did this and their own goal, locked; Gone where it is not theirs, AlreadyClosed where it is over."""
    member = await members.joined_actor(session, act)
    goal = await store.mine(session, member, goal_id)
    if goal.state not in rules.STANDING:
        raise AlreadyClosed
    return member, goal
