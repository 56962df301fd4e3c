"""The clock asks: a vote whose time is over is counted, each in a transaction of its own."""

from functools import partial

from bot.gatherings.ballots import acting, store
from bot.registry import Tools
from bot.scheduler import one_by_one


async def count_votes(tools: Tools) -> int:
    """Count every ballot that is due."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(count_one, tools))


async def count_one(tools: Tools, found: tuple[int, int]) -> None:
    """One, if nobody counted it meanwhile."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        ballot = await acting.locked(session, *found)
        if ballot.state == store.OPEN and ballot.due_at is not None and ballot.due_at <= now:
            await acting.count(session, ballot, now=now)
