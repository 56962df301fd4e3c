"""A lead names leads, or decides about guests; who acts is checked here, wherever the button came from."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import naming, store
from bot.members.leading import store as leading
from bot.members.leading import views
from bot.members.models import Member, Workspace
from bot.messages import Content
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_leads(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] beside the leads."""
    async with tools.database.transaction() as session:
        await store.lead_actor(session, act)
        named = [member.slack_id for member in await leading.named(session, act.workspace_id)]
        admins = await leading.always(session, act.workspace_id)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.leads_form(views.Leads(named, admins)))


async def save_leads(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The chosen people lead, the others no longer do; both hear about it."""
    await naming.hand_in(ack, act, tools, _save)


async def _save(session: AsyncSession, act: Act, lead: Member, now: datetime) -> dict[str, str]:
    chosen = views.read_leads(act.state)
    after, refused = await naming.sort_out(session, act.workspace_id, chosen, naming.is_colleague)
    if refused:
        return views.problem_with(refused)
    before = {member.id: member for member in await leading.named(session, act.workspace_id)}
    for member in after.values():
        if member.id not in before and not await store.is_lead(session, member):
            await _tell(session, act, member, views.named(lead.name), now)
        member.is_lead = True
    for member in before.values():
        if member.id not in after:
            member.is_lead = False
            if member.id != lead.id and not await store.is_lead(session, member):
                await _tell(session, act, member, views.unnamed(lead.name), now)
    await home.redraw(session, act.workspace_id, [*before, *after, lead.id], now=now)
    return {}


async def _tell(session: AsyncSession, act: Act, member: Member, content: Content, now: datetime) -> None:
    await naming.tell(session, member, views.CHANGED, content, f"lead-changed:{member.id}:{act.view['id']}", now)


async def allow_guests(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Allow] beside the guests."""
    await _let_guests_in(act, tools, allowed=True)
    await ack()


async def stop_guests(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[Stop] beside the guests: those who joined stay members, and are in no pool any more."""
    await _let_guests_in(act, tools, allowed=False)
    await ack()


async def _let_guests_in(act: Act, tools: Tools, *, allowed: bool) -> None:
    async with tools.database.transaction() as session:
        lead = await store.lead_actor(session, act)
        workspace = await session.get(Workspace, act.workspace_id, with_for_update={"key_share": True})
        assert workspace is not None, "somebody in it has just acted"
        workspace.guests_allowed = allowed
        await home.redraw(session, act.workspace_id, [lead.id], now=tools.clock())
