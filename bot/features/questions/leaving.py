"""Somebody leaves: every question that this concerns is held before the first of them is touched."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import store
from bot.features.questions.asking import leaving as asking
from bot.features.questions.routing import leaving as routing


async def gone(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They left Perennial, or their account is deactivated: what they were asked goes on, what they asked ends."""
    asked = await routing.waiting(session, workspace_id, member_id)
    own = await asking.open_of(session, workspace_id, member_id)
    await store.lock_all(session, workspace_id, {*asked, *own})
    await routing.gone(session, workspace_id, member_id, now)
    await asking.gone(session, workspace_id, member_id, now)
