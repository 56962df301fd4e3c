"""What follows when somebody says that they come or can't: seats, calendars, reminders, the post. Features may call it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.gatherings import announcing, calendars, messages, reminding, seating, store, views, words
from bot.gatherings.facts import facts_of, hosts
from bot.gatherings.kinds import gathering_kinds_of
from bot.gatherings.models import Gathering, Seat
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content
from bot.slack import home


async def say_yes(session: AsyncSession, gathering: Gathering, member_id: int, *, now: datetime) -> Seat:
    """A seat of a locked gathering or a place in the line, with everything that follows from it."""
    before = await store.seat_of(session, gathering, member_id)
    was = before.state if before else None
    seat = await seating.come(session, gathering, member_id, now=now)
    if seat.state == store.COMING and was != store.COMING:
        await calendars.give(session, gathering, seat, now)
        await reminding.remind_late(session, gathering, member_id, now)
        await _follow(session, gathering, now)
    await _show(session, gathering, [member_id], now)
    return seat


async def say_no(session: AsyncSession, gathering: Gathering, member_id: int, *, now: datetime) -> None:
    """A seat is given back; whoever waited longest gets it and hears so."""
    moved_up = await seating.cannot(session, gathering, member_id, now=now)
    seat = await store.seat_of(session, gathering, member_id)
    assert seat is not None, "it was written a moment ago"
    await calendars.take_back(session, gathering, seat, now)
    await _seated(session, gathering, moved_up, now)
    kind = gathering_kinds_of(session).get(gathering.kind)
    if kind is not None and kind.cannot_come is not None:
        await kind.cannot_come(session, gathering, member_id, now)
    await _follow(session, gathering, now)
    await _show(session, gathering, [member_id], now)


async def fill(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """There may be seats that nobody gave back: more of them, or somebody is gone."""
    await _seated(session, gathering, await seating.fill(session, gathering, now=now), now)
    await _follow(session, gathering, now)
    await announcing.refresh(session, gathering, now)


async def _follow(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """Its feature hears that other people come than before."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    if kind is not None and kind.seats_changed is not None:
        await kind.seats_changed(session, gathering, now)


async def _seated(session: AsyncSession, gathering: Gathering, seats: Sequence[Seat], now: datetime) -> None:
    """Tell those who got a seat at last."""
    ids = [each.member_id for each in seats]
    people = await members.recipients(session, gathering.workspace_id, ids)
    facts = await facts_of(session, gathering)
    told = [
        messages.to_one(
            gathering,
            messages.SEAT,
            person,
            key=f"seat:{now.isoformat()}",
            now=now,
            content=views.seat_is_free(facts, person.tz, now),
            expires_at=ends_at(gathering),
        )
        for person in people.values()
    ]
    await outbox.enqueue_all(session, told, now=now)
    for seat in seats:
        await calendars.give(session, gathering, seat, now)
        await reminding.remind_late(session, gathering, seat.member_id, now)
    await home.redraw(session, gathering.workspace_id, ids, now=now)


async def answer(session: AsyncSession, gathering: Gathering, member: Member, now: datetime) -> Content:
    """What somebody chose, in words, with the way back."""
    seat = await store.seat_of(session, gathering, member.id)
    state = seat.state if seat else store.CANNOT
    place = await store.place_in_line(session, gathering, seat) if seat and state == store.WAITING else 0
    clash = await clashing(session, gathering, member.id) if state == store.COMING else None
    named = words.title(session, clash) if clash else ""
    facts = await facts_of(session, gathering)
    return views.chosen(facts, state, member.tz, now, place=place, clash=named, hosts=member.id in hosts(gathering))


async def clashing(session: AsyncSession, gathering: Gathering, member_id: int) -> Gathering | None:
    """Something else that somebody comes to at the same time."""
    query = (
        select(Gathering)
        .join(Seat, Seat.gathering_id == Gathering.id)
        .where(
            Gathering.workspace_id == gathering.workspace_id,
            Gathering.id != gathering.id,
            Gathering.state == store.PLANNED,
            Seat.member_id == member_id,
            Seat.state == store.COMING,
        )
        .order_by(Gathering.starts_at)
    )
    for other in (await session.execute(query)).scalars():
        if other.starts_at < ends_at(gathering) and gathering.starts_at < ends_at(other):
            return other
    return None


def ends_at(gathering: Gathering) -> datetime:
    """When it is over."""
    return gathering.starts_at + timedelta(minutes=gathering.minutes)


async def _show(session: AsyncSession, gathering: Gathering, member_ids: list[int], now: datetime) -> None:
    await announcing.refresh(session, gathering, now)
    await home.redraw(session, gathering.workspace_id, [*member_ids, *hosts(gathering)], now=now)
