"""The messages between an owner and those who follow, as they are handed to delivery."""

from datetime import datetime, timedelta

from bot.features.goals.models import Goal
from bot.features.goals.subjects import request_subject
from bot.messages import Kind, Message, MessageClass, People, Recipient

REQUEST = Kind(
    "goals.follow",
    MessageClass.REQUEST,
    priority=45,
    expires=timedelta(days=14),
    private=True,
    noun=("an invitation to follow a goal", "invitations to follow goals"),
)
NEWS = Kind("goals.reached", MessageClass.REQUEST, priority=55, expires=timedelta(days=7), cost=0, private=True)
ANSWERED = Kind(
    "goals.follow_answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True
)


def request(goal: Goal, person: Recipient, now: datetime) -> Message:
    """Would you like to follow? Drawn as it leaves; nothing of the goal is in it."""
    return Message(
        workspace_id=goal.workspace_id,
        kind=REQUEST.name,
        subject=request_subject(goal.id, person.member_id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"goal:{goal.id}:follow:{person.member_id}:{now.isoformat()}",
        due_at=now,
    )


def reached(goal: Goal, person: Recipient, now: datetime) -> Message:
    """It is done: a line to somebody who follows, drawn as it leaves."""
    return Message(
        workspace_id=goal.workspace_id,
        kind=NEWS.name,
        subject=request_subject(goal.id, person.member_id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"goal:{goal.id}:reached:{person.member_id}:{now.isoformat()}",
        due_at=now,
    )
