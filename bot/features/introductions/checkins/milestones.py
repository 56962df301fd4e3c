"""Points worth a quiet moment that this feature sees: the tenth introduction that led to a conversation."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.introductions.checkins import store
from bot.members.recognising import reached
from bot.registry import MilestoneKind

TENTH, MANY = "tenth_introduction", 10


async def met(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody says that they met; from the tenth on it is there, and kept once."""
    await session.flush()
    if await store.count_met(session, workspace_id, member_id) >= MANY:
        await reached(session, workspace_id, member_id, TENTH, 0, now)


async def _holds(session: AsyncSession, workspace_id: int, member_id: int, about: int) -> bool:
    return await store.count_met(session, workspace_id, member_id) >= MANY


KIND = MilestoneKind(
    yours="Ten introductions have led to a conversation by now. Ten people you might call, should you need them.",
    on_page="Met colleagues through ten introductions",
    theirs="has met colleagues through ten introductions",
    holds=_holds,
)
