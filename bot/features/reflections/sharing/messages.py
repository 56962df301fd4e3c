"""What named readers hear: that there is something to read, and when there no longer is. Never the words themselves."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.reflections.journal.store import share_subject
from bot.features.reflections.models import Reflection
from bot.features.reflections.sharing import store, views
from bot.features.reflections.sharing.rules import Named
from bot.messages import Channel, Content, Kind, Message, MessageClass, People
from bot.slack.used import changed

SHARED = Kind(
    "reflections.shared",
    MessageClass.REQUEST,
    priority=50,
    expires=timedelta(days=14),
    private=True,
    noun=("something a colleague shares", "things colleagues share"),
)
TAKEN_BACK = Kind(
    "reflections.taken_back", MessageClass.ANSWER, priority=10, expires=timedelta(days=14), cost=0, private=True
)


def shared(row: Reflection, reader: Named, now: datetime) -> Message:
    """To one reader; drawn as it leaves, so that nothing is announced which was taken back."""
    return Message(
        workspace_id=row.workspace_id,
        kind=SHARED.name,
        subject=share_subject(row.id),
        to=People((reader.slack_id,), (reader.member_id,)),
        dedupe_key=f"reflections.shared:{row.id}:{reader.member_id}:{now.isoformat()}",
        due_at=now,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Who shares something, if they still do."""
    reflection_id = int(delivery.subject.split(":")[1])
    (reader_id,) = delivery.member_ids
    try:
        row, writer = await store.shared_with(session, delivery.workspace_id, reader_id, reflection_id)
    except Gone:
        return None
    return views.shared(writer.name, row.id)


async def end(
    session: AsyncSession, workspace_id: int, reflection_id: int, reader_ids: list[int], now: datetime
) -> None:
    """What these readers were told says from now on that there is nothing to read."""
    for delivery in await store.told(session, workspace_id, share_subject(reflection_id), SHARED.name, reader_ids):
        if delivery.state == "sent" and delivery.channel is not None:
            update = changed(
                workspace_id, TAKEN_BACK, f"reflection:{reflection_id}:taken_back", views.taken_back(),
                to=Channel(delivery.channel), target_id=delivery.id, key=f"reflections.taken_back:{delivery.id}", now=now,
            )  # fmt: skip
            await outbox.enqueue(session, update, now=now)
