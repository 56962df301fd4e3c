"""Remembers what leads changed in the library, and gives a workspace's whole library as it holds now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, TooLate
from bot.features.nudges.library import Entry, built_in
from bot.features.nudges.models import NudgeEntry

CHANGED_MEANWHILE = (
    "Somebody else changed this nudge while your form was open. Close it and open it again to see what it says now."
)


@dataclass(frozen=True)
class Shelved:
    """A nudge in a workspace's library."""

    entry: Entry
    by_lead: bool = False
    off: bool = False
    version: int = 0  # 0: as it came with Perennial


async def shelf(session: AsyncSession, workspace_id: int) -> dict[str, Shelved]:
    """The whole library of a workspace by slug, switched off ones included; a lead's own come first, then ours."""
    query = select(NudgeEntry).where(NudgeEntry.workspace_id == workspace_id).order_by(NudgeEntry.slug)
    rows = {row.slug: row for row in (await session.execute(query)).scalars()}
    found: dict[str, Shelved] = {}
    for row in rows.values():
        if row.body is not None:
            found[row.slug] = Shelved(Entry.model_validate(row.body), True, row.off, row.version)
    for slug, entry in built_in().items():
        if slug not in found:
            changed = rows.get(slug)
            found[slug] = Shelved(entry, False, changed.off, changed.version) if changed else Shelved(entry)
    return found


async def find(session: AsyncSession, workspace_id: int, slug: str) -> Shelved | None:
    """One nudge as this workspace has it, switched off or not."""
    row = await _row(session, workspace_id, slug)
    if row is not None and row.body is not None:
        return Shelved(Entry.model_validate(row.body), True, row.off, row.version)
    entry = built_in().get(slug)
    if entry is None:
        return None
    return Shelved(entry, False, row.off, row.version) if row is not None else Shelved(entry)


async def texts(session: AsyncSession, workspace_id: int, slugs: Iterable[str]) -> dict[str, Entry]:
    """What these nudges say, those that are still in the library."""
    wanted = set(slugs)
    query = select(NudgeEntry).where(NudgeEntry.workspace_id == workspace_id, NudgeEntry.slug.in_(wanted))
    found = {slug: entry for slug, entry in built_in().items() if slug in wanted}
    for row in (await session.execute(query)).scalars():
        if row.body is not None:
            found[row.slug] = Entry.model_validate(row.body)
    return found


async def keep(
    session: AsyncSession, workspace_id: int, entry: Entry, *, lead_id: int, version: int, now: datetime
) -> None:
    """Keep what a lead wrote over the version they saw; TooLate where somebody else changed it since."""
    row = await _row(session, workspace_id, entry.slug, lock=True)
    if (row.version if row is not None else 0) != version:
        raise TooLate(CHANGED_MEANWHILE)
    await put(session, workspace_id, entry, lead_id=lead_id, now=now)


async def put(session: AsyncSession, workspace_id: int, entry: Entry, *, lead_id: int, now: datetime) -> None:
    """Keep what a lead wrote, over whatever was there."""
    row = await _changed(session, workspace_id, entry.slug, lead_id, now)
    row.body, row.off = entry.model_dump(mode="json", by_alias=True, exclude_none=True), False


async def switch(
    session: AsyncSession, workspace_id: int, slug: str, *, off: bool, lead_id: int, now: datetime
) -> None:
    """Have a nudge chosen no more, or again; Gone where there is no such nudge."""
    if await find(session, workspace_id, slug) is None:
        raise Gone
    row = await _changed(session, workspace_id, slug, lead_id, now)
    row.off = off


async def restore(session: AsyncSession, workspace_id: int, slug: str, *, lead_id: int, now: datetime) -> None:
    """Let one of ours say again what it said before a lead changed it; Gone where it was never ours."""
    if slug not in built_in():
        raise Gone
    row = await _changed(session, workspace_id, slug, lead_id, now)
    row.body, row.off = None, False


async def _changed(session: AsyncSession, workspace_id: int, slug: str, lead_id: int, now: datetime) -> NudgeEntry:
    """The row of a nudge that a lead changes now, one version on."""
    row = await _row(session, workspace_id, slug, lock=True)
    if row is None:
        row = NudgeEntry(workspace_id=workspace_id, slug=slug, body=None, off=False, version=0, changed_at=now)
        session.add(row)
    row.version, row.lead_id, row.changed_at = row.version + 1, lead_id, now
    return row


async def _row(session: AsyncSession, workspace_id: int, slug: str, *, lock: bool = False) -> NudgeEntry | None:
    query = select(NudgeEntry).where(NudgeEntry.workspace_id == workspace_id, NudgeEntry.slug == slug)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()
