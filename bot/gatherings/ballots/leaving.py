"""Somebody left: what they proposed can still be chosen, and nothing says any more that it was theirs."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.ballots import store


async def forget(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Their name leaves their proposals."""
    for each in await store.of_member(session, workspace_id, member_id):
        each.member_id = None
