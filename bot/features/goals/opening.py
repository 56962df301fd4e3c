"""[Open it] in a message: the Home tab turns to that goal's page, and the answer shows the way there."""

from slack_bolt.async_app import AsyncAck, AsyncRespond

from bot.errors import Gone
from bot.members import store as members
from bot.members.front.views import way_home
from bot.members.models import Workspace
from bot.registry import Tools
from bot.slack import home
from bot.slack.act import Act


async def open_page(ack: AsyncAck, act: Act, tools: Tools, respond: AsyncRespond) -> None:
    """The page draws only what its viewer may see."""
    if not act.value.isdecimal():
        raise Gone
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        place = f"goals:{act.value}"
        await home.open_home(session, act.workspace_id, member.id, now=tools.clock(), place=place)
        workspace = await session.get(Workspace, act.workspace_id)
        app_id = workspace.app_id if workspace is not None else None
    await ack()
    if act.response_url:
        await respond(text=way_home(act.team_id, app_id, "it"), response_type="ephemeral", replace_original=False)
