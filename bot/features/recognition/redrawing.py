"""A message that stands somewhere is drawn again, as things are by then; one that waits is drawn as it leaves anyway."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.standing import place_of, standing
from bot.messages import Kind, Message, Verb


async def redraw(session: AsyncSession, workspace_id: int, key: str, kind: Kind, now: datetime) -> None:
    """`key`: of the message, `kind`: of the change."""
    stands = await standing(session, workspace_id, key)
    if stands is None:
        return
    message = Message(
        workspace_id=workspace_id,
        kind=kind.name,
        subject=stands.subject,
        to=place_of(stands),
        dedupe_key=f"{key}:{now.isoformat()}",
        due_at=now,
        verb=Verb.UPDATE,
        target_id=stands.id,
    )
    await outbox.enqueue(session, message, now=now)
