"""What is said when somebody begins or ends to moderate."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import naming
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation.naming import store, views
from bot.messages import Content


async def tell(session: AsyncSession, member: Member, content: Content, key: str, now: datetime) -> None:
    """To one person; the same `key` says it once."""
    await naming.tell(session, member, views.CHANGED.name, content, f"moderation.named:{member.id}:{key}", now)


async def tell_leads(session: AsyncSession, member: Member, key: str, now: datetime) -> None:
    """Somebody moderates no longer, by their own choice or because they are gone."""
    nobody_left = not await store.moderators(session, member.workspace_id)
    content = views.would_rather_not(member.name, nobody_left=nobody_left)
    for lead in await members.leads(session, member.workspace_id):
        if lead.id != member.id and lead.left_at is None:
            await tell(session, lead, content, key, now)
