"""What messages about goals are about, and which message of ours is about a goal."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.models import Delivery
from bot.features.goals import store
from bot.features.goals.models import Goal


def subject_of(goal_id: int) -> str:
    """What the messages about a goal are about."""
    return f"goal:{goal_id}"


def request_subject(goal_id: int, member_id: int) -> str:
    """What a request to follow a goal is about."""
    return f"goal:{goal_id}:follow:{member_id}"


def goal_id_in(subject: str) -> int:
    """The goal a subject names."""
    return int(subject.split(":")[1])


async def about(session: AsyncSession, delivery: Delivery, *, lock: bool = False) -> Goal | None:
    """The goal a message is about; None where it was erased meanwhile."""
    return await store.find(session, delivery.workspace_id, goal_id_in(delivery.subject), lock=lock)


async def message_at(session: AsyncSession, goal: Goal, channel: str, ts: str) -> Delivery | None:
    """The message about this goal that stands there."""
    query = select(Delivery).where(
        Delivery.workspace_id == goal.workspace_id,
        Delivery.subject == subject_of(goal.id),
        Delivery.verb == "post",
        Delivery.channel == channel,
        Delivery.ts == ts,
    )
    return (await session.execute(query.limit(1))).scalar_one_or_none()


async def question_of(session: AsyncSession, goal: Goal) -> Delivery | None:
    """The message with the question that still waits for an answer."""
    if goal.asked_id is None:
        return None
    query = select(Delivery).where(Delivery.workspace_id == goal.workspace_id, Delivery.id == goal.asked_id)
    return (await session.execute(query)).scalar_one_or_none()
