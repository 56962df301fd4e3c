"""A thread of somebody who was asked begins to stand: whatever was said before is carried there, if they hold the question."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.features.questions import messages, store
from bot.features.questions.threads import carrying


async def ask_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Its place is known from now on."""
    await messages.ask_sent(session, delivery)
    await session.flush()
    question = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    await carrying.catch_up(session, question, now=delivery.settled_at or delivery.due_at)
