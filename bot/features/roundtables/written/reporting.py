"""A summary can be reported, hidden and put back; its subject is "roundtable:ID"."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.written import ending, moderating, store, summaries
from bot.registry import Reportable, Written
from bot.slack import blocks

ERASED = (
    "_Its words were erased here with the record of whoever wrote them. Put back, a line with the number of answers "
    "stands in their place._"
)


async def look(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> Written | None:
    """The words, hidden or not, as long as they stand in the threads; None where nobody summed up."""
    found = await store.find(session, workspace_id, round_id)
    if found is None or found.summary is None:
        return None
    words = await summaries.readable(session, found)
    shown = ERASED if words is None else blocks.escape(words)
    return Written(shown, found.moderator_id, "a summary of a roundtable")


async def hide(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> None:
    """A line stands in its place until a moderator has looked."""
    found = await store.get(session, workspace_id, round_id, lock=True)
    if not found.hidden and found.summary is not None:
        found.hidden, found.version = True, found.version + 1
        await ending.with_a_summary(session, found, now)


async def restore(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> None:
    """It stands in the threads again."""
    found = await store.get(session, workspace_id, round_id, lock=True)
    if found.hidden:
        found.hidden, found.version = False, found.version + 1
        await ending.with_a_summary(session, found, now)


async def tell(session: AsyncSession, workspace_id: int, round_id: int, text: str, now: datetime) -> None:
    """Whoever summed up hears what happened."""
    found = await store.find(session, workspace_id, round_id)
    if found is not None:
        await moderating.tell(session, found, found.moderator_id, text, now)


REPORTABLE = Reportable(look, hide, restore, tell)
