"""When a moderator leaves Perennial or is deactivated in Slack: what waited for them is brought to somebody else."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store as members
from bot.members.moderation.deciding import asking
from bot.members.moderation.naming import store as naming
from bot.members.moderation.naming import telling


async def hand_on(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They moderate no longer; should they come back, a lead can name them again."""
    moderated = await naming.remove(session, workspace_id, [member_id])
    member = await members.by_id(session, workspace_id, member_id)
    if moderated and member is not None:
        await telling.tell_leads(session, member, f"left:{now.isoformat()}", now)
    await asking.ask_again(session, workspace_id, now)
