"""What whoever is thanked is told, as it is handed to delivery; drawn as it leaves, and again after every change.

A thank-you is a request, not an answer: it is read in the hours of whom it is for, and asks them whether others may read
it. Nor is it a suggestion: somebody's words to somebody never lose to a budget. It costs none, for nobody chose its moment.
"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.recognition import rules, store
from bot.features.recognition.models import Thanks
from bot.features.recognition.receiving import views
from bot.features.recognition.redrawing import redraw
from bot.features.recognition.words import local_day
from bot.members import store as members
from bot.messages import Content, Kind, Message, MessageClass, People, Recipient, Verb

RECEIVED = Kind(
    "recognition.received",
    MessageClass.REQUEST,
    priority=40,
    expires=timedelta(days=60),
    cost=0,
    private=True,
    noun=("a thank-you", "thank-yous"),
)
TOGETHER = Kind(
    "recognition.together",
    MessageClass.REQUEST,
    priority=45,
    expires=timedelta(days=14),
    cost=0,
    private=True,
    noun=("thank-yous", "thank-yous"),
)
CHANGED = Kind("recognition.changed", MessageClass.ANSWER, priority=10, expires=timedelta(days=7), cost=0, private=True)


def subject_of(thanks_id: int) -> str:
    """What the messages about a thank-you are about."""
    return f"thanks:{thanks_id}"


def together_subject(member_id: int) -> str:
    """What the message about several of them is about."""
    return f"recognition:{member_id}:together"


def key_of(row: Thanks) -> str:
    """What finds its message."""
    return f"{RECEIVED.name}:{row.id}"


def received(row: Thanks, person: Recipient, now: datetime) -> Message:
    """To whom it is for: by itself, or with others of that day in one message."""
    together = row.folded_on is not None
    return Message(
        workspace_id=row.workspace_id,
        kind=TOGETHER.name if together else RECEIVED.name,
        subject=together_subject(row.receiver_id) if together else subject_of(row.id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"{TOGETHER.name}:{row.receiver_id}:{row.folded_on}" if together else key_of(row),
        due_at=now + rules.TOGETHER_AFTER if together else now,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As things stand at this moment; nothing new about what was taken back, but a message that stands says so."""
    row = await store.find(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    stands = delivery.verb == Verb.UPDATE
    if row is None or row.state != rules.GIVEN:
        gone = views.hidden() if row is not None and row.state == rules.HIDDEN else views.taken_back()
        return gone if stands else None
    try:
        return views.received(await store.open_one(session, row))
    except Gone:
        return views.taken_back() if stands else None


async def draw_together(session: AsyncSession, delivery: Delivery) -> Content | None:
    """How many more there are, in one message."""
    (member_id,) = delivery.member_ids
    member = await members.by_id(session, delivery.workspace_id, member_id)
    if member is None:
        return None
    many = await store.folded(session, delivery.workspace_id, member_id, local_day(delivery.created_at, member.tz))
    return views.together(many) if many else None


async def follow(session: AsyncSession, row: Thanks, now: datetime) -> None:
    """Its message says what was chosen, or that there is nothing to read any more."""
    await redraw(session, row.workspace_id, key_of(row), CHANGED, now)
