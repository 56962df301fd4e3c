"""Slack tells us that somebody changed, came, or that Perennial was taken away."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members import workspaces
from bot.members.models import Workspace
from bot.members.sync import rules, store
from bot.registry import Event, Tools
from bot.slack import home


async def keep_person(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Somebody is new, or their name, zone, role or account has changed."""
    now = tools.clock()
    workspace = await session.get(Workspace, event.workspace_id)
    user = event.payload["user"]
    if workspace is None or workspace.bot_user_id == user["id"]:
        return
    person = rules.read_person(user, workspace.team_id)
    if person is None:
        await store.forget_one_who_is_no_person(session, event.workspace_id, user["id"], now)
        return
    changed = await store.keep(session, event.workspace_id, [person], now=now, said_at=event.received_at)
    await home.redraw(session, event.workspace_id, changed, now=now)


async def stop_for_good(session: AsyncSession, event: Event, tools: Tools) -> None:
    """Perennial was removed from the workspace: nothing more is sent; what people gave waits for a new installation."""
    workspace = await store.lock_workspace(session, event.workspace_id)
    if workspace is not None:
        workspace.state, workspace.stopped_reason, workspace.bot_token = "uninstalled", "app_uninstalled", None
        workspaces.changed(session)


async def stop(session: AsyncSession, event: Event, tools: Tools) -> None:
    """The bot's token was revoked; in whichever order the two events come, uninstalled stays uninstalled."""
    workspace = await store.lock_workspace(session, event.workspace_id)
    revoked = (event.payload.get("tokens") or {}).get("bot") or []
    if workspace is not None and workspace.bot_user_id in revoked and workspace.state == "active":
        workspace.state, workspace.stopped_reason = "stopped", "tokens_revoked"
        workspaces.changed(session)
