"""A turn comes to an end or changes hands: what every way out of it has in common."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.features.storytelling.models import Telling
from bot.features.storytelling.preparing import store as pages
from bot.features.storytelling.tellers import messages, store, swaps
from bot.gatherings import seating
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering

HELD = (store.ASKED, store.ACCEPTED)


class EnoughStories(TooLate):
    """That session has its stories already, so there is nothing for you to do. The next one is glad of yours."""


class HasBegun(TooLate):
    """That session has begun, so its tellers can't be changed any more."""


def check_ahead(gathering: Gathering, now: datetime) -> None:
    """Raise what to read where a session's tellers are settled: it was called off, or has begun."""
    seating.check_open(gathering)
    if gathering.starts_at <= now:
        raise HasBegun


def count(turns: Collection[Telling], *states: str) -> int:
    """How many turns stand so."""
    return sum(each.state in states for each in turns)


async def settle(session: AsyncSession, gathering: Gathering, turn: Telling, state: str, now: datetime) -> None:
    """A turn is nobody's from now on, and its teller's message says it: nobody need swap, and nobody reads their page."""
    await swaps.end(session, turn, now=now)
    turn.state, turn.answer_by = state, None
    await session.flush()
    await pages.keep_to_teller(session, turn)
    await messages.show(session, gathering, turn, now=now)


async def let_go(session: AsyncSession, gathering: Gathering, turns: Collection[Telling], now: datetime) -> None:
    """The stories are found: whoever is still thinking about it need not."""
    for turn in turns:
        if turn.state == store.ASKED:
            await settle(session, gathering, turn, store.OVER, now)


def is_ahead(gathering: Gathering, now: datetime) -> bool:
    """Whether its tellers can still be looked for."""
    return gathering.state == gatherings.PLANNED and gathering.starts_at > now
