"""Whose story a takeaway came from, and so whose card counts what became of it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.features.storytelling.harvest import rules
from bot.features.storytelling.models import Telling
from bot.features.storytelling.tellers import store as turns
from bot.gatherings.models import Gathering, Takeaway
from bot.gatherings.takeaways.rules import WORKED
from bot.members import store as members


def source_of(telling_id: int) -> str:
    """What a story's card is filed under."""
    return f"story:{telling_id}"


async def told(session: AsyncSession, gathering: Gathering) -> list[Telling]:
    """The turns that were told."""
    return [each for each in await turns.of_session(session, gathering) if each.state == turns.TOLD]


async def stories(session: AsyncSession, gathering: Gathering) -> dict[int, str]:
    """The same with their tellers' names."""
    found = await told(session, gathering)
    names = await members.names(session, gathering.workspace_id, [each.member_id for each in found])
    return {each.id: names[each.member_id] for each in found if each.member_id in names}


async def tellers(session: AsyncSession, gathering: Gathering) -> set[int]:
    """Who told: they are asked for a card instead."""
    return {each.member_id for each in await told(session, gathering)}


async def counts(session: AsyncSession, gathering: Gathering, row: Takeaway) -> bool:
    """Whether there is one story whose card counts what became of a takeaway."""
    return await _counted_on(session, gathering, row) is not None


async def answered(session: AsyncSession, gathering: Gathering, row: Takeaway, answer: str, now: datetime) -> None:
    """Two weeks later: the card of that story counts it, without a name."""
    turn = await _counted_on(session, gathering, row)
    if turn is not None and answer in WORKED:
        await cards.outcome(session, gathering.workspace_id, source_of(turn), WORKED[answer], now)


async def _counted_on(session: AsyncSession, gathering: Gathering, row: Takeaway) -> int | None:
    tellers = {each.id: each.member_id for each in await told(session, gathering)}
    found = rules.counted_on(row.about, list(tellers))
    return found if found is not None and tellers[found] != row.member_id else None  # nobody counts on their own card
