"""Slack asks: put it back, keep it hidden, put it back after all. Of two who decide, the second reads what the first did."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation import rules, store
from bot.members.moderation.deciding import acting, asking, views
from bot.members.moderation.errors import DecidedAlready
from bot.members.moderation.models import Report
from bot.messages import Block, Content
from bot.registry import Tools, Written
from bot.slack.act import Act


async def put_back(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Put it back]."""
    await _decide(act, tools, rules.RESTORED)
    await ack()


async def keep_hidden(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Keep it hidden], or [Take it off the list] where it is gone."""
    await _decide(act, tools, rules.UPHELD)
    await ack()


async def turn_round(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Put it back] beside what was kept hidden."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, report, _ = await _reported(session, act, now)
        await acting.put_back_after_all(session, report, member, now)
    await ack()


async def _decide(act: Act, tools: Tools, state: str) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, report, written = await _reported(session, act, now)
        if report.state != rules.OPEN:
            raise DecidedAlready(views.already(await acting.decision_of(session, report, written, now)))
        await acting.decide(session, report, member, state, now)


async def _reported(session: AsyncSession, act: Act, now: datetime) -> tuple[Member, Report, Written | None]:
    """Who acts, a report that is theirs to decide, and what it is about."""
    member = await members.actor(session, act)
    report = await store.lock(session, act.workspace_id, act.value)
    written = await store.look(session, act.workspace_id, report.subject, now)
    await acting.allowed(session, report, written, member, now)
    return member, report, written


async def draw_request(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What is asked, as it leaves: nothing, where it is decided or no longer theirs to decide."""
    (member_id,) = delivery.member_ids
    report = await session.get(Report, int(delivery.subject.split(":")[1]))
    if report is None or report.workspace_id != delivery.workspace_id or report.state != rules.OPEN:
        return None
    now = session.info["clock"]()
    written = await store.look(session, report.workspace_id, report.subject, now)
    if written is None:
        return None
    if not await asking.may_decide(session, report, written.author_id, member_id, now):
        return None
    member = await members.by_id(session, report.workspace_id, member_id)
    tz = member.tz if member is not None else "UTC"
    return views.request(await shown(session, report, written, now), tz)


async def shown(session: AsyncSession, report: Report, written: Written | None, now: datetime) -> views.Shown:
    """A report as whoever decides sees it."""
    if written is None:
        return views.Shown(report.id, acting.SOMETHING, None, None, "")
    extra: list[Block] = []
    found = store.reportable_of(session, report.subject)
    if found is not None and found[0].extra is not None:
        extra = await found[0].extra(session, report.workspace_id, found[1])
    names = await members.names(session, report.workspace_id, [written.author_id] if written.author_id else [])
    return views.Shown(
        id=report.id,
        where=written.where,
        thing=written.words,
        author=names.get(written.author_id or 0),
        reason=store.reason_of(session, report),
        extra=extra,
        since=report.reported_at if rules.chases_due(report.reported_at, now) else None,
        asked_enough=report.due_at is None and rules.next_chase(report.reported_at, now) is None,
    )
