"""What a session's tellers have read is drawn again, once its date or its title is another one."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling.tellers import messages, store, swaps
from bot.features.storytelling.tellers.settling import HELD
from bot.gatherings.models import Gathering


async def show_all(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """To whoever tells, thinks about it, or was asked to do so in somebody's place."""
    for turn in await store.of_session(session, gathering):
        if turn.state in HELD:
            await messages.show(session, gathering, turn, now=now)
            await swaps.show(session, gathering, turn, now=now)
