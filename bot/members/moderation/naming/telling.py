"""What is said when somebody begins or ends to moderate."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.members import changes
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation.naming import store, views
from bot.messages import Content, Message, People


async def tell(session: AsyncSession, member: Member, content: Content, key: str, now: datetime) -> None:
    """To one person; the same `key` says it once."""
    message = Message(
        workspace_id=member.workspace_id,
        kind=views.CHANGED.name,
        subject=changes.subject_of(member),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"moderation.named:{member.id}:{key}",
        due_at=now,
        content=content,
    )
    await outbox.enqueue(session, message, now=now)


async def tell_leads(session: AsyncSession, member: Member, key: str, now: datetime) -> None:
    """Somebody moderates no longer, by their own choice or because they are gone."""
    nobody_left = not await store.moderators(session, member.workspace_id)
    content = views.would_rather_not(member.name, nobody_left=nobody_left)
    for lead in await members.leads(session, member.workspace_id):
        if lead.id != member.id and lead.left_at is None:
            await tell(session, lead, content, key, now)
