"""Finds which question a thread belongs to: its asker's own, that of somebody who was asked, or the one others see."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import store
from bot.features.questions.models import Asked

ASKER, MENTOR, CHANNEL, REVIEW = "asker", "mentor", "channel", "review"


@dataclass(frozen=True)
class Where:
    """A thread we keep."""

    question_id: int
    thread: str  # asker | mentor | channel
    asked: Asked | None = None  # in the thread of somebody who was asked: their part


async def find(session: AsyncSession, workspace_id: int, kind: str, channel: str, ts: str) -> Where | None:
    """The thread under a message, if it is one of ours: two indexed looks at most."""
    if kind != "im":
        question = await store.at_channel_place(session, workspace_id, channel, ts)
        return None if question is None else Where(question.id, CHANNEL)
    asked = await store.at_mentor_place(session, workspace_id, channel, ts)
    if asked is not None:
        return Where(asked.question_id, MENTOR, asked)
    question = await store.at_asker_place(session, workspace_id, channel, ts)
    return None if question is None else Where(question.id, ASKER)
