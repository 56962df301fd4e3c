"""Calendar files: one per person when they say yes, a newer one with every change, a cancellation at the end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.calendar import Entry, ics
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings import messages, store, subjects, views, words
from bot.gatherings.facts import about, now_in
from bot.gatherings.models import Gathering, Seat
from bot.members import store as members
from bot.messages import Content, Message, Recipient, Verb

STRIDE = 1000  # SEQUENCE counts versions in thousands, and one person's own changes of mind in between
LEFT = ("sending", "unknown", "parked", "sent")


async def give(session: AsyncSession, gathering: Gathering, seat: Seat, now: datetime) -> None:
    """Somebody comes: their file, of a higher number than any before."""
    await _file(session, gathering, [seat], now)


async def take_back(session: AsyncSession, gathering: Gathering, seat: Seat, now: datetime) -> None:
    """Somebody can't come: a cancellation, unless no file of theirs has left so far."""
    if seat.calendar is None:
        return
    newest = subjects.calendar(gathering.id, seat.member_id, seat.calendar)
    if await outbox.withdraw(session, gathering.workspace_id, newest, now=now):
        prefix = newest.rpartition(":")[0]
        any_left = select(Delivery.id).where(
            Delivery.workspace_id == gathering.workspace_id,
            Delivery.subject.startswith(f"{prefix}:", autoescape=True),
            Delivery.state.in_(LEFT),
        )
        if (await session.execute(any_left.limit(1))).first() is None:
            return
    await _file(session, gathering, [seat], now)


async def renew(session: AsyncSession, gathering: Gathering, seats: Sequence[Seat], now: datetime) -> None:
    """A change: newer files for those who have one; whoever was given this version already keeps it."""
    since = gathering.version * STRIDE
    stale = [each for each in seats if each.calendar is not None and each.calendar < since]
    await _file(session, gathering, [each for each in stale if each.state == store.COMING], now)


async def _file(session: AsyncSession, gathering: Gathering, seats: Sequence[Seat], now: datetime) -> None:
    people = await members.recipients(session, gathering.workspace_id, [each.member_id for each in seats])
    made = []
    for seat in seats:
        seat.calendar = max(gathering.version * STRIDE, -1 if seat.calendar is None else seat.calendar + 1)
        if (person := people.get(seat.member_id)) is not None and person.reachable:
            made.append(_message(gathering, seat.calendar, person, now))
    await session.flush()
    await outbox.enqueue_all(session, made, now=now)


def _message(gathering: Gathering, sequence: int, person: Recipient, now: datetime) -> Message:
    return Message(
        workspace_id=gathering.workspace_id,
        kind=messages.CALENDAR.name,
        subject=subjects.calendar(gathering.id, person.member_id, sequence),
        to=messages.only(person),
        dedupe_key=subjects.calendar(gathering.id, person.member_id, sequence),
        due_at=now,
        verb=Verb.UPLOAD,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The file as things stand when it leaves; nothing, where a newer one is on its way."""
    gathering, member = await about(session, delivery)
    seat = await store.seat_of(session, gathering, member.id)
    sequence = int(delivery.subject.rpartition(":")[2])
    if seat is None or seat.calendar != sequence:
        return None
    cancelled = gathering.state == store.CALLED_OFF or seat.state != store.COMING
    text = ics(_entry(session, gathering, sequence, cancelled=cancelled), now=now_in(session))
    return views.calendar_file(words.title(session, gathering), text, cancelled=cancelled)


def _entry(session: AsyncSession, gathering: Gathering, sequence: int, *, cancelled: bool) -> Entry:
    return Entry(
        uid=f"gathering-{gathering.id}-{int(gathering.created_at.timestamp())}@perennial",
        sequence=sequence,
        starts_at=gathering.starts_at,
        ends_at=gathering.starts_at + timedelta(minutes=gathering.minutes),
        summary=words.plain_title(session, gathering),
        description=gathering.about or "",
        location=", ".join(each for each in (gathering.place, gathering.link) if each),
        cancelled=cancelled,
    )
