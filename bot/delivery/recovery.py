"""Finds out whether a post whose answer was lost did arrive: looks its key up in the conversation it was meant for."""

from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.answers import refusal
from bot.delivery.errors import ErrorClass
from bot.delivery.models import Delivery
from bot.delivery.outcomes import NotThere, Outcome, Sent, Unreadable

BEFORE, AFTER = timedelta(minutes=1), timedelta(minutes=5)  # the minutes around our own call, and nothing more
PAGE, MOST_PAGES = 200, 10
UNREADABLE = frozenset({ErrorClass.CHANNEL, ErrorClass.PERSON, ErrorClass.OUR_BUG, ErrorClass.TOO_LATE})
NO_RIGHT = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})


async def look(client: AsyncWebClient, delivery: Delivery) -> Outcome:
    """Sent, NotThere or Unreadable; whatever else was said in these minutes is looked at here and forgotten here."""
    try:
        channel = delivery.channel or await _open(client, delivery)
        found = await _find(client, delivery, channel)
    except SlackApiError as error:
        why = refusal(error)
        if why.error_class in UNREADABLE or why.code in NO_RIGHT:
            return Unreadable(why.code)
        return why
    return NotThere(channel) if found is None else Sent(channel, found)


async def _open(client: AsyncWebClient, delivery: Delivery) -> str:
    """The D… id of somebody who was first written to by user id."""
    answer = await client.conversations_open(users=delivery.slack_ids)
    return str(answer["channel"]["id"])


async def _find(client: AsyncWebClient, delivery: Delivery, channel: str) -> str | None:
    started = delivery.started_at or delivery.created_at
    asked: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{(started - BEFORE).timestamp():.6f}",
        "latest": f"{(started + AFTER).timestamp():.6f}",
        "inclusive": True,
        "include_all_metadata": True,
        "limit": PAGE,
    }
    if delivery.thread_ts:
        asked["ts"] = delivery.thread_ts
    for _ in range(MOST_PAGES):
        page = await client.api_call(delivery.method, http_verb="GET", params=asked)
        for message in page.get("messages") or []:
            if _is_ours(message, delivery):
                return str(message["ts"])
        asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
        if not asked["cursor"]:
            break
    return None


def _is_ours(message: dict[str, Any], delivery: Delivery) -> bool:
    """By key; a file carries none and is known by the id Slack gave it when it took the bytes."""
    if delivery.file_id:
        return any(file.get("id") == delivery.file_id for file in message.get("files") or [])
    metadata = message.get("metadata") or {}
    return bool((metadata.get("event_payload") or {}).get("key") == delivery.wire_key)


def share_ts(files: list[dict[str, Any]], channel: str) -> str | None:
    """The message that shows a file in a conversation, if Slack says so at once."""
    for file in files:
        for places in (file.get("shares") or {}).values():
            for share in places.get(channel) or []:
                return str(share["ts"])
    return None
