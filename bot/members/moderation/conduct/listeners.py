"""Slack asks: how do we speak here; a lead words it, looks at it, and lets it hold."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.lookup import number_in
from bot.members import store as members
from bot.members.moderation.conduct import store, views
from bot.members.moderation.showing import show
from bot.messages import Block
from bot.registry import Tools, Viewer
from bot.slack import home
from bot.slack.act import Act


async def conduct_blocks(session: AsyncSession, workspace_id: int) -> list[Block]:
    """For a form of any feature: how we speak here, in one block, with a way to all of it and to the help contacts."""
    return views.in_short(await store.conduct_of(session, workspace_id))


async def welcome(session: AsyncSession, workspace_id: int) -> list[Block]:
    """What somebody reads who has just joined."""
    return views.in_full(await store.conduct_of(session, workspace_id))


async def row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """On everybody's Settings page."""
    return [views.row()]


async def row_for_leads(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """On the leads' part of it."""
    return [views.row_for_leads(await store.conduct_of(session, viewer.workspace_id))]


async def read(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Read], from a page, a message or a form: on top of whatever is open."""
    async with tools.database.transaction() as session:
        await members.actor(session, act)
        view = views.reading(await store.conduct_of(session, act.workspace_id))
    await ack()
    await show(client, act, view)


async def answer(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """`/mentor conduct`."""
    async with tools.database.transaction() as session:
        await members.actor(session, act)
        content = views.answer(await store.conduct_of(session, act.workspace_id))
    await ack(text=content.text, blocks=content.blocks, response_type="ephemeral")


async def open_form(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change], for leads."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        view = views.conduct_form(await store.conduct_of(session, act.workspace_id))
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=view)


async def use_ours(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """The text field starts again with our words; the contacts stay as they were typed, and nothing holds yet."""
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
    await ack()
    typed = replace(views.read_form(act.state), own_text="")
    times = number_in(act.value, otherwise=1)
    view = views.conduct_form(typed, times=times)
    await client.views_update(view_id=act.view["id"], hash=act.view.get("hash"), view=view)


async def preview(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was sent: it is shown as people will read it, and holds for nobody yet."""
    draft = views.read_form(act.state)
    if errors := views.errors(draft, act.state):
        await ack(response_action="errors", errors=errors)
        return
    async with tools.database.transaction() as session:
        await members.lead_actor(session, act)
        await store.keep_draft(session, act.workspace_id, draft)
    await ack(response_action="push", view=views.preview(draft))


async def save(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """What was looked at holds; where another lead changed it since, nothing does."""
    async with tools.database.transaction() as session:
        lead = await members.lead_actor(session, act)
        saved = await store.save_draft(session, act.workspace_id, str(act.memory.get("draft")))
        if saved is not None:
            await home.redraw(session, act.workspace_id, [lead.id], now=tools.clock())
    if saved is None:
        await ack(response_action="update", view=views.changed_meanwhile())
    else:
        await ack(response_action="clear")
