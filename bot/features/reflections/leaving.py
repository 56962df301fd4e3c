"""Somebody left, or was deactivated: they are asked nothing more; what they wrote waits for their return."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.reflections.prompts import messages, store


async def stop_asking(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Take back what has not left, and ask no more."""
    rhythm = await store.rhythm_of(session, workspace_id, member_id, lock=True)
    if rhythm is not None:
        rhythm.pace, rhythm.before, rhythm.due_at = "off", None, None
    await messages.take_back(session, workspace_id, member_id, now)
