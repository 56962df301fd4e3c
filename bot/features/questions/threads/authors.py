"""Reaches whoever wrote an answer: in their own thread of the question, or by itself where they have none."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.questions.models import Answer
from bot.features.questions.threads.carrying import Circle
from bot.members import store as members
from bot.messages import Content, Kind, Message, People


def subject_of(answer: Answer) -> str:
    """What is said to the author of an answer is filed under."""
    return f"answer:{answer.id}:author"


async def tell(
    session: AsyncSession, answer: Answer, circle: Circle, content: Content, kind: Kind, *, due_at: datetime, key: str
) -> None:
    """A line to whoever wrote an answer: in their own thread of the question, or by itself where they have none."""
    member = await members.by_id(session, answer.workspace_id, answer.author_id or 0)
    if member is None or member.deactivated_at is not None or member.left_at is not None:
        return
    own = next((asked for asked, each, _ in circle.asked if each.id == member.id), None)
    message = Message(
        workspace_id=answer.workspace_id,
        kind=kind.name,
        subject=subject_of(answer),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{kind.name}:{answer.id}:{key}",
        due_at=due_at,
        content=content,
        target_id=own.delivery_id if own is not None else None,
    )
    await outbox.enqueue(session, message, now=due_at)
