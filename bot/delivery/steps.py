"""Which Slack method takes a delivery one step further on its way."""

from dataclasses import dataclass
from typing import Protocol

from bot.messages import MessageClass, Verb

OPEN = "conversations.open"
POST = "chat.postMessage"
UPDATE = "chat.update"
DELETE = "chat.delete"
GET_UPLOAD = "files.getUploadURLExternal"
FINISH_UPLOAD = "files.completeUploadExternal"
HISTORY = "conversations.history"
REPLIES = "conversations.replies"
WHOLE = "*"  # the workspace as a whole, in the table of limits

LAST_STEPS = frozenset({POST, UPDATE, DELETE, FINISH_UPLOAD})  # after these somebody can see it
ONCE_ONLY = frozenset({POST, FINISH_UPLOAD})  # a second call would be seen twice; the others repeat safely
LOOKUPS = frozenset({HISTORY, REPLIES})
METHODS = (WHOLE, OPEN, POST, UPDATE, DELETE, GET_UPLOAD, FINISH_UPLOAD, HISTORY, REPLIES)
CLASS_ORDER = {each: place for place, each in enumerate(MessageClass)}  # the classes are named in their order


class OnItsWay(Protocol):
    """What decides the next step."""

    verb: str
    channel: str | None
    slack_ids: list[str]
    thread_ts: str | None
    file_id: str | None


@dataclass
class _Start:
    verb: str
    channel: str | None
    slack_ids: list[str]
    thread_ts: str | None = None
    file_id: str | None = None


def next_step(delivery: OnItsWay) -> str:
    """The method to call next. One person may be written to by user id; several need their conversation opened."""
    if delivery.verb == Verb.UPDATE:
        return UPDATE
    if delivery.verb == Verb.DELETE:
        return DELETE
    if delivery.verb == Verb.UPLOAD:
        if delivery.channel is None:
            return OPEN
        return FINISH_UPLOAD if delivery.file_id else GET_UPLOAD
    return OPEN if delivery.channel is None and len(delivery.slack_ids) > 1 else POST


def first_step(verb: str, channel: str | None, people: int) -> str:
    """The method that a message begins with."""
    return next_step(_Start(verb, channel, [""] * people))


def lookup_step(delivery: OnItsWay) -> str:
    """The method that shows whether it arrived."""
    return REPLIES if delivery.thread_ts else HISTORY


def rank_of(message_class: str, priority: int) -> int:
    """Class, then priority, as one number to sort by."""
    return CLASS_ORDER[MessageClass(message_class)] * 1000 + priority
