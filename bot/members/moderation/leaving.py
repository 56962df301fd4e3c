"""When a moderator leaves Perennial or is deactivated in Slack: what waited for them is brought to somebody else."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.moderation.deciding import asking
from bot.members.moderation.naming import store as naming


async def hand_on(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They moderate no longer; should they come back, a lead can name them again."""
    await naming.remove(session, workspace_id, [member_id])
    await asking.ask_again(session, workspace_id, now)
