"""Remembers how people speak with each other in a workspace; a lead's draft waits there until they have seen it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.members.models import Workspace
from bot.members.moderation.conduct.words import Conduct

KEPT, DRAFT = "conduct", "conduct_draft"


async def conduct_of(session: AsyncSession, workspace_id: int) -> Conduct:
    """What holds in a workspace."""
    workspace = await session.get(Workspace, workspace_id)
    return Conduct.from_json((workspace.options if workspace else {}).get(KEPT) or {})


async def keep_draft(session: AsyncSession, workspace_id: int, draft: Conduct) -> None:
    """A lead looks at it before it holds."""
    workspace = await _locked(session, workspace_id)
    workspace.options = {**workspace.options, DRAFT: draft.to_json()}


async def save_draft(session: AsyncSession, workspace_id: int, mark: str) -> Conduct | None:
    """The draft holds from now on, and handed in twice it does, too; None where it is not the one that was looked at."""
    workspace = await _locked(session, workspace_id)
    kept = Conduct.from_json(workspace.options.get(KEPT) or {})
    if DRAFT not in workspace.options and kept.mark == mark:
        return kept
    draft = Conduct.from_json(workspace.options.get(DRAFT) or {})
    if DRAFT not in workspace.options or draft.mark != mark:
        return None
    rest = {key: value for key, value in workspace.options.items() if key != DRAFT}
    workspace.options = {**rest, KEPT: draft.to_json()}
    return draft


async def _locked(session: AsyncSession, workspace_id: int) -> Workspace:
    workspace = await session.get(Workspace, workspace_id, with_for_update={"key_share": True}, populate_existing=True)
    if workspace is None:
        raise Gone
    return workspace
