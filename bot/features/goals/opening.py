"""From a message or a command: the Home tab turns to a page of goals, and the answer shows the way there."""

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.lookup import id_in
from bot.members.front.turning import turn, turn_by_button
from bot.registry import Tools
from bot.slack.act import Act


async def open_page(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """The page draws only what its viewer may see."""
    await turn_by_button(ack, act, tools, respond, place=f"goals:{id_in(act.value)}", what="it")


async def show_goals(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """`/mentor goals`."""
    await ack(text=await turn(act, tools, "goals", "your goals"), response_type="ephemeral")
