"""A question that a member proposed can be reported, hidden and put back; its subject is "roundtable_question:ID"."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import moderating, posting, store
from bot.gatherings.ballots import store as ballots
from bot.registry import Reportable, Written
from bot.slack import blocks


async def look(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> Written | None:
    """The question, hidden or not; None for one of our own."""
    found = await store.find(session, workspace_id, round_id)
    if found is None or found.proposal_id is None or found.slug is not None:
        return None
    return Written(blocks.escape(found.question), await _proposer(session, found), "a question at a roundtable")


async def hide(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> None:
    """A line stands in its place; nobody is reminded of it, and nobody sums it up meanwhile."""
    await _set(session, workspace_id, round_id, withheld=True, now=now)


async def restore(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> None:
    """It stands in its channels again."""
    await _set(session, workspace_id, round_id, withheld=False, now=now)


async def tell(session: AsyncSession, workspace_id: int, round_id: int, text: str, now: datetime) -> None:
    """Whoever proposed it hears what happened."""
    found = await store.find(session, workspace_id, round_id)
    if found is not None:
        await moderating.tell(session, found, await _proposer(session, found), text, now)


async def _set(session: AsyncSession, workspace_id: int, round_id: int, *, withheld: bool, now: datetime) -> None:
    found = await store.get(session, workspace_id, round_id, lock=True)
    if found.withheld is not withheld:
        found.withheld, found.version = withheld, found.version + 1
        await posting.show(session, found, now)


async def _proposer(session: AsyncSession, roundtable: Roundtable) -> int | None:
    try:
        return (await ballots.proposal(session, roundtable.workspace_id, roundtable.proposal_id or 0)).member_id
    except Gone:
        return None


REPORTABLE = Reportable(look, hide, restore, tell)
