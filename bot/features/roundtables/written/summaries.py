"""Remembers a round's summary, sealed with its writer's key, as long as it stands: it can be reported, and put back."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.roundtables.models import Roundtable
from bot.members import private


async def words_of(session: AsyncSession, roundtable: Roundtable) -> str | None:
    """What was posted; None where nothing was. Gone where its writer's key was forgotten."""
    if roundtable.summary is None or roundtable.moderator_id is None:
        return None
    seal = await private.open_seal(session, roundtable.workspace_id, roundtable.moderator_id)
    return seal.open(roundtable.summary, _about(roundtable))


async def readable(session: AsyncSession, roundtable: Roundtable) -> str | None:
    """The same; None also where its writer's key was forgotten."""
    try:
        return await words_of(session, roundtable)
    except Gone:
        return None


async def keep(session: AsyncSession, roundtable: Roundtable, member_id: int, words: str) -> None:
    """The newest words of a locked round's summary."""
    seal = await private.seal_of(session, roundtable.workspace_id, member_id)
    roundtable.summary = seal.seal(words, _about(roundtable))


def _about(roundtable: Roundtable) -> str:
    return f"roundtable:{roundtable.round_id}:summary"
