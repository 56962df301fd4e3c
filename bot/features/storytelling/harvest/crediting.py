"""Whose story a takeaway came from, and so whose card counts what became of it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.harvest import rules
from bot.features.storytelling.models import Takeaway
from bot.features.storytelling.tellers import store as turns
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members


async def stories(session: AsyncSession, gathering: Gathering) -> list[tuple[int, str]]:
    """The turns that were told, or are being told, with their tellers' names."""
    told = [each for each in await turns.of_session(session, gathering) if each.state in (turns.ACCEPTED, turns.TOLD)]
    names = await members.names(session, gathering.workspace_id, [each.member_id for each in told])
    return [(each.id, names[each.member_id]) for each in told if each.member_id in names]


async def counted_on(session: AsyncSession, row: Takeaway) -> int | None:
    """The turn on whose card it counts what became of a takeaway."""
    gathering = await gatherings.get(session, row.workspace_id, row.gathering_id)
    told = [each.id for each in await turns.of_session(session, gathering) if each.state == turns.TOLD]
    return rules.counted_on(row.telling_id, told)
