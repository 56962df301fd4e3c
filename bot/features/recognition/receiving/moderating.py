"""What a moderator can do with a thank-you: look at it, hide it everywhere, put it back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.recognition import rules, store
from bot.features.recognition.receiving import changing
from bot.members.moderation import tell_member
from bot.registry import Reportable, Written
from bot.slack import blocks


async def look(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime) -> Written | None:
    """Its words, also while it is hidden; None where they are gone."""
    row = await store.find(session, workspace_id, thanks_id)
    if row is None or row.state == rules.TAKEN_BACK:
        return None
    try:
        each = await store.open_one(session, row)
    except Gone:
        return None
    skill = f"\n{each.said.skill}: {each.said.evidence}" if each.said.skill else ""
    return Written(blocks.escape(f"{each.said.words}{skill}"), row.giver_id, "a thank-you")


async def hide(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime) -> None:
    """Nobody reads it anywhere."""
    await _turn(session, workspace_id, thanks_id, rules.GIVEN, rules.HIDDEN, now)


async def restore(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime) -> None:
    """It stands where it stood."""
    await _turn(session, workspace_id, thanks_id, rules.HIDDEN, rules.GIVEN, now)


async def tell(session: AsyncSession, workspace_id: int, thanks_id: int, what: str, now: datetime) -> None:
    """To whoever wrote it."""
    row = await store.find(session, workspace_id, thanks_id)
    if row is not None:
        await tell_member(session, workspace_id, row.giver_id, f"thanks:{thanks_id}", what, now)


async def _turn(session: AsyncSession, workspace_id: int, thanks_id: int, old: str, new: str, now: datetime) -> None:
    row = await store.find(session, workspace_id, thanks_id, lock=True)
    if row is not None and row.state == old:
        row.state = new
        await changing.settle(session, row, now)


REPORTABLE = Reportable(look, hide, restore, tell)
