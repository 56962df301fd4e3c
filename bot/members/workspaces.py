"""Installations: which Slack teams installed Perennial, and the token of each."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.delivery import settling
from bot.members.models import Workspace

TOKEN = "workspace token"


async def find(session: AsyncSession, team_id: str) -> Workspace | None:
    """The workspace of a Slack team, if Perennial is installed there."""
    return (await session.execute(select(Workspace).where(Workspace.team_id == team_id))).scalar_one_or_none()


async def keep(
    session: AsyncSession, *, team_id: str, name: str, token: str, now: datetime, **facts: str | None
) -> Workspace:
    """Store an installation, or bring a known one back to life with its new token."""
    workspace = await find(session, team_id)
    if workspace is None:
        workspace = Workspace(team_id=team_id, name=name, installed_at=now, sync_due_at=now, options={})
        session.add(workspace)
    workspace.name, workspace.state, workspace.stopped_reason = name, "active", None
    workspace.bot_token = vault_of(session).seal(token.encode(), TOKEN)
    for fact, value in facts.items():
        setattr(workspace, fact, value)
    await session.flush()
    await settling.resume_workspace(session, workspace.id)
    return workspace


async def stop(session: AsyncSession, workspace_id: int, reason: str) -> None:
    """Slack no longer takes our token: note why, for doctor and for whoever looks; messages wait for an installation."""
    workspace = await session.get_one(Workspace, workspace_id, with_for_update=True)
    if workspace.state == "active":
        workspace.state, workspace.stopped_reason = "stopped", reason


def token_of(session: AsyncSession, workspace: Workspace) -> str | None:
    """The bot token, unsealed."""
    if workspace.bot_token is None:
        return None
    return vault_of(session).open(workspace.bot_token, TOKEN).decode()
