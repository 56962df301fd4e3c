"""Remembers story pages, each under its teller's own key."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.features.storytelling.models import StoryPage, Telling
from bot.features.storytelling.preparing.rules import Page
from bot.members import private


async def row_of(session: AsyncSession, turn: Telling, *, lock: bool = False) -> StoryPage | None:
    """The page of a turn, still sealed."""
    query = select(StoryPage).where(StoryPage.workspace_id == turn.workspace_id, StoryPage.telling_id == turn.id)
    if lock:
        query = query.with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def opened(session: AsyncSession, row: StoryPage | None) -> Page:
    """What a page says; an empty one where there is none."""
    if row is None:
        return Page()
    seal = await private.open_seal(session, row.workspace_id, row.member_id)
    return Page(**seal.open_json(row.body, _about(row.telling_id)))


async def write(session: AsyncSession, turn: Telling, page: Page, *, version: int, now: datetime) -> int | None:
    """Keep what was written over the page of that version; its new version, or None where it was changed meanwhile."""
    seal = await private.seal_of(session, turn.workspace_id, turn.member_id)
    body = seal.seal_json(page.to_json(), _about(turn.id))
    if version == 0:
        row = {
            "telling_id": turn.id,
            "workspace_id": turn.workspace_id,
            "member_id": turn.member_id,
            "body": body,
            "version": 1,
            "changed_at": now,
        }
        new = await insert_new(session, StoryPage, [row], unique=("telling_id",), returning=StoryPage.telling_id)
        return 1 if new else None
    found = await row_of(session, turn, lock=True)
    if found is None or found.version != version:
        return None
    found.body, found.version, found.changed_at = body, version + 1, now
    await session.flush()
    return found.version


async def shared(session: AsyncSession, workspace_id: int, telling_ids: Collection[int]) -> set[int]:
    """Of these turns, those whose page the host may read."""
    query = select(StoryPage.telling_id).where(
        StoryPage.workspace_id == workspace_id,
        StoryPage.telling_id.in_(list(telling_ids)),
        StoryPage.shared_at.is_not(None),
    )
    return set((await session.execute(query)).scalars())


async def keep_to_teller(session: AsyncSession, turn: Telling) -> None:
    """A turn is not theirs any more: nobody reads its page. Should it come back to them, sharing is theirs to do again."""
    row = await row_of(session, turn, lock=True)
    if row is not None:
        row.shared_at = None
        await session.flush()


async def stop_sharing(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """A teller left: nobody reads what they prepared. It stays under their key, should they come back."""
    await session.execute(
        update(StoryPage)
        .where(StoryPage.workspace_id == workspace_id, StoryPage.member_id == member_id)
        .values(shared_at=None)
    )


def _about(telling_id: int) -> str:
    return f"story page:{telling_id}"
