"""Slack asks: a lead names moderators; one of them steps down. Who acts is checked here, wherever the button came from."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.submissions import first_time
from bot.members import naming
from bot.members import store as members
from bot.members.models import Member
from bot.members.moderation.deciding import asking
from bot.members.moderation.naming import store, telling, views
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act


async def row_for_leads(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Who moderates, on the leads' part of the Settings page."""
    return [views.row([each.name for each in await store.moderators(session, viewer.workspace_id)])]


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] beside the moderators."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        named = [each.slack_id for each in await store.moderators(session, act.workspace_id)]
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.moderators_form(named))


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The chosen people moderate, the others no longer do; both hear about it."""
    await naming.hand_in(ack, act, tools, _save)


async def _save(session: AsyncSession, act: Act, lead: Member, now: datetime) -> dict[str, str]:
    chosen = views.read_moderators(act.state)
    if len(chosen) > views.MOST:
        return views.too_many()
    after, refused = await naming.sort_out(session, act.workspace_id, chosen, _may_moderate)
    if refused:
        return views.problem_with(refused)
    if not await first_time(session, act):
        return {}
    before = {each.id: each for each in await store.moderators(session, act.workspace_id)}
    added = [each for each in after.values() if each.id not in before]
    gone = [each for each in before.values() if each.id not in after]
    for each in added:
        await store.add(session, each, now)
    await store.remove(session, act.workspace_id, [each.id for each in gone])
    for each, content in (
        *((each, views.named(lead.name)) for each in added),
        *((each, views.unnamed(lead.name)) for each in gone),
    ):
        if each.id != lead.id:
            await telling.tell(session, each, content, act.view["id"], now)
    await asking.ask_again(session, act.workspace_id, now)
    await home.redraw(session, act.workspace_id, [*before, *after, lead.id], now=now)
    return {}


def _may_moderate(member: Member) -> bool:
    return naming.is_colleague(member) and member.left_at is None


async def step_down(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """[I would rather not] or [Stop moderating]: at once; the leads hear of it, and what waited is asked of others."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.actor(session, act)
        if await store.remove(session, act.workspace_id, [member.id]):
            await telling.tell_leads(session, member, act.trigger_id, now)
            await asking.ask_again(session, act.workspace_id, now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack()
    if act.response_url:
        said = views.stepped_down()
        await respond(text=said.text, blocks=said.blocks, replace_original=True)
