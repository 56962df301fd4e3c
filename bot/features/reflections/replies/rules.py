"""Reads what Slack tells of a message in a thread: written, edited or deleted. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Said:
    """One message by a person, or its change; `thread_ts` is empty where Slack does not say it."""

    what: Literal["written", "edited", "deleted"]
    channel: str
    ts: str
    thread_ts: str
    user: str
    text: str = ""
    edited_ts: str = ""


def read(payload: Mapping[str, Any]) -> Said | None:
    """What a message event tells of a person's own words in direct message; None for everything else."""
    if payload.get("channel_type") != "im":
        return None
    subtype = payload.get("subtype")
    if not subtype:
        return _written(payload)
    if subtype == "message_changed":
        return _edited(payload)
    return _deleted(payload) if subtype == "message_deleted" else None


def _written(payload: Mapping[str, Any]) -> Said | None:
    thread_ts, user, text = payload.get("thread_ts"), payload.get("user"), str(payload.get("text") or "")
    if payload.get("bot_id") or not thread_ts or not user or thread_ts == payload["ts"] or not text.strip():
        return None
    return Said("written", payload["channel"], payload["ts"], thread_ts, user, text)


def _edited(payload: Mapping[str, Any]) -> Said | None:
    """An edit by its writer; Slack sends the same event when it unfolds a link, which changes no words."""
    message = payload.get("message") or {}
    edited, thread_ts, user = message.get("edited"), message.get("thread_ts"), message.get("user")
    if message.get("bot_id") or not edited or not thread_ts or not user or thread_ts == message["ts"]:
        return None
    text = str(message.get("text") or "")
    if not text.strip():
        return None
    return Said("edited", payload["channel"], message["ts"], thread_ts, user, text, str(edited.get("ts") or ""))


def _deleted(payload: Mapping[str, Any]) -> Said | None:
    before = payload.get("previous_message") or {}
    ts = payload.get("deleted_ts") or before.get("ts")
    if not ts or before.get("bot_id"):
        return None
    return Said("deleted", payload["channel"], ts, before.get("thread_ts") or "", before.get("user") or "")


def is_newer(edited_ts: str, known: str | None) -> bool:
    """Whether an edit came after the newest one we know; Slack may deliver them in any order."""
    return known is None or float(edited_ts or 0) > float(known)
