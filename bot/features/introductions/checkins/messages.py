"""The messages that follow an introduction, as they are handed to delivery."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.features.introductions.hello.messages import subject_of
from bot.features.introductions.models import Introduction
from bot.messages import Channel, Content, Kind, Message, MessageClass, People, Recipient
from bot.slack.used import changed

BUMP = Kind("introductions.bump", MessageClass.SUGGESTION, priority=60, expires=timedelta(days=2))
CHECK_IN = Kind(
    "introductions.check_in",
    MessageClass.SUGGESTION,
    priority=30,
    expires=timedelta(days=4),
    noun=("a check-in", "check-ins"),
)
# Told although they are paused: it is about the pause.
QUIET = Kind("introductions.quiet", MessageClass.ANSWER, priority=50, expires=timedelta(days=14), cost=0)
NOTE = Kind("introductions.note", MessageClass.APPOINTMENT, priority=60, expires=timedelta(days=2), cost=0)
ANSWERED = Kind("introductions.answered", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0)


def bump(introduction: Introduction, member_ids: Sequence[int], now: datetime) -> Message:
    """In the conversation itself; it costs everybody in it one."""
    assert introduction.channel is not None, "it was sent"
    return Message(
        workspace_id=introduction.workspace_id,
        kind=BUMP.name,
        subject=subject_of(introduction.id),
        to=Channel(introduction.channel, tuple(member_ids)),
        dedupe_key=f"introduction:{introduction.id}:bump",
        due_at=now,
        expires_at=min(now + timedelta(days=2), introduction.ends_at),
    )


def check_in_key(introduction_id: int, member_id: int, *, again: bool) -> str:
    """The key of a check-in; its answer is shown in the same message."""
    return f"introduction:{introduction_id}:{'again' if again else 'ask'}:{member_id}"


def check_in(introduction: Introduction, person: Recipient, now: datetime, *, again: bool) -> Message:
    """To one of its people, drawn as it leaves: nothing is asked that was answered meanwhile."""
    return Message(
        workspace_id=introduction.workspace_id,
        kind=CHECK_IN.name,
        subject=subject_of(introduction.id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=check_in_key(introduction.id, person.member_id, again=again),
        due_at=now,
        expires_at=now + timedelta(days=3 if not again else 2),
    )


def answered(
    workspace_id: int, introduction_id: int, content: Content, now: datetime, *,
    to: Channel | People, ts: str | None, target_id: int | None, key: str,
) -> Message:  # fmt: skip
    """The check-in changes into what was said."""
    return changed(
        workspace_id, ANSWERED, f"{subject_of(introduction_id)}:answers", content, to=to, ts=ts,
        target_id=target_id, key=f"introduction:{introduction_id}:answered:{key}", now=now,
    )  # fmt: skip
