"""What a message is made of, how much it may ask of people, and who receives it: plain values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

Block = dict[str, Any]


class MessageClass(StrEnum):
    """How a message may claim attention; see docs/promises.md."""

    ANSWER = "answer"  # to your own act, or a change to something you joined: never held
    APPOINTMENT = "appointment"  # keeps its time, costs budget, never loses to it
    REQUEST = "request"  # within hours only; limited by load, not budget
    SUGGESTION = "suggestion"  # hours, two a day, the weekly budget


class Verb(StrEnum):
    """What is done in Slack."""

    POST = "post"
    UPDATE = "update"
    DELETE = "delete"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Kind:
    """One row of plain data per message kind. `priority`: smaller leaves first. `expires`: how late is still useful."""

    name: str
    message_class: MessageClass
    priority: int = 50
    expires: timedelta | None = None
    cost: int = 1
    private: bool = False  # a lead sees only counts of it, never a recipient
    noun: tuple[str, str] | None = (
        None  # one of it and several, as people read of it while it waits: ("a nudge", "nudges")
    )


@dataclass(frozen=True)
class Content:
    """What is said: `text` is the lock screen and screen reader; an upload carries a file instead of blocks."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    file_name: str | None = None
    file_text: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the sealed column."""
        return {"text": self.text, "blocks": self.blocks, "file_name": self.file_name, "file_text": self.file_text}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Content":
        """The content that `to_json` described."""
        return cls(**value)


@dataclass(frozen=True)
class People:
    """Recipients in direct message: one person, or two to eight in a group conversation."""

    slack_ids: tuple[str, ...]
    member_ids: tuple[int, ...]


@dataclass(frozen=True)
class Channel:
    """A channel, or a conversation whose id is already known. It costs nobody's attention unless members are named."""

    id: str
    member_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Message:
    """What a feature hands to the outbox. `content=None`: drawn just before sending by the kind's registered draw()."""

    workspace_id: int
    kind: str
    subject: str  # what it is about, such as "introduction:12"; withdrawing the subject withdraws it
    to: People | Channel
    dedupe_key: str  # ids and ISO dates; a second message with the same key is not queued
    due_at: datetime
    content: Content | None = None
    verb: Verb = Verb.POST
    thread_ts: str | None = None
    target_id: int | None = None  # update or delete: the delivery whose message it is about; a post: in whose thread …
    target_ts: str | None = None  # … or the message itself, in the Channel it is sent to
    expires_at: datetime | None = None  # None: the kind's own expiry


@dataclass(frozen=True)
class Recipient:
    """What delivery must know of a member to respect them; `members/` says it."""

    member_id: int
    slack_id: str
    tz: str
    hours_start: int  # minutes after local midnight
    hours_end: int
    work_days: tuple[int, ...]  # Monday is 0
    weekly_budget: int
    paused_until: datetime | None  # UTC; None or past: not paused
    reachable: bool  # False: deactivated, or left Perennial
