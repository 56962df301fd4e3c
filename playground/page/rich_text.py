"""The rich_text block: what people type in the real client arrives as this tree."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup, escape

from playground.page.context import Context
from playground.page.dates import fill_tokens
from playground.page.emoji import glyph
from playground.page.mrkdwn import safe_href

Doc = Mapping[str, Any]
_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}


def rich_text(block: Doc, ctx: Context) -> Markup:
    return Markup('<div class="rich">{}</div>').format(_join(_part(part, ctx) for part in block.get("elements", [])))


def _join(parts: Any) -> Markup:
    return Markup("").join(parts)


def _part(part: Doc, ctx: Context) -> Markup:
    inside = part.get("elements", [])
    match part.get("type"):
        case "rich_text_section":
            return Markup("<p>{}</p>").format(_join(_run(run, ctx) for run in inside))
        case "rich_text_list":
            tag = "ol" if part.get("style") == "ordered" else "ul"
            items = _join(
                Markup("<li>{}</li>").format(_join(_run(run, ctx) for run in item.get("elements", [])))
                for item in inside
            )
            html = Markup('<{} class="indent{}">{}</{}>')
            return html.format(Markup(tag), int(part.get("indent", 0)), items, Markup(tag))
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_join(_run(run, ctx) for run in inside))
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(_join(_run(run, ctx) for run in inside))
    return _unknown(part.get("type"))


def _run(run: Doc, ctx: Context) -> Markup:
    match run.get("type"):
        case "text":
            html = Markup("<br>").join(escape(line) for line in str(run.get("text", "")).split("\n"))
        case "link":
            href = safe_href(run.get("url", ""))
            words = escape(run.get("text") or run.get("url", ""))
            link = Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>')
            html = link.format(href, words) if href else words
        case "user":
            html = Markup('<span class="mention">@{}</span>').format(ctx.person(run["user_id"]) or run["user_id"])
        case "channel":
            html = Markup('<span class="mention">#{}</span>').format(
                ctx.channel(run["channel_id"]) or run["channel_id"]
            )
        case "broadcast":
            html = Markup('<span class="mention me">@{}</span>').format(run.get("range", "here"))
        case "usergroup":
            html = Markup('<span class="mention">@{}</span>').format(run.get("usergroup_id", "group"))
        case "emoji":
            html = Markup('<span class="emoji">{}</span>').format(glyph(run.get("name", "")))
        case "date":
            moment = datetime.fromtimestamp(int(run["timestamp"]), UTC)
            html = escape(fill_tokens(run.get("format", "{date_short} at {time}"), moment, ctx.now, ctx.zone))
        case _:
            return _unknown(run.get("type"))
    for style, tag in _TAGS.items():
        if (run.get("style") or {}).get(style):
            html = Markup("<{}>{}</{}>").format(Markup(tag), html, Markup(tag))
    return html


def _unknown(kind: object) -> Markup:
    html = Markup('<span class="unknown" role="alert" data-unknown="{}">This page cannot draw <code>{}</code></span>')
    return html.format(kind, kind)
