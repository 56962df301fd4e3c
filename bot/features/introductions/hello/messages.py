"""The messages of an introduction as they are handed to delivery: their kinds, keys and moments."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.features.introductions.hello import views
from bot.members.store import Profile
from bot.messages import Channel, Content, Kind, Message, MessageClass, People, Recipient
from bot.programs.rules import in_their_hours

HELLO = Kind("introductions.hello", MessageClass.APPOINTMENT, priority=20, expires=timedelta(days=3))
NEWS = Kind("introductions.news", MessageClass.APPOINTMENT, priority=40, expires=timedelta(days=4), cost=0)
MOVED = Kind("introductions.moved", MessageClass.ANSWER, priority=30, expires=timedelta(days=2), cost=0)
SOON = timedelta(days=3)


def subject_of(introduction_id: int) -> str:
    """What the messages of an introduction are about."""
    return f"introduction:{introduction_id}"


def id_in(subject: str) -> int:
    """The introduction a subject names."""
    return int(subject.rpartition(":")[2])


def hello(
    workspace_id: int, introduction_id: int, group: Sequence[int], people: Mapping[int, Profile], due_at: datetime
) -> Message:
    """The introduction, drawn when it leaves."""
    return Message(
        workspace_id=workspace_id,
        kind=HELLO.name,
        subject=subject_of(introduction_id),
        to=People(tuple(people[each].slack_id for each in group), tuple(group)),
        dedupe_key=f"introduction:{introduction_id}:hello",
        due_at=due_at,
    )


def left_out(workspace_id: int, round_id: int, person: Recipient, now: datetime) -> Message:
    """To one who has no seat."""
    return news(workspace_id, f"round:{round_id}", person, views.left_out(), f"left-out:{person.member_id}", now)


def news(workspace_id: int, subject: str, person: Recipient, content: Content, what: str, now: datetime) -> Message:
    """Something that changed for one member, told in their own hours."""
    return Message(
        workspace_id=workspace_id,
        kind=NEWS.name,
        subject=subject,
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"{subject}:{what}",
        due_at=their_hours(person, now),
        content=content,
    )


def their_hours(person: Recipient, now: datetime) -> datetime:
    """Now, or when their next working hours begin."""
    return in_their_hours(
        now,
        before=now + 2 * SOON,
        tz=person.tz,
        hours_start=person.hours_start,
        hours_end=person.hours_end,
        work_days=person.work_days,
    )


def moved(workspace_id: int, introduction_id: int, channel: str, content: Content, now: datetime) -> Message:
    """In the conversation that a larger one takes the place of."""
    return Message(
        workspace_id=workspace_id,
        kind=MOVED.name,
        subject=subject_of(introduction_id),
        to=Channel(channel),
        dedupe_key=f"introduction:{introduction_id}:moved",
        due_at=now,
        content=content,
    )
