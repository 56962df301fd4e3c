"""The one seam between a card and the search: what is to be found from now on, and what no longer."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import index
from bot.archive.models import Insight


async def found_from_now_on(session: AsyncSession, insight: Insight) -> None:
    """Its approved words stand on the card, with its tags: search has them, or has them anew."""
    await index.index(session, insight)


async def found_no_longer(session: AsyncSession, insight: Insight) -> None:
    """Nobody is led to it any more."""
    await index.unindex(session, insight)
