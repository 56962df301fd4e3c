"""Somebody opens or changes their own confidential list."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.members import store
from bot.members.apart import store as lists
from bot.members.apart import views
from bot.registry import Tools
from bot.slack.act import Act


async def open_apart(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Open]: whose list it is comes from who presses, never from the payload's values."""
    async with tools.database.transaction() as session:
        owner = await store.joined_actor(session, act)
        slack_ids = await lists.list_of(session, owner)
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.apart_form(slack_ids))


async def save_apart(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """The form was sent: this is the list now."""
    slack_ids = views.read_apart(act.state)
    if len(slack_ids) > views.MOST:
        await ack(response_action="errors", errors=views.too_many())
        return
    if act.user_id in slack_ids:
        await ack(response_action="errors", errors=views.oneself())
        return
    async with tools.database.transaction() as session:
        owner = await store.joined_actor(session, act)
        await lists.keep(session, owner, slack_ids)
    await ack()
