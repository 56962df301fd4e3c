"""The messages of nudges, as they are handed to delivery."""

from datetime import datetime, timedelta

from bot.messages import Channel, Content, Kind, Message, MessageClass, People
from bot.slack import used

NUDGE = Kind(
    "nudges.nudge",
    MessageClass.SUGGESTION,
    priority=70,
    expires=timedelta(days=2),
    private=True,
    noun=("a nudge", "nudges"),
)
SEEN_ALL = Kind("nudges.seen_all", MessageClass.SUGGESTION, priority=80, expires=timedelta(days=7), private=True)
ANSWERED = Kind("nudges.answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)


def subject_of(nudge_id: int) -> str:
    """The subject of everything about one nudge."""
    return f"nudge:{nudge_id}"


def id_in(subject: str) -> int:
    """The nudge that a subject is about."""
    return int(subject.split(":")[1])


def key_of(nudge_id: int) -> str:
    """The dedupe key of the message a nudge came in; its answer is shown in the same message."""
    return f"nudge:{nudge_id}"


def nudge(workspace_id: int, nudge_id: int, slack_id: str, member_id: int, now: datetime) -> Message:
    """To its person, drawn as it leaves."""
    return Message(
        workspace_id=workspace_id,
        kind=NUDGE.name,
        subject=subject_of(nudge_id),
        to=People((slack_id,), (member_id,)),
        dedupe_key=key_of(nudge_id),
        due_at=now,
    )


def seen_all(workspace_id: int, slack_id: str, member_id: int, content: Content, now: datetime) -> Message:
    """Said once, when nothing is left that they did not have within half a year."""
    return Message(
        workspace_id=workspace_id,
        kind=SEEN_ALL.name,
        subject=f"nudges:{member_id}",
        to=People((slack_id,), (member_id,)),
        dedupe_key=f"nudges.seen_all:{member_id}:{now.date()}",
        due_at=now,
        content=content,
    )


def changed(
    workspace_id: int, nudge_id: int, content: Content, now: datetime, *,
    to: Channel | People, ts: str | None, target_id: int | None, key: str,
) -> Message:  # fmt: skip
    """The message of a nudge changes into what was said to it."""
    return used.changed(
        workspace_id, ANSWERED, f"{subject_of(nudge_id)}:answer", content, to=to, ts=ts,
        target_id=target_id, key=f"nudge:{nudge_id}:answer:{key}", now=now,
    )  # fmt: skip
