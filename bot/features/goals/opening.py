"""From a message or a command: the Home tab turns to a page of goals, and the answer shows the way there."""

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.lookup import id_in
from bot.members import store as members
from bot.members.front.views import way_home
from bot.members.models import Workspace
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_page(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """The page draws only what its viewer may see."""
    way = await _turn(act, tools, f"goals:{id_in(act.value)}", "it")
    await ack()
    if act.response_url:
        await respond(text=way, response_type="ephemeral", replace_original=False)


async def show_goals(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """`/mentor goals`."""
    await ack(text=await _turn(act, tools, "goals", "your goals"), response_type="ephemeral")


async def _turn(act: Act, tools: Tools, place: str, what: str) -> str:
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
        workspace = await session.get(Workspace, act.workspace_id)
        return way_home(act.team_id, workspace.app_id if workspace is not None else None, what)
