"""Slack's mrkdwn as safe HTML: whatever is not understood stays plain, escaped text."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from markupsafe import Markup, escape

from playground.page.context import Context
from playground.page.dates import fill_tokens
from playground.page.emoji import SHORTCODES

# Finished HTML is parked between two private-use characters, so that later rules cannot reach into it.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PARKED = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_PRE = re.compile(r"```(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_ANGLE = re.compile(r"<([^<>\n]+)>")
_EMOJI = re.compile(r":([a-z0-9_+\-]+)(?:::skin-tone-[2-6])?:")
_STYLES = (
    ("strong", re.compile(r"(?<![\w*])\*(?=[^\s*])([^\n]*?[^\s*])\*(?![\w*])")),
    ("em", re.compile(r"(?<![\w_])_(?=[^\s_])([^\n]*?[^\s_])_(?![\w_])")),
    ("s", re.compile(r"(?<![\w~])~(?=[^\s~])([^\n]*?[^\s~])~(?![\w~])")),
)
_PERMALINK = re.compile(r"https?://[^/]+/archives/([A-Z0-9]+)/p(\d{10})(\d{6})(?:\?thread_ts=([\d.]+)|$)")
# "today" begins a line with a capital, as any word would.
_DAY_FIRST = re.compile(r"((?:^|<br>)(?:<strong>)?<time [^>]*>)([a-z])")
_BULLET = re.compile(r"^[•◦]\s+")


def plain(text: str) -> str:
    """The three characters Slack escapes, as themselves again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def render_mrkdwn(text: str, ctx: Context) -> Markup:
    """A mrkdwn text as HTML: bold, lists, quotes, code, links, mentions, dates, emoji."""
    return _Writer(ctx).write(text)


def safe_href(url: str) -> str | None:
    """Only addresses a chat client would open; never a script."""
    return url if re.match(r"(https?://|mailto:)", url, re.IGNORECASE) else None


class _Writer:
    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.parked: list[Markup] = []

    def write(self, text: str) -> Markup:
        text = text.replace(_OPEN, "").replace(_CLOSE, "").replace("\r\n", "\n")
        text = _PRE.sub(lambda found: self.park(Markup("<pre>{}</pre>").format(plain(found[1]).strip("\n"))), text)
        text = _CODE.sub(lambda found: self.park(Markup("<code>{}</code>").format(plain(found[1]))), text)
        text = _ANGLE.sub(lambda found: self.park(self.angle(found[1])), text)
        text = _EMOJI.sub(self.emoji, text)
        html = self.unpark(Markup("").join(self.paragraphs(text)))
        return Markup(_DAY_FIRST.sub(lambda found: found[1] + found[2].upper(), html))

    def park(self, html: Markup) -> str:
        self.parked.append(html)
        return f"{_OPEN}{len(self.parked) - 1}{_CLOSE}"

    def unpark(self, html: Markup) -> Markup:
        while _PARKED.search(html):
            html = Markup(_PARKED.sub(lambda found: str(self.parked[int(found[1])]), html))
        return html

    def emoji(self, found: re.Match[str]) -> str:
        character = SHORTCODES.get(found[1])
        if character is None:
            return found[0]
        html = Markup('<span class="emoji" role="img" aria-label="{}">{}</span>')
        return self.park(html.format(found[1].replace("_", " "), character))

    def paragraphs(self, text: str) -> Iterator[Markup]:
        """Lines in order; neighbouring quote lines share a quote, neighbouring bullets a list."""
        lines = text.split("\n")
        at = 0
        while at < len(lines):
            kind = _line_kind(lines[at])
            end = at
            while end < len(lines) and _line_kind(lines[end]) == kind:
                end += 1
            run = lines[at:end]
            if kind == "quote":
                bodies = [self.styled(line.removeprefix("&gt;").removeprefix(">").strip()) for line in run]
                yield Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(bodies))
            elif kind == "bullet":
                items = [Markup("<li>{}</li>").format(self.styled(_BULLET.sub("", line.strip()))) for line in run]
                yield Markup("<ul>{}</ul>").format(Markup("").join(items))
            else:
                yield Markup("<br>").join(self.styled(line) for line in run)
            at = end

    def styled(self, line: str) -> Markup:
        html = str(escape(plain(line)))
        for tag, pattern in _STYLES:
            html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
        return Markup(html)

    def angle(self, body: str) -> Markup:
        """What stands between angle brackets: a mention, a date, a link."""
        target, _, label = body.partition("|")
        match target[:1]:
            case "@":
                name = self.ctx.person(target[1:]) or plain(label) or target[1:]
                me = " me" if target[1:] == self.ctx.viewer else ""
                return Markup('<span class="mention{}">@{}</span>').format(me, name)
            case "#":
                name = self.ctx.channel(target[1:]) or plain(label) or target[1:]
                return Markup('<span class="mention">#{}</span>').format(name)
            case "!":
                return self.special(target[1:], label)
        return self.link(plain(target), label)

    def special(self, command: str, label: str) -> Markup:
        if command.startswith("date^"):
            return self.date(command, plain(label))
        if command.startswith("subteam^"):
            return Markup('<span class="mention">{}</span>').format(plain(label) or "@group")
        return Markup('<span class="mention me">@{}</span>').format(plain(label) or command.partition("^")[0])

    def date(self, command: str, fallback: str) -> Markup:
        parts = command.split("^")
        if len(parts) < 3 or not parts[1].lstrip("-").isdigit():
            return escape(fallback)
        moment = datetime.fromtimestamp(int(parts[1]), UTC)
        words = fill_tokens(plain(parts[2]), moment, self.ctx.now, self.ctx.zone)
        shown = Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(), fallback, words)
        href = safe_href(parts[3]) if len(parts) > 3 else None
        return Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>').format(href, shown) if href else shown

    def link(self, url: str, label: str) -> Markup:
        href = safe_href(url)
        words = self.styled(label) if label else escape(url.removeprefix("mailto:"))
        if here := _PERMALINK.match(url):
            return Markup('<a href="{}" data-nav>{}</a>').format(self.here(here), words)
        if href is None:
            return words if label else Markup("&lt;{}&gt;").format(url)
        return Markup('<a href="{}" target="_blank" rel="noreferrer">{}</a>').format(href, words)

    def here(self, found: re.Match[str]) -> str:
        """A permalink leads to the message on this page, seen with the reader's eyes."""
        channel, seconds, micros, thread = found.groups()
        query = f"?thread={thread}" if thread else ""
        return f"/as/{self.ctx.viewer}/{channel}{query}#m{seconds}.{micros}"


def _line_kind(line: str) -> str:
    if line.startswith(("&gt;", ">")):
        return "quote"
    return "bullet" if _BULLET.match(line.strip()) else "text"
