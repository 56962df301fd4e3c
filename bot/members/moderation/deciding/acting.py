"""Whoever decides, and what follows from it; features whose own buttons decide something come here, too."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation import rules, store
from bot.members.moderation.deciding import asking, telling, views
from bot.members.moderation.errors import DecidedAlready, GoneAlready, NotAModerator, NotYourDecision, TooLongAgo
from bot.members.moderation.models import Report
from bot.members.moderation.naming import store as naming
from bot.registry import Written
from bot.slack import home
from bot.slack.act import Act

SOMETHING = "something that is gone since"


async def decider(session: AsyncSession, act: Act, subject: str, now: datetime) -> tuple[Member, Report]:
    """For a feature's own moderator buttons (`Reportable.extra`): who pressed, and the report that waits about a thing.

    Both are checked and the report is locked; `decide` with it ends it. Raises what the presser reads otherwise.
    """
    member = await members.actor(session, act)
    report = await store.lock_open(session, act.workspace_id, subject)
    if report is None:
        await _must_be_asked(session, member, now)
        raise DecidedAlready
    await allowed(session, report, await store.look(session, act.workspace_id, subject, now), member, now)
    return member, report


async def allowed(
    session: AsyncSession, report: Report, written: Written | None, member: Member, now: datetime
) -> None:
    """Raises what they read where somebody may not decide on a report."""
    await _must_be_asked(session, member, now)
    author_id = written.author_id if written is not None else None
    if not await asking.may_decide(session, report, author_id, member.id, now):
        raise NotYourDecision


async def decide(session: AsyncSession, report: Report, member: Member, state: str, now: datetime) -> None:
    """One decision on a report that is locked: the thing, its writer, its reporter and everybody who was asked follow.

    `state`: rules.RESTORED or rules.UPHELD. Where the thing is gone there was nothing to decide.
    """
    written = await store.look(session, report.workspace_id, report.subject, now)
    report.state = state if written is not None else rules.GONE
    report.decided_at, report.decided_by, report.due_at = now, member.id, None
    await session.flush()
    if written is not None:
        await _carry_out(session, report, written, member, now)
    content = views.decided(await decision_of(session, report, written, now), member.tz)
    await telling.show_decision(session, report, content, now)
    everybody = [each.member_id for each in await naming.candidates(session, report.workspace_id, now)]
    await home.redraw(session, report.workspace_id, everybody, now=now)


async def put_back_after_all(session: AsyncSession, report: Report, member: Member, now: datetime) -> None:
    """What was kept hidden comes back, within thirty days of that."""
    if report.state != rules.UPHELD:
        raise DecidedAlready(views.already(await decision_of(session, report, None, now)))
    if not rules.is_reversible(report.decided_at, now):
        raise TooLongAgo
    if await store.look(session, report.workspace_id, report.subject, now) is None:
        raise GoneAlready("That is no longer there, so it can't be put back.")
    await decide(session, report, member, rules.RESTORED, now)


async def decision_of(
    session: AsyncSession, report: Report, written: Written | None, now: datetime, *, reversible: bool = False
) -> views.Decision:
    """What was decided, as it is shown."""
    decided_by = report.decided_by or 0
    names = await members.names(session, report.workspace_id, [decided_by])
    where = written.where if written is not None else SOMETHING
    return views.Decision(report.id, where, report.state, names.get(decided_by, ""), report.decided_at, reversible)


async def _carry_out(session: AsyncSession, report: Report, written: Written, member: Member, now: datetime) -> None:
    found = store.reportable_of(session, report.subject)
    assert found is not None, "it was looked at"
    reportable, thing_id = found
    names = await naming.turn_to(session, report.workspace_id, written.author_id)
    what = telling.upheld(written.where, names)
    if report.state == rules.RESTORED:
        await reportable.restore(session, report.workspace_id, thing_id, now)
        what = telling.restored(written.where)
    await reportable.tell(session, report.workspace_id, thing_id, what, now)
    reporter_id = store.reporter_of(session, report)
    if reporter_id != member.id:
        to_talk_to = await naming.turn_to(session, report.workspace_id, reporter_id)
        await telling.tell_reporter(session, report, written.where, to_talk_to, now)


async def _must_be_asked(session: AsyncSession, member: Member, now: datetime) -> None:
    """Moderators and leads may be asked; to anybody else it is not said whether there is a report at all."""
    candidates = await naming.candidates(session, member.workspace_id, now)
    if member.id not in {each.member_id for each in candidates}:
        raise NotAModerator
