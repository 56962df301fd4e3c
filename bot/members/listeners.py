"""Slack asks about people: their Home tab, joining, settings, pauses."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import store
from bot.members.models import Workspace
from bot.registry import Event, Tools
from bot.slack import home


async def open_home_tab(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Somebody looks at their Home tab: draw it as things stand now."""
    slack_id = event.payload["user"]
    workspace = await session.get(Workspace, event.workspace_id)
    if workspace is None or slack_id in (store.SLACKBOT, workspace.bot_user_id):
        return
    member = await store.meet(session, event.workspace_id, slack_id)
    if member.deactivated_at is None:
        await home.open_home(session, event.workspace_id, member.id, now=tools.clock())


async def wants_home_tab(session: AsyncSession, event: Event) -> bool:
    """Opening the Messages tab sends the same event, and changes nothing."""
    return event.payload.get("tab") == "home"
