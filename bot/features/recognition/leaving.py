"""Somebody left, or was deactivated: nothing more is brought to them; what they said to others stays said."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.recognition.models import Milestone, Thanks
from bot.features.recognition.monthly import drawing
from bot.features.recognition.receiving import messages


async def end_what_waits(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Take back what has not reached them; and pages of thanks name only who is here."""
    query = select(Thanks.id).where(Thanks.workspace_id == workspace_id, Thanks.receiver_id == member_id)
    for thanks_id in (await session.execute(query)).scalars():
        await outbox.withdraw(session, workspace_id, messages.subject_of(thanks_id), now=now)
    await outbox.withdraw(session, workspace_id, messages.together_subject(member_id), now=now)
    await drawing.follow(session, workspace_id, await _shared(session, workspace_id, member_id), now)


async def _shared(session: AsyncSession, workspace_id: int, member_id: int) -> list[datetime]:
    said = select(Thanks.shared_at).where(
        Thanks.workspace_id == workspace_id,
        (Thanks.receiver_id == member_id) | (Thanks.giver_id == member_id),
        Thanks.shared_at.is_not(None),
    )
    reached = select(Milestone.shared_at).where(
        Milestone.workspace_id == workspace_id, Milestone.member_id == member_id, Milestone.shared_at.is_not(None)
    )
    found = [*(await session.execute(said)).scalars(), *(await session.execute(reached)).scalars()]
    return [each for each in found if each is not None]
