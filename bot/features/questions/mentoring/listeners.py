"""Somebody says which questions they take, and how they like to help."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.submissions import first_time
from bot.features.questions.mentoring import showing, store, views
from bot.features.questions.rules import KINDS
from bot.members import store as members
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_helping(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Change] beside what people may ask for."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        row = await store.row_of(session, act.workspace_id, member.id)
    await ack()
    form = views.form(row.kinds, row.how) if row is not None else views.form(list(KINDS), "")
    await client.views_open(trigger_id=act.trigger_id, view=form)


async def save_helping(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was sent: kept, or told in the form what is wrong."""
    kinds, how, errors = views.read_form(act.state)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        if await first_time(session, act):
            await showing.hold(session, act.workspace_id, member.id)
            await store.keep(session, act.workspace_id, member.id, kinds, how, tools.clock())
            await showing.show(session, act.workspace_id, member.id, now=tools.clock())
            await home.redraw(session, act.workspace_id, [member.id], now=tools.clock())
    await ack()
