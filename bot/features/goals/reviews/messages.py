"""The questions about a goal, as they are handed to delivery."""

from datetime import datetime, timedelta

from bot.features.goals.models import Goal
from bot.features.goals.subjects import subject_of
from bot.messages import Content, Kind, Message, MessageClass, People, Recipient

REVIEW = Kind(
    "goals.review",
    MessageClass.SUGGESTION,
    priority=35,
    expires=timedelta(days=6),
    private=True,
    noun=("a look at a goal", "looks at your goals"),
)
PLAN = Kind(
    "goals.plan",
    MessageClass.SUGGESTION,
    priority=34,
    expires=timedelta(days=6),
    private=True,
    noun=("a short plan for a goal", "short plans for goals"),
)
AFTER = Kind(
    "goals.after_plan",
    MessageClass.SUGGESTION,
    priority=33,
    expires=timedelta(days=5),
    private=True,
    noun=("a question about a plan", "questions about plans"),
)
DONE = Kind("goals.done", MessageClass.ANSWER, priority=20, expires=timedelta(days=2), cost=0, private=True)
BACK = ":back:"  # in the key of a review that ends a pause


def question(goal: Goal, kind: Kind, person: Recipient, now: datetime, *, back: bool = False) -> Message:
    """Drawn as it leaves: nothing is asked about a goal that is over by then."""
    what = f"{kind.name}{BACK if back else ':'}"
    return Message(
        workspace_id=goal.workspace_id,
        kind=kind.name,
        subject=subject_of(goal.id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"goal:{goal.id}:{what}{now.date().isoformat()}",
        due_at=now,
    )


def done(goal: Goal, person: Recipient, content: Content, now: datetime) -> Message:
    """One line to whoever reached it."""
    return Message(
        workspace_id=goal.workspace_id,
        kind=DONE.name,
        subject=subject_of(goal.id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"goal:{goal.id}:done:{now.isoformat()}",
        due_at=now,
        content=content,
    )
