"""A message that stands somewhere is drawn again, as things are by then; one that waits is drawn as it leaves anyway."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.messages import Channel, Kind, Message, People, Verb

ON_ITS_WAY = ("sending", "unknown", "parked", "sent")


async def redraw(session: AsyncSession, workspace_id: int, key: str, kind: Kind, now: datetime) -> None:
    """`key`: of the message, `kind`: of the change.

    It is locked: what leaves at this very moment was drawn before the change, and then has to be drawn again.
    """
    stands = await outbox.find(session, workspace_id, key, lock=True)
    if stands is None or stands.state not in ON_ITS_WAY:
        return
    message = Message(
        workspace_id=workspace_id,
        kind=kind.name,
        subject=stands.subject,
        to=_where(stands),
        dedupe_key=f"{key}:{now.isoformat()}",
        due_at=now,
        verb=Verb.UPDATE,
        target_id=stands.id,
    )
    await outbox.enqueue(session, message, now=now)


def _where(stands: Delivery) -> Channel | People:
    if stands.slack_ids:
        return People(tuple(stands.slack_ids), tuple(stands.member_ids))
    assert stands.channel is not None, "it goes to a channel"
    return Channel(stands.channel)
