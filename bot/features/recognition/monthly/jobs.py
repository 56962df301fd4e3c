"""The clock asks: the first working morning of a month has come."""

from datetime import timedelta
from functools import partial

from bot.delivery import outbox
from bot.features.recognition import rules
from bot.features.recognition.monthly import drawing, store
from bot.programs import store as programs
from bot.registry import Tools
from bot.scheduler import one_by_one


async def read_months(tools: Tools) -> int:
    """Every workspace whose month is to be read."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(read_month, tools))


async def read_month(tools: Tools, workspace_id: int) -> None:
    """One of them, if it still is; after a long sleep the month is passed over, not read late."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        place = await store.place_of(session, workspace_id, lock=True)
        if place is None or place.due_at is None or place.due_at > now:
            return
        closed = await programs.holidays(session, workspace_id)
        due_at, place.due_at = place.due_at, rules.next_reading(now + timedelta(minutes=1), place.tz, closed)
        if now - due_at > rules.LATE_AT_MOST:
            return
        page = await store.begin(session, place, due_at, now)
        if page is not None:
            await outbox.enqueue(session, drawing.posted(page, now), now=now)
