"""Installations: which Slack teams installed Perennial, and the token of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import stopwatch
from bot.db import Database, after_commit, vault_of
from bot.delivery import settling
from bot.members.models import Workspace

TOKEN = "workspace token"
REMEMBERED_SECONDS = 5  # until a process hears of what another process did to an installation


@dataclass(frozen=True)
class Installed:
    """What every request must know of its workspace."""

    workspace_id: int
    state: str
    bot_id: str | None
    bot_user_id: str | None
    token: str | None


class Known:
    """Remembers installations for some seconds: every request asks for its own, and they hardly ever change."""

    def __init__(self, database: Database, *, stopwatch: Callable[[], float] = stopwatch) -> None:
        self._database = database
        self._stopwatch = stopwatch
        self._found: dict[str, tuple[float, Installed]] = {}
        self._changes = 0

    async def find(self, team_id: str) -> Installed | None:
        """The installation in a Slack team; one that is not there is asked for again each time."""
        found = self._found.get(team_id)
        if found is not None and self._stopwatch() - found[0] < REMEMBERED_SECONDS:
            return found[1]
        asked, changes = self._stopwatch(), self._changes
        async with self._database.reading() as session:
            workspace = await find(session, team_id)
            if workspace is None:
                return None
            installed = Installed(
                workspace_id=workspace.id,
                state=workspace.state,
                bot_id=workspace.bot_id,
                bot_user_id=workspace.bot_user_id,
                token=token_of(session, workspace),
            )
        if changes == self._changes:  # else it may have been read before the change
            self._found[team_id] = (asked, installed)
        return installed

    def forget(self) -> None:
        """Something about an installation has changed: ask again."""
        self._changes += 1
        self._found.clear()


def changed(session: AsyncSession) -> None:
    """Whoever changes an installation says so: from its commit on this process asks again."""
    if forget := session.info.get("forget_installations"):
        after_commit(session, forget)


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
    changed(session)
    await settling.resume_workspace(session, workspace.id)
    return workspace


async def stop(session: AsyncSession, workspace_id: int, reason: str) -> None:
    """Slack no longer takes our token: note why, for doctor and for whoever looks; messages wait for an installation."""
    workspace = await session.get_one(Workspace, workspace_id, with_for_update={"key_share": True})
    if workspace.state == "active":
        workspace.state, workspace.stopped_reason = "stopped", reason
        changed(session)


def token_of(session: AsyncSession, workspace: Workspace) -> str | None:
    """The bot token, unsealed."""
    if workspace.bot_token is None:
        return None
    return vault_of(session).open(workspace.bot_token, TOKEN).decode()


async def reseal_tokens(session: AsyncSession) -> None:
    """Seal every token again, with the newest key of the server."""
    rows = await session.execute(select(Workspace).where(Workspace.bot_token.is_not(None)).with_for_update())
    for workspace in rows.scalars():
        if token := token_of(session, workspace):
            workspace.bot_token = vault_of(session).seal(token.encode(), TOKEN)
