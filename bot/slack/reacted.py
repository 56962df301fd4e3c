"""Reads what Slack tells of a reaction to a message. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ADDED, REMOVED = "reaction_added", "reaction_removed"


@dataclass(frozen=True)
class Reacted:
    """One emoji of one person on one message, put there or taken back; `at` is Slack's own time of it."""

    there: bool
    channel: str
    ts: str
    user: str
    name: str
    at: str
    own: bool  # on what they wrote themselves


def read(payload: Mapping[str, Any]) -> Reacted | None:
    """What the event tells; None where it is about something else than a message, such as a file."""
    item = payload.get("item")
    if not isinstance(item, Mapping) or item.get("type") != "message":
        return None
    told = (item.get("channel"), item.get("ts"), payload.get("user"), payload.get("reaction"), payload.get("event_ts"))
    said = [each for each in told if isinstance(each, str) and each]
    if len(said) < len(told):
        return None
    channel, ts, user, name, at = said
    return Reacted(payload.get("type") == ADDED, channel, ts, user, name, at, own=payload.get("item_user") == user)
