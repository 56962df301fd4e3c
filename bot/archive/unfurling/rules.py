"""Which of the links in a message lead to a card, and whether a conversation is for colleagues only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MOST_LINKS = 5
IN_A_MESSAGE = "conversations_history"  # the other source is a message still being written, whose place nobody knows
_PATH = re.compile(r"/insights/(\d{1,9})/?")


@dataclass(frozen=True)
class Shared:
    """Where links were posted, and the cards they lead to: the address as it was written, and the card's id."""

    channel: str
    ts: str
    links: tuple[tuple[str, int], ...]


def read_shared(payload: Mapping[str, Any], base_url: str | None) -> Shared | None:
    """What an event says about links of ours; None where it holds none, or says too little."""
    if not base_url or payload.get("source", IN_A_MESSAGE) != IN_A_MESSAGE:
        return None
    channel, ts = payload.get("channel"), payload.get("message_ts")
    if not isinstance(channel, str) or not isinstance(ts, str):
        return None
    links = tuple(
        (link["url"], card)
        for link in (payload.get("links") or [])[:MOST_LINKS]
        if isinstance(link, dict) and (card := card_of(link.get("url"), base_url)) is not None
    )
    return Shared(channel, ts, links) if links else None


def card_of(url: object, base_url: str) -> int | None:
    """The id of the card an address leads to, if it is one of ours."""
    if not isinstance(url, str):
        return None
    try:
        found, ours = urlsplit(url), urlsplit(base_url.rstrip("/"))
    except ValueError:
        return None
    if (found.scheme, found.netloc.lower()) != (ours.scheme, ours.netloc.lower()):
        return None
    match = _PATH.fullmatch(found.path.removeprefix(ours.path)) if found.path.startswith(ours.path) else None
    return int(match[1]) if match else None


def is_among_colleagues(conversation: Mapping[str, Any]) -> bool:
    """Whether nobody of another company reads there, now or soon; when in doubt, no."""
    if conversation.get("is_ext_shared") is not False:
        return False
    return not (conversation.get("is_pending_ext_shared") or conversation.get("pending_shared"))
