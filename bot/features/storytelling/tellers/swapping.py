"""A teller asks somebody to tell in their place; the turn stays theirs until that person says yes."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import acting, asking, messages, rota, store, swaps
from bot.features.storytelling.tellers.settling import check_ahead, settle
from bot.features.storytelling.tellers.store import ACCEPTED, SWAPPED
from bot.gatherings.models import Gathering

TELLS_TOO = "They tell at this session already. Ask somebody else."


async def offer(
    session: AsyncSession, gathering: Gathering, turn: Telling, other_id: int, *, now: datetime
) -> str | None:
    """Ask somebody to tell in one's place; or why they can't be asked."""
    check_ahead(gathering, now)
    if turn.state != ACCEPTED:
        raise TooLate("You don't hold this turn any more, so there is nothing to swap.")
    if turn.swap_with == other_id:
        return None  # the form was handed in twice
    if await _tells(session, gathering, other_id):
        return TELLS_TOO
    if other_id in await rota.tell_beside(session, gathering):
        return acting.TWICE
    if not await rota.reaches_in_time(session, gathering, other_id, now):
        return acting.UNREACHED
    await swaps.end(session, turn, now=now)  # whoever was asked before need not answer any more
    turn.swap_with = other_id
    await session.flush()
    await swaps.offer(session, gathering, turn, now=now)
    await messages.show(session, gathering, turn, now=now)
    return None


async def take_over(
    session: AsyncSession, gathering: Gathering, story: StorySession, turn: Telling, *, now: datetime
) -> None:
    """Whoever was asked to swap says yes: the turn is theirs, and their own, where they had one, is for the next."""
    check_ahead(gathering, now)
    if turn.state != ACCEPTED or turn.swap_with is None:
        raise TooLate("They found another way meanwhile, so there is nothing for you to do.")
    other_id = turn.swap_with
    if await _tells(session, gathering, other_id):
        raise TooLate("You tell at this session already, so their turn stays with them.")
    if other_id in await rota.tell_beside(session, gathering):
        raise acting.TwiceRunning
    turn.swap_with = None  # the question was answered, and shows that
    await settle(session, gathering, turn, SWAPPED, now)
    taken = await store.put(session, gathering, other_id, via="swap", state=ACCEPTED, answer_by=None, now=now)
    await acting.promised(session, gathering, story, taken, now)
    await asking.look(session, gathering, story, now=now)


async def decline(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """Whoever was asked to swap says no: the turn stays where it was, and their message shows what they chose."""
    turn.swap_with = None
    await session.flush()
    await messages.show(session, gathering, turn, now=now)


async def leave(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """The asker takes it back, or whoever was asked is away: the turn stays where it was."""
    if turn.swap_with is not None:
        await swaps.end(session, turn, now=now)
        await messages.show(session, gathering, turn, now=now)


async def _tells(session: AsyncSession, gathering: Gathering, member_id: int) -> bool:
    turns = await store.of_session(session, gathering)
    return any(each.member_id == member_id and each.state == ACCEPTED for each in turns)
