"""Slack asks: somebody reports something. Hidden, told, asked and noted in one transaction."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.members import store as members
from bot.members.moderation import rules
from bot.members.moderation.care import care_note
from bot.members.moderation.deciding import asking
from bot.members.moderation.reporting import filing, views
from bot.members.moderation.reporting.buttons import BEHIND_DOTS, REPORT
from bot.members.moderation.showing import show
from bot.messages import Block
from bot.registry import Tools
from bot.slack.act import Act


async def is_report(act: Act) -> bool:
    """Whether a press is [Report]: our button, or our choice behind anybody's three dots."""
    return act.action_id == REPORT or act.value.startswith(BEHIND_DOTS)


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Report]: the form, on top of whatever is open; or why there is nothing to report."""
    subject = act.value.removeprefix(BEHIND_DOTS)
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        written, _ = await filing.may_report(session, member, subject, now)
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
    member = await members.actor(session, act)
    filed = await filing.file(session, member, subject, reason, now)
    care = await care_note(session, act.workspace_id) if rules.shows_distress(reason) else []
    return views.reported(filed.names, only_you=filed.only_you, care=care)
