"""For whoever is stuck elsewhere: a button that opens the search, where there is something to find."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import acts, store
from bot.messages import Block
from bot.slack import blocks


async def find_an_insight(session: AsyncSession, workspace_id: int, member_id: int) -> Block | None:
    """[Find an insight], once the archive holds one."""
    if not await store.newest(session, workspace_id, limit=1):
        return None
    return blocks.button("Find an insight", acts.SEARCH)
