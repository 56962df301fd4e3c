"""A listener that fails tells its person, whether or not Slack was answered before; nothing is left to be guessed."""

import asyncio
import gc
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.slack.failures import APOLOGY
from tests.world import World


async def button(world: World, user: str, action_id: str) -> tuple[str, str]:
    """A message to somebody with one button; where it is."""
    client = await world.bot.client_for(1)
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    element = {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Go"}}
    posted = await client.chat_postMessage(
        channel=channel, text="A button", blocks=[{"type": "actions", "block_id": "b", "elements": [element]}]
    )
    return channel, posted["ts"]


async def test_a_listener_that_fails_after_it_answered_still_tells_its_person(world: World):
    lost: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: lost.append(context))

    @world.bot.registry.bolt.action("fails_late")
    async def fails_late(ack: AsyncAck) -> None:
        await ack()
        raise RuntimeError("on purpose")

    ada = world.person("Ada")
    channel, ts = await button(world, ada, "fails_late")
    reply = await world.acts.click(ada, action_id="fails_late", channel=channel, ts=ts)
    await world.settle()
    gc.collect()  # an exception that nobody took is reported when its task is gone
    assert reply.ok
    assert lost == []
    (told,) = [each for each in world.slack.history(channel, viewer=ada) if APOLOGY in each["text"]]
    assert told["user"] == world.slack.bot_user_id


async def test_a_listener_that_fails_before_it_answered_is_answered_for(world: World):
    @world.bot.registry.bolt.action("fails_early")
    async def fails_early(ack: AsyncAck) -> None:
        raise RuntimeError("on purpose")

    ada = world.person("Ada")
    channel, ts = await button(world, ada, "fails_early")
    reply = await world.acts.click(ada, action_id="fails_early", channel=channel, ts=ts)
    await world.settle()
    assert reply.ok
    assert any(APOLOGY in each["text"] for each in world.slack.history(channel, viewer=ada))
