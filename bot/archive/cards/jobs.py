"""The clock asks: somebody is to be asked, reminded, or waited for no longer; one card a transaction."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import asking, going_out, messages, people, rules, store
from bot.archive.cards.consents import views
from bot.archive.models import Insight, InsightVersion
from bot.errors import Gone
from bot.registry import Tools
from bot.scheduler import one_by_one


async def look(tools: Tools) -> int:
    """Look at every card for which it is time."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(look_at, tools))


async def look_at(tools: Tools, found: tuple[int, int]) -> None:
    """One card, if it is still due."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        try:
            insight = await store.get(session, *found, lock=True)
        except Gone:
            return
        if insight.due_at is None or insight.due_at > now:
            return
        insight.due_at = None
        version = (await store.versions(session, insight)).open
        if version is not None and version.state == rules.ASKING:
            await _consents(session, insight, version, now)
        elif insight.state == rules.DRAFT and insight.version is None:
            await _never_handed_in(session, insight, now)


async def _consents(session: AsyncSession, insight: Insight, version: InsightVersion, now: datetime) -> None:
    everybody = await people.everybody(session, insight)
    reachable = await people.who_can_be_asked(session, insight.workspace_id, everybody.values())
    for key in list(await store.quotes(session, version)):
        row = (await store.quotes(session, version)).get(key)
        if row is None or row.state != rules.ASKED:  # what leaves with somebody else's words is asked no more
            continue
        if key not in reachable or rules.is_over(row.asked_at, now):
            title = store.read(session, version).question
            await messages.end(session, insight, key, views.lapsed(title), now, since=row.asked_at)
            await asking.leave_out(session, insight, version, everybody[key], now, own_will=False)
        elif row.asked_at is None:
            row.asked_at = rules.rounded(now)
            await messages.ask(session, insight, row, version.number, now)
        elif rules.is_to_be_reminded(row.asked_at, row.reminded_at, now):
            row.reminded_at = rules.rounded(now) if row.alias else now
            await messages.ask(session, insight, row, version.number, now, again=True)
    await session.flush()
    await asking.settle(session, insight, version, now)
    await going_out.redraw(session, insight, now)


async def _never_handed_in(session: AsyncSession, insight: Insight, now: datetime) -> None:
    """A draft nobody took up is forgotten, with the words in it; whoever offered it may do so again."""
    await going_out.redraw(session, insight, now)
    await store.forget(session, insight)
