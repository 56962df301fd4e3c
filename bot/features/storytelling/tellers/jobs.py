"""The clock asks: see to the tellers of sessions that lack some, each in a transaction of its own."""

from functools import partial

from bot.features.storytelling.tellers import asking, store
from bot.registry import Tools
from bot.scheduler import one_by_one


async def find_tellers(tools: Tools) -> int:
    """Look at every session that is due."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(find_for, tools))


async def find_for(tools: Tools, found: tuple[int, int]) -> None:
    """One session, if it is still due."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        gathering, story = await store.lock(session, *found)
        if story.due_at is not None and story.due_at <= now:
            await asking.look(session, gathering, story, now=now)
