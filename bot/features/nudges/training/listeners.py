"""Slack asks: the next step is opened, turned back to, or was tried."""

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.features.nudges.library import steps
from bot.features.nudges.training import store, views
from bot.lookup import number_in
from bot.members import store as members
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_step(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[Begin], [Open], [Read again]: where they are, or the first step once they know them all."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        training = await store.begin(session, act.workspace_id, member.id, now)
        await home.redraw(session, act.workspace_id, [member.id], now=now)
    at = training.done if training.done < len(steps()) else 0
    await ack()
    await client.views_open(trigger_id=act.trigger_id, view=views.step_form(steps(), at, training.done))


async def turn(ack: AsyncAck, act: Act, tools: Tools, client: AsyncWebClient) -> None:
    """[← Before], [Next →]: another step in the same form, as far as they have come."""
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        training = await store.begin(session, act.workspace_id, member.id, tools.clock())
    wanted = number_in(act.value)
    at = min(wanted, training.done, len(steps()) - 1)
    await ack()
    await client.views_update(view_id=act.view["id"], view=views.step_form(steps(), at, training.done))


async def tried_step(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[I tried it]: the next one is open; the same step handed in twice counts once."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        training = await store.begin(session, act.workspace_id, member.id, now)
        if act.memory.get("step") == training.done and training.done < len(steps()):
            training.done, training.changed_at = training.done + 1, now
            await home.redraw(session, act.workspace_id, [member.id], now=now)
    await ack(response_action="update", view=views.tried(steps(), training.done))
