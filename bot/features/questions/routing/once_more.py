"""Somebody is asked once more, in the thread they were asked in: one question is one thread for each who answers."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import lifecycle, messages, standing, store
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import views
from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People

AGAIN = Kind(
    "questions.ask_again",
    MessageClass.REQUEST,
    priority=10,
    private=True,
    noun=("a question from a colleague", "questions from colleagues"),
)


async def ask(
    session: AsyncSession, question: Question, row: Asked, member: Member, *, now: datetime, expires_at: datetime
) -> None:
    """Their message holds the question and its buttons again, and a line under it says so."""
    await lifecycle.show_to_asked(session, row, now=now)
    message = Message(
        workspace_id=question.workspace_id,
        kind=AGAIN.name,
        subject=messages.subject_of(question.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"questions.ask_again:{row.id}:{outbox.moment(session, now)}",
        due_at=now,
        expires_at=expires_at,
        target_id=row.delivery_id,
    )
    await outbox.enqueue(session, message, now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Nothing, where they are not asked any more."""
    (member_id,) = delivery.member_ids
    try:
        question = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
        row = await store.asked_as(session, question, member_id)
        if row is None or row.state != "asked":
            return None
        return views.once_more(await standing.of_mentor(session, question, row))
    except Gone:
        return None
