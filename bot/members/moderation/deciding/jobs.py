"""The clock asks: what no moderator has decided is brought to the leads as well, then to everybody again, three times."""

from functools import partial

from bot.members.moderation import rules, store
from bot.members.moderation.deciding import asking
from bot.registry import Tools
from bot.scheduler import one_by_one


async def ask_leads(tools: Tools) -> int:
    """Bring to the leads, or to everybody again, whatever waits too long."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(_ask_leads, tools))


async def _ask_leads(tools: Tools, which: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        report = await store.lock_due(session, *which, now)
        if report is None:
            return
        report.due_at = None
        written = await store.look(session, report.workspace_id, report.subject, now)
        if report.state == rules.OPEN and written is not None:
            report.leads_asked = True
            chase = rules.chases_due(report.reported_at, now)
            await asking.ask(session, report, written.author_id, now, leads_too=True, chase=chase)
