"""The clock asks: sessions and links that are over are forgotten."""

from bot.registry import Tools
from bot.web.access import store


async def forget(tools: Tools) -> int:
    """Delete what is over; how many rows."""
    async with tools.database.transaction() as session:
        return await store.forget(session, now=tools.clock())
