"""Who is asked to look at a report, and asked again where those who were asked are gone."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation import rules, store
from bot.members.moderation.deciding import messages
from bot.members.moderation.models import Report
from bot.members.moderation.naming import store as naming
from bot.slack import home


async def whom(
    session: AsyncSession,
    workspace_id: int,
    author_id: int | None,
    reporter_id: int,
    now: datetime,
    *,
    leads_too: bool = False,
) -> list[Member]:
    """Who would be asked to look at something; often moderators, by name."""
    candidates = await naming.candidates(session, workspace_id, now)
    ids = rules.whom_to_ask(candidates, author_id, reporter_id, leads_too=leads_too)
    found = [await members.by_id(session, workspace_id, each) for each in ids]
    return [each for each in found if each is not None]


async def ask(
    session: AsyncSession,
    report: Report,
    author_id: int | None,
    now: datetime,
    *,
    leads_too: bool = False,
    chase: int = 0,
) -> list[Member]:
    """Ask them, each once a `chase`; who reported it finds it on their page, and is not written to."""
    reporter_id = store.reporter_of(session, report)
    people = await whom(session, report.workspace_id, author_id, reporter_id, now, leads_too=leads_too)
    moderating = {each.id for each in await naming.moderators(session, report.workspace_id)}
    if any(each.id not in moderating for each in people):
        report.leads_asked = True
    leads_at = report.due_at or report.reported_at + rules.LEADS_AFTER
    report.due_at = rules.next_chase(report.reported_at, now) if report.leads_asked else leads_at
    for each in people:
        if each.id != reporter_id:
            await outbox.enqueue(session, messages.ask(report, each, now, chase=chase), now=now)
    await home.redraw(session, report.workspace_id, [each.id for each in people], now=now)
    return people


async def ask_again(session: AsyncSession, workspace_id: int, now: datetime) -> None:
    """Who may look has changed: whatever waits is brought to those who are new to it."""
    for report in await store.waiting(session, workspace_id):
        written = await store.look(session, workspace_id, report.subject, now)
        if written is not None:
            await ask(session, report, written.author_id, now)


async def may_decide(
    session: AsyncSession, report: Report, author_id: int | None, member_id: int, now: datetime
) -> bool:
    """Whether somebody may decide on a report as things stand now."""
    candidates = await naming.candidates(session, report.workspace_id, now)
    reporter_id = store.reporter_of(session, report)
    return rules.may_decide(member_id, candidates, author_id, reporter_id, leads_asked=report.leads_asked)
