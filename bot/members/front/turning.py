"""From a message or a command: the Home tab turns to a page, and the answer shows the way there."""

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.members import store
from bot.members.front.views import way_home
from bot.members.models import Workspace
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def turn(act: Act, tools: Tools, place: str, what: str) -> str:
    """Turn it for whoever did this; the way there, in words. `what` they find: "your goals"."""
    async with tools.database.transaction() as session:
        member = await store.joined_actor(session, act)
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
        workspace = await session.get(Workspace, act.workspace_id)
        return way_home(act.team_id, workspace.app_id if workspace is not None else None, what)


async def turn_by_button(
    ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond, *, place: str, what: str
) -> None:
    """The same for a button; in a message, only whoever pressed it reads the answer."""
    way = await turn(act, tools, place, what)
    await ack()
    if act.response_url:
        await respond(text=way, response_type="ephemeral", replace_original=False)
