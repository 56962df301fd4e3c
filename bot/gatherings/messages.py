"""What gatherings send: how much each message may ask of people, and to whom it goes."""

from datetime import datetime, timedelta

from bot.gatherings import subjects
from bot.gatherings.models import Gathering
from bot.messages import Content, Kind, Message, MessageClass, People, Recipient

POSTED = Kind("gatherings.posted", MessageClass.ANSWER, priority=30, cost=0)
REFRESHED = Kind("gatherings.refreshed", MessageClass.ANSWER, priority=40, cost=0)
THREAD = Kind("gatherings.thread", MessageClass.ANSWER, priority=30, cost=0)
NEWS = Kind("gatherings.news", MessageClass.ANSWER, priority=10, cost=0)
SEAT = Kind("gatherings.seat", MessageClass.ANSWER, priority=10, cost=0)
HOST = Kind("gatherings.host", MessageClass.ANSWER, priority=20, cost=0)
CALENDAR = Kind("gatherings.calendar", MessageClass.ANSWER, priority=40, cost=0)
SOON = Kind("gatherings.soon", MessageClass.APPOINTMENT, priority=1)
REMINDER = Kind("gatherings.reminder", MessageClass.APPOINTMENT, priority=40)
INVITATION = Kind(
    "gatherings.invitation",
    MessageClass.REQUEST,
    priority=50,
    noun=("an invitation to a session", "invitations to sessions"),
)
OUTSIDE = Kind(
    "gatherings.outside",
    MessageClass.SUGGESTION,
    priority=40,
    expires=timedelta(days=7),
    noun=("a session of a program of yours", "sessions of programs of yours"),
)


def to_one(
    gathering: Gathering,
    kind: Kind,
    person: Recipient,
    *,
    key: str,
    now: datetime,
    content: Content | None = None,
    subject: str | None = None,
    expires_at: datetime | None = None,
) -> Message:
    """A direct message about a gathering; without content it is drawn as it leaves."""
    return Message(
        workspace_id=gathering.workspace_id,
        kind=kind.name,
        subject=subject or subjects.personal(gathering.id),
        to=only(person),
        dedupe_key=f"gathering:{gathering.id}:{key}:{person.member_id}",
        due_at=now,
        content=content,
        expires_at=expires_at,
    )


def only(person: Recipient) -> People:
    """To one person, in direct message."""
    return People((person.slack_id,), (person.member_id,))
