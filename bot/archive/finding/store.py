"""Remembers what can be found: searches, cards, tags, and what is new or kept most; published cards only."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding.cards import Card, Filters, Found, Tag
from bot.archive.models import Insight


async def find(
    session: AsyncSession,
    workspace_id: int,
    typed: str,
    *,
    member_id: int | None,
    filters: Filters = Filters(),
    limit: int = 10,
    offset: int = 0,
    exactly: bool = False,
) -> Found:
    """The best cards for what somebody typed, whatever it was; `exactly` corrects no spelling. Never raises for a text.

    `session` may be one that only looks; the clock is the one lent to it.
    """
    raise NotImplementedError


async def similar(session: AsyncSession, workspace_id: int, text: str, *, limit: int = 3) -> list[Card]:
    """Cards that share telling words with a text, the best first; quick, and never raises whatever the text."""
    raise NotImplementedError


async def related(session: AsyncSession, insight: Insight | Card, *, limit: int = 3) -> list[Card]:
    """Other cards of the same workspace about the same things."""
    raise NotImplementedError


async def card(
    session: AsyncSession, workspace_id: int, insight_id: int, *, member_id: int | None = None
) -> Card | None:
    """One published card of this workspace; None for any other."""
    raise NotImplementedError


async def cards(
    session: AsyncSession, workspace_id: int, insight_ids: list[int], *, member_id: int | None = None
) -> list[Card]:
    """Published cards of this workspace in the order asked for; ids of any other are passed over."""
    raise NotImplementedError


async def tags(session: AsyncSession, workspace_id: int, *, limit: int = 100) -> list[Tag]:
    """What published cards are about, the most used first."""
    raise NotImplementedError


async def newest(
    session: AsyncSession, workspace_id: int, *, limit: int = 10, offset: int = 0, member_id: int | None = None
) -> list[Card]:
    """The cards published last."""
    raise NotImplementedError


async def most_kept(
    session: AsyncSession, workspace_id: int, *, days: int | None = None, limit: int = 10, member_id: int | None = None
) -> list[Card]:
    """The cards most people keep; with `days`, those kept most within them by others than `member_id`."""
    raise NotImplementedError
