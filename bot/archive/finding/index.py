"""Keeps the index true: a card's search text, the words of its workspace, and through triggers what is searched."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.models import Insight


async def index(session: AsyncSession, insight: Insight) -> None:
    """Have a card found by its approved words and tags from this transaction's commit on; again after each change.

    To be called with the card's row locked, once its question, gist, tips, tags, state and published_at stand. A card
    that isn't published is taken out instead.
    """
    raise NotImplementedError


async def unindex(session: AsyncSession, insight: Insight) -> None:
    """Have a card found no longer: withdrawn, hidden, or back in the making. Harmless where it was not to be found."""
    raise NotImplementedError
