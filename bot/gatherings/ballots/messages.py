"""A ballot in its channel: posted once, drawn as it leaves, and kept true while it stands there."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.gatherings.ballots import store, views
from bot.gatherings.models import Ballot
from bot.messages import Channel, Content, Kind, Message, MessageClass, Verb
from bot.programs import store as programs

POSTED = Kind("gatherings.ballot", MessageClass.APPOINTMENT, priority=50, expires=timedelta(days=2), cost=0)
CHANGED = Kind("gatherings.ballot_changed", MessageClass.ANSWER, priority=40, expires=timedelta(days=14), cost=0)
TOLD = Kind(
    "gatherings.proposal_told", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True
)


def subject_of(ballot_id: int) -> str:
    """What the messages of a ballot are filed under."""
    return f"ballot:{ballot_id}"


async def post(session: AsyncSession, ballot: Ballot, *, now: datetime) -> None:
    """Put it to everybody in its channel."""
    if ballot.channel is None:
        return
    message = Message(
        workspace_id=ballot.workspace_id,
        kind=POSTED.name,
        subject=subject_of(ballot.id),
        to=Channel(ballot.channel),
        dedupe_key=f"ballot:{ballot.id}:posted",
        due_at=now,
        expires_at=ballot.closes_at,
    )
    ballot.posted_id = await outbox.enqueue(session, message, now=now) or ballot.posted_id


async def show(session: AsyncSession, ballot: Ballot, *, key: str, now: datetime) -> None:
    """Have the post say how it stands now."""
    if ballot.posted_id is None or ballot.channel is None:
        return
    message = Message(
        workspace_id=ballot.workspace_id,
        kind=CHANGED.name,
        subject=f"{subject_of(ballot.id)}:shown",
        to=Channel(ballot.channel),
        dedupe_key=f"ballot:{ballot.id}:shown:{key}",
        due_at=now,
        verb=Verb.UPDATE,
        target_id=ballot.posted_id,
    )
    await outbox.enqueue(session, message, now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """How it stands; nothing, where it was taken back before it was posted."""
    ballot = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    if delivery.verb == Verb.POST and ballot.state != store.OPEN:
        return None
    program = await programs.get(session, ballot.workspace_id, ballot.program_id)
    shown = (store.UP,) if ballot.state == store.OPEN else (store.USED, store.USED_HIDDEN, store.WAITING)
    return views.post(ballot, await store.up(session, ballot, *shown), ended=program.state == "ended")
