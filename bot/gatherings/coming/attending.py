"""Who was there: one tap, by themselves; nobody is listed as missing."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.gatherings import store
from bot.gatherings.coming.people import joins_first
from bot.gatherings.models import Gathering
from bot.members.models import Member

NOT_OVER = "It is not over yet. The question comes again right after it."


async def say(session: AsyncSession, gathering: Gathering, member: Member, *, came: bool, now: datetime) -> str:
    """Note whether somebody was at a locked one that is over; what they read."""
    if gathering.state != store.OVER:
        raise TooLate(NOT_OVER)
    seat = await store.seat_of(session, gathering, member.id)
    if seat is None:
        if not came:
            return "All right. Nothing is noted, because you had not said that you come."
        await joins_first(session, member, None)  # refuses guests nobody invited
        seat = await store.say(session, gathering, member.id, store.COMING, now)
    seat.came = came
    await session.flush()
    if came:
        return "Noted: you were there. Press No if that was the wrong button."
    return "Noted, and shown to nobody. Press Yes if that was the wrong button."
