"""App Home: what waits for a decision, on the front page, on Settings, and on a page of its own."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.moderation import rules, store
from bot.members.moderation.deciding import acting, views
from bot.members.moderation.deciding.listeners import shown
from bot.members.moderation.models import Report
from bot.members.moderation.naming import store as naming
from bot.members.moderation.rules import Candidate
from bot.messages import Block
from bot.registry import Viewer, Written

Looked = tuple[Report, Written | None]


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One line on the front page, while something waits for this viewer."""
    waiting = await store.waiting(session, viewer.workspace_id)
    if not waiting:
        return []
    candidates = await naming.candidates(session, viewer.workspace_id, viewer.now)
    mine = await _mine(session, viewer, candidates, await _looked(session, viewer, waiting))
    return views.waits(len(mine)) if mine else []


async def row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """On the Settings page of whoever decides."""
    candidates = await naming.candidates(session, viewer.workspace_id, viewer.now)
    if not _is_theirs(viewer, candidates):
        return []
    looked = await _looked(session, viewer, await store.waiting(session, viewer.workspace_id))
    return [views.row(len(await _mine(session, viewer, candidates, looked)))]


async def row_of_a_lead_outside(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The same for a lead who is not in Perennial, and so has no other rows."""
    return [] if viewer.joined else await row(session, viewer)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """For moderators, for leads where nobody moderates, and for leads who were asked about something that waits."""
    candidates = await naming.candidates(session, viewer.workspace_id, viewer.now)
    looked = await _looked(session, viewer, await store.waiting(session, viewer.workspace_id))
    mine = await _mine(session, viewer, candidates, looked)
    if not mine and not _is_theirs(viewer, candidates):
        return views.not_yours()
    log = await _looked(session, viewer, await store.decided(session, viewer.workspace_id))
    return views.page(
        [await shown(session, *each, viewer.now) for each in mine],
        [
            await acting.decision_of(
                session, *each, viewer.now, reversible=_is_reversible(session, viewer, candidates, each)
            )
            for each in log
        ],
        viewer.tz,
        moderates=any(each.member_id == viewer.member_id and each.moderates for each in candidates),
        elsewhere=len(looked) - len(mine),
    )


async def _looked(session: AsyncSession, viewer: Viewer, reports: Sequence[Report]) -> list[Looked]:
    return [(each, await store.look(session, viewer.workspace_id, each.subject, viewer.now)) for each in reports]


async def _mine(
    session: AsyncSession, viewer: Viewer, candidates: Sequence[Candidate], looked: Sequence[Looked]
) -> list[Looked]:
    return [each for each in looked if _may_decide(session, viewer, candidates, each)]


def _may_decide(session: AsyncSession, viewer: Viewer, candidates: Sequence[Candidate], each: Looked) -> bool:
    report, written = each
    author_id = written.author_id if written is not None else None
    reporter_id = store.reporter_of(session, report)
    return rules.may_decide(viewer.member_id, candidates, author_id, reporter_id, leads_asked=report.leads_asked)


def _is_reversible(session: AsyncSession, viewer: Viewer, candidates: Sequence[Candidate], each: Looked) -> bool:
    report, written = each
    still = written is not None and report.state == rules.UPHELD and rules.is_reversible(report.decided_at, viewer.now)
    return still and _may_decide(session, viewer, candidates, each)


def _is_theirs(viewer: Viewer, candidates: Sequence[Candidate]) -> bool:
    me = next((each for each in candidates if each.member_id == viewer.member_id), None)
    return me is not None and (me.moderates or not any(each.moderates for each in candidates))
