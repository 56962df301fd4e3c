"""Whoever asked something is no longer here: nobody goes on looking for an answer they would not read."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import lifecycle, store


async def gone(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Their open questions are closed, and can be opened again should they come back.

    Those under an alias stay, and are closed once it was quiet for long: ended today, they would tell who has just left.
    """
    for each in await store.mine(session, workspace_id, member_id):
        if not each.alias:
            question = await store.get(session, workspace_id, each.id, lock=True)
            await lifecycle.end(session, question, "closed", closing="asker", now=now)
