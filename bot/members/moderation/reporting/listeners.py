"""Slack asks: somebody reports something. Hidden, told, asked and noted in one transaction."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.members import store as members
from bot.members.models import Member, Workspace
from bot.members.moderation import rules, store
from bot.members.moderation.care import care_note
from bot.members.moderation.deciding import asking, telling
from bot.members.moderation.errors import (
    GoneAlready,
    KeptHidden,
    LookedAtAlready,
    NotForGuestsHere,
    OwnThing,
    ReportedAlready,
    TooManyReports,
)
from bot.members.moderation.reporting import views
from bot.members.moderation.reporting.buttons import BEHIND_DOTS, REPORT
from bot.members.moderation.showing import show
from bot.messages import Block
from bot.registry import Tools, Written
from bot.slack import home
from bot.slack.act import Act


async def is_report(act: Act) -> bool:
    """Whether a press is [Report]: our button, or our choice behind anybody's three dots."""
    return act.action_id == REPORT or act.value.startswith(BEHIND_DOTS)


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Report]: the form, on top of whatever is open; or why there is nothing to report."""
    subject = act.value.removeprefix(BEHIND_DOTS)
    now = tools.clock()
    async with tools.database.transaction() as session:
        member, written, _ = await _may_report(session, act, subject, now)
        asked = await asking.whom(session, act.workspace_id, written.author_id, member.id, now)
        names = [each.name for each in asked if each.id != member.id]
    await ack()
    over = str(act.view["id"]) if act.view.get("type") == "modal" else ""
    await show(client, act, views.report_form(subject, written.where, names, over=over))


async def report(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The form was sent; sent twice, it counts once. What it lay on shows the thing no longer."""
    view: Block | None = None
    async with tools.database.transaction() as session:
        if await first_time(session, act):
            view = await _report(session, act, str(act.memory.get("subject", "")), tools.clock())
    if view is None:
        await ack()
        return
    await ack(response_action="update", view=view)
    over = act.memory.get("over")
    if over and over != act.view["id"]:  # the third of three took its place, so nothing lies below
        await client.views_update(view_id=over, view=views.hidden())


async def _report(session: AsyncSession, act: Act, subject: str, now: datetime) -> Block:
    reason = views.read_reason(act.state)
    member, written, round_ = await _may_report(session, act, subject, now)
    filed = await store.add(session, act.workspace_id, subject, round_, member.id, reason, now)
    found = store.reportable_of(session, subject)
    if filed is None or found is None:
        raise ReportedAlready
    reportable, thing_id = found
    await reportable.hide(session, act.workspace_id, thing_id, now)
    await reportable.tell(session, act.workspace_id, thing_id, telling.hidden(written.where), now)
    asked = await asking.ask(session, filed, written.author_id, now)
    await home.redraw(session, act.workspace_id, [member.id], now=now)
    names = [each.name for each in asked if each.id != member.id]
    care = await care_note(session, act.workspace_id) if rules.shows_distress(reason) else []
    return views.reported(names, only_you=[each.id for each in asked] == [member.id], care=care)


async def _may_report(session: AsyncSession, act: Act, subject: str, now: datetime) -> tuple[Member, Written, int]:
    """Who reports, what, and which time; or a clear answer why not.

    Whoever can read something can report it, in Perennial or not. Their row is locked, so that two windows can't make
    a sixth report of a day.
    """
    member = await members.actor(session, act)
    workspace = await session.get(Workspace, act.workspace_id)
    if member.is_guest and not (workspace and workspace.guests_allowed):
        raise NotForGuestsHere
    await members.by_id(session, act.workspace_id, member.id, lock=True)
    written = await store.look(session, act.workspace_id, subject, now)
    if written is None:
        raise GoneAlready
    if written.author_id == member.id:
        raise OwnThing
    before = await store.rounds(session, act.workspace_id, subject)
    if before and before[0].state == rules.OPEN:
        raise ReportedAlready
    if before and before[0].state == rules.UPHELD:
        raise KeptHidden
    if any(store.reporter_of(session, each) == member.id for each in before):
        raise LookedAtAlready
    if await store.count_since(session, act.workspace_id, member.id, now - rules.A_DAY) >= rules.MOST_A_DAY:
        raise TooManyReports
    return member, written, (before[0].round if before else 0) + 1
