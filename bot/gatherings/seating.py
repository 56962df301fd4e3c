"""Somebody says that they come, or cannot; a seat that becomes free goes to whoever waits longest."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import rules, store
from bot.gatherings.errors import CalledOff, Over
from bot.gatherings.models import Gathering, Seat


def check_open(gathering: Gathering) -> None:
    """Raise what its member should read where there is nothing to choose any more."""
    if gathering.state == store.CALLED_OFF:
        raise CalledOff
    if gathering.state == store.OVER:
        raise Over


async def come(session: AsyncSession, gathering: Gathering, member_id: int, *, now: datetime) -> Seat:
    """Take a seat of a locked gathering, or a place in the line for one; a seat that is held is kept."""
    check_open(gathering)
    held = await store.seat_of(session, gathering, member_id)
    if held is not None and held.state in (store.COMING, store.WAITING):
        return held
    free = rules.seat(1, gathering.seats, await store.taken(session, gathering))
    return await store.say(session, gathering, member_id, store.COMING if free else store.WAITING, now)


async def cannot(session: AsyncSession, gathering: Gathering, member_id: int, *, now: datetime) -> list[Seat]:
    """Give a seat of a locked gathering back; who got it."""
    check_open(gathering)
    await store.say(session, gathering, member_id, store.CANNOT, now)
    return await fill(session, gathering, now=now)


async def invite(session: AsyncSession, gathering: Gathering, member_id: int, *, now: datetime) -> bool:
    """Somebody is asked to come; False where they said something themselves before."""
    check_open(gathering)
    if await store.seat_of(session, gathering, member_id) is not None:
        return False
    await store.say(session, gathering, member_id, store.INVITED, now)
    return True


async def fill(session: AsyncSession, gathering: Gathering, *, now: datetime) -> list[Seat]:
    """Give what is free of a locked gathering to those who wait longest; who got a seat by it."""
    free = rules.seat(rules.SEATS.stop, gathering.seats, await store.taken(session, gathering))
    found = await store.longest_waiting(session, gathering, free) if free else []
    for seat in found:
        seat.state, seat.since = store.COMING, now
    await session.flush()
    return found
