"""Whoever asked something is no longer here: nobody goes on looking for an answer they would not read."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import lifecycle, rules, store


async def gone(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Their open questions are closed, and can be opened again should they come back.

    Those under an alias stay, and are closed once it was quiet for long: ended today, they would tell who has just left.
    """
    for number in await open_of(session, workspace_id, member_id):
        question = await store.get(session, workspace_id, number, lock=True)
        if question.state in rules.OPEN:
            await lifecycle.end(session, question, "closed", closing="asker", now=now)


async def open_of(session: AsyncSession, workspace_id: int, member_id: int) -> list[int]:
    """Which those are, in the order in which they are locked."""
    mine = await store.mine(session, workspace_id, member_id, limit=500)
    return sorted(each.id for each in mine if not each.alias)
