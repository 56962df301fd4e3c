"""chat.unfurl: what an app shows of its own links, as a small card under the message that holds them."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from playground import blocks as block_kit
from playground.web_api.call import Call, SlackError, methods
from playground.workspace import Doc

_MOST_LINKS = 5
_LINK = re.compile(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>")
_SHAPES = {"blocks", "title", "text", "title_link", "fallback", "color", "preview", "hide_color"}


def links_to(domains: Iterable[str], text: str) -> list[Doc]:
    """The links of a text to these domains or below them, as an event names them."""
    found: list[Doc] = []
    for address in dict.fromkeys(_LINK.findall(text)):
        url = address.replace("&amp;", "&")
        host = (urlsplit(url).hostname or "").lower()
        domain = next((one for one in domains if host == one or host.endswith(f".{one}")), None)
        if domain is not None:
            found.append({"domain": domain, "url": url})
    return found[:_MOST_LINKS]


@methods.add("chat.unfurl", "links:write")
def unfurl(call: Call) -> Doc:
    """Only for links to the app's domains that stand in the message."""
    workspace, channel, ts = call.workspace, call.text("channel"), call.text("ts")
    unfurls = call.structure("unfurls", dict, "invalid_unfurls_format")
    if not unfurls:
        raise SlackError("missing_unfurls")
    if not workspace.has_channel(channel):
        raise SlackError("cannot_find_channel")
    message = workspace.message(channel, ts)
    if message is None or message.get("is_ephemeral"):
        raise SlackError("cannot_find_message")
    domains = workspace.manifest.get("features", {}).get("unfurl_domains") or []
    shared = {link["url"] for link in links_to(domains, message["text"])}
    kept = [one for one in message.get("attachments") or [] if one.get("from_url") not in unfurls]
    for url, shown in unfurls.items():
        if url not in shared:
            raise SlackError("cannot_unfurl_url")
        if not isinstance(shown, dict) or set(shown) - _SHAPES:
            raise SlackError("invalid_unfurls_format")
        if problems := block_kit.problems_with_message(shown.get("blocks") or []):
            raise SlackError("cannot_parse_attachment", problems)
        kept.append(
            shown
            | {"id": len(kept) + 1, "from_url": url, "original_url": url, "is_app_unfurl": True}
            | {"bot_id": workspace.fact("bot_id"), "app_unfurl_url": url}
        )
    workspace.update_message(channel, ts, attachments=kept)
    return {}
