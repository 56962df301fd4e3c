"""The note about a milestone, as it is handed to delivery: a suggestion, within hours and budget, for nobody asked for it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.delivery.models import Delivery
from bot.features.recognition.milestones import kinds, views
from bot.features.recognition.models import Milestone
from bot.features.recognition.redrawing import redraw
from bot.messages import Content, Kind, Message, MessageClass, People, Recipient, Verb

REACHED = Kind(
    "recognition.reached",
    MessageClass.SUGGESTION,
    priority=55,
    expires=timedelta(days=7),
    private=True,
    noun=("a milestone of yours", "milestones of yours"),
)
REACHED_CHANGED = Kind(
    "recognition.reached_changed", MessageClass.ANSWER, priority=10, expires=timedelta(days=7), cost=0, private=True
)


def key_of(row: Milestone) -> str:
    """What finds its note."""
    return f"{REACHED.name}:{row.id}"


def reached(row: Milestone, person: Recipient, now: datetime) -> Message:
    """To whoever reached it."""
    return Message(
        workspace_id=row.workspace_id,
        kind=REACHED.name,
        subject=f"milestone:{row.id}",
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=key_of(row),
        due_at=now + timedelta(minutes=10),  # a slip of the finger celebrates nothing
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing, where it was undone before anybody was told."""
    row = await lookup.find(session, Milestone, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    kind = kinds.known(session).get(row.kind) if row is not None else None
    if row is None or kind is None:
        return None
    if delivery.verb == Verb.POST and not await kind.holds(session, row.workspace_id, row.member_id, row.about_id):
        return None
    return views.note(row.id, kind.yours, shared=row.shared_at is not None)


async def follow(session: AsyncSession, row: Milestone, now: datetime) -> None:
    """Its note says what was chosen."""
    await redraw(session, row.workspace_id, key_of(row), REACHED_CHANGED, now)
