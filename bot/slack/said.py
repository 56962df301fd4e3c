"""Reads what Slack tells of a message in a thread, and puts people's words as they typed them. Values in, values out."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SPOKEN = frozenset({None, "", "file_share", "thread_broadcast", "me_message"})  # subtypes that are somebody's own words
KINDS = frozenset({"im", "channel", "group"})

_LINK = re.compile(r"<((?:https?|mailto):[^|>]*)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#(\w+)(?:\|([^>]*))?>")
_COMMAND = re.compile(r"<!(\w+)(?:\^[^|>]*)?(?:\|([^>]*))?>")
_PERSON = re.compile(r"<@(\w+)(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Said:
    """One message in a thread, or its change; `thread_ts` is empty where Slack does not say it or it is no reply."""

    what: Literal["written", "edited", "deleted"]
    kind: str  # of the conversation: im | channel | group
    channel: str
    ts: str
    thread_ts: str = ""
    user: str = ""
    team: str = ""  # whose workspace they belong to, where Slack says it
    text: str = ""
    edited_ts: str = ""
    files: bool = False
    by_app: bool = False


def read(payload: Mapping[str, Any]) -> Said | None:
    """What a message event tells that can concern a thread: a person's words, or that something is gone."""
    if payload.get("channel_type") not in KINDS:
        return None
    subtype = payload.get("subtype")
    if subtype in SPOKEN:
        return _said("written", payload, payload)
    if subtype == "message_changed":
        return _changed(payload)
    return _deleted(payload) if subtype == "message_deleted" else None


def _said(what: Literal["written", "edited"], payload: Mapping[str, Any], message: Mapping[str, Any]) -> Said | None:
    thread_ts, user = str(message.get("thread_ts") or ""), str(message.get("user") or "")
    if message.get("bot_id") or not thread_ts or thread_ts == message.get("ts") or not user:
        return None
    return Said(
        what,
        payload["channel_type"],
        payload["channel"],
        message["ts"],
        thread_ts,
        user,
        str(message.get("user_team") or message.get("team") or ""),
        str(message.get("text") or "").strip(),
        str((message.get("edited") or {}).get("ts") or ""),
        bool(message.get("files")),
    )


def _changed(payload: Mapping[str, Any]) -> Said | None:
    """An edit by its writer, or what Slack leaves of a deleted message with replies; unfolding a link changes no words."""
    message = payload.get("message") or {}
    if message.get("subtype") == "tombstone":
        return _deleted(payload)
    if message.get("subtype") not in SPOKEN or not message.get("edited"):
        return None
    return _said("edited", payload, message)


def _deleted(payload: Mapping[str, Any]) -> Said | None:
    before = payload.get("previous_message") or {}
    ts = str(payload.get("deleted_ts") or before.get("ts") or (payload.get("message") or {}).get("ts") or "")
    if not ts:
        return None
    thread_ts = str(before.get("thread_ts") or "")
    if before.get("bot_id") and thread_ts not in ("", ts):
        return None  # a line of an app, such as a copy that went with its words
    return Said(
        "deleted",
        payload["channel_type"],
        payload["channel"],
        ts,
        "" if thread_ts == ts else thread_ts,
        str(before.get("user") or ""),
        by_app=bool(before.get("bot_id")),
    )


def is_newer(edited_ts: str, known: str | None) -> bool:
    """Whether an edit came after the newest one we know; Slack may deliver them in any order."""
    return known is None or float(edited_ts or 0) > float(known)


def people_in(text: str) -> list[str]:
    """The Slack ids that a message's text names."""
    return list(dict.fromkeys(_PERSON.findall(text)))


def as_typed(text: str, names: Mapping[str, str]) -> str:
    """A message's text as its writer saw it: Slack's marks become words, links keep their address. `names` by Slack id."""
    text = _LINK.sub(_link, text)
    text = _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", text)
    text = _COMMAND.sub(lambda found: f"@{(found[2] or found[1]).lstrip('@')}", text)
    text = _PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
    return html.unescape(text).strip()


def _link(found: re.Match[str]) -> str:
    address = found[1].removeprefix("mailto:")
    return f"{found[2]} ({address})" if found[2] and found[2] != address else address
