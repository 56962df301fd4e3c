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
    item = payload.get("item") or {}
    place = (item.get("channel"), item.get("ts"))
    who, name, at = payload.get("user"), payload.get("reaction"), payload.get("event_ts")
    if item.get("type") != "message" or not all((*place, who, name, at)):
        return None
    own = payload.get("item_user") == who
    return Reacted(payload.get("type") == ADDED, str(place[0]), str(place[1]), str(who), str(name), str(at), own)
