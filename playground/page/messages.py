"""Messages as the page lists them: days apart, neighbours of one author together, threads summed up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from markupsafe import Markup

from playground.page.blocks import render_all
from playground.page.context import Context
from playground.page.dates import clock_time, day_name, from_ts, how_long_ago, long_date
from playground.page.emoji import glyph
from playground.page.mrkdwn import render_mrkdwn
from playground.page.people import Person, person
from playground.workspace import Doc, Workspace

TOGETHER_SECONDS = 300
PAGE = 60


@dataclass(frozen=True)
class Reaction:
    name: str
    glyph: str
    count: int
    mine: bool
    who: str


@dataclass(frozen=True)
class FileCard:
    id: str
    title: str
    note: str
    is_image: bool


@dataclass(frozen=True)
class Row:
    """One message, ready to be written out."""

    ts: str
    author: Person
    body: Markup
    time: str
    full_time: str
    starts_group: bool
    divider: str = ""
    is_new: bool = False
    edited: bool = False
    ephemeral: bool = False
    mine: bool = False
    raw: str = ""
    thread_ts: str = ""
    replies: int = 0
    last_reply: str = ""
    repliers: tuple[Person, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    files: tuple[FileCard, ...] = ()
    unfurls: tuple[Markup, ...] = ()

    @property
    def key(self) -> str:
        """Changes when anything drawn changes; the script replaces only rows whose key did."""
        drawn = repr((self.body, self.starts_group, self.divider, self.is_new, self.edited, self.replies))
        more = repr((self.last_reply, self.reactions, self.files, self.unfurls, self.time, self.author.name))
        return blake2b((drawn + more).encode(), digest_size=6).hexdigest()


def rows(
    workspace: Workspace,
    channel: str,
    messages: Iterable[Doc],
    ctx: Context,
    *,
    new_from: str = "",
    in_thread: bool = False,
) -> list[Row]:
    """Messages oldest first; `new_from` is the ts after which everything is new to the reader."""
    result: list[Row] = []
    before: Doc | None = None
    marked = False
    for message in messages:
        day = from_ts(message["ts"]).astimezone(ctx.zone).date()
        new_day = before is None or from_ts(before["ts"]).astimezone(ctx.zone).date() != day
        is_new = bool(new_from) and not marked and message["ts"] > new_from and message["user"] != ctx.viewer
        marked = marked or is_new
        today = ctx.now.astimezone(ctx.zone).date()
        result.append(
            _row(
                workspace,
                channel,
                message,
                ctx,
                starts_group=new_day or is_new or not _follows(before, message),
                divider=day_name(day, today) if new_day and not in_thread else "",
                is_new=is_new and not in_thread,
            )
        )
        before = message
    return result


def _follows(before: Doc | None, message: Doc) -> bool:
    """Whether a message belongs to the one before it, without a name and portrait of its own."""
    if before is None or before["user"] != message["user"]:
        return False
    if before.get("is_ephemeral") != message.get("is_ephemeral") or before.get("reply_count"):
        return False
    return float(message["ts"]) - float(before["ts"]) < TOGETHER_SECONDS


def _row(workspace: Workspace, channel: str, message: Doc, ctx: Context, **shape: Any) -> Row:
    moment = from_ts(message["ts"])
    local = moment.astimezone(ctx.zone)
    return Row(
        ts=message["ts"],
        author=person(workspace, message["user"]),
        body=body(channel, message, ctx),
        time=clock_time(moment, ctx.zone),
        full_time=f"{long_date(local.date())}, {local:%H:%M}",
        edited="edited" in message,
        ephemeral=bool(message.get("is_ephemeral")),
        mine=message["user"] == ctx.viewer,
        raw=message.get("text", "") if message["user"] == ctx.viewer else "",
        thread_ts=message.get("thread_ts", ""),
        replies=message.get("reply_count", 0),
        last_reply=how_long_ago(from_ts(message["latest_reply"]), ctx.now, ctx.zone)
        if "latest_reply" in message
        else "",
        repliers=tuple(person(workspace, user) for user in message.get("reply_users", [])[:4]),
        reactions=tuple(_reaction(workspace, one, ctx) for one in message.get("reactions", [])),
        files=tuple(_card(file) for file in message.get("files") or []),
        unfurls=tuple(_unfurled(channel, message, ctx)),
        **shape,
    )


def body(channel: str, message: Doc, ctx: Context) -> Markup:
    """What the message shows: its blocks if it has any, its text if not."""
    if message.get("blocks"):
        return render_all(message["blocks"], ctx.on(f"{channel}:{message['ts']}"))
    return Markup('<div class="b-text">{}</div>').format(render_mrkdwn(message.get("text", ""), ctx))


def _unfurled(channel: str, message: Doc, ctx: Context) -> Iterator[Markup]:
    """What apps show of links in the message; without a form, so that nothing in it can be pressed."""
    for one in message.get("attachments") or []:
        if one.get("blocks"):
            yield render_all(one["blocks"], replace(ctx.on(f"{channel}:{message['ts']}:{one.get('id')}"), live=False))


def _reaction(workspace: Workspace, reaction: Doc, ctx: Context) -> Reaction:
    names = ["You" if user == ctx.viewer else person(workspace, user).name for user in reaction["users"]]
    return Reaction(
        reaction["name"], glyph(reaction["name"]), len(names), ctx.viewer in reaction["users"], ", ".join(names)
    )


def _card(file: Doc) -> FileCard:
    name = file.get("name") or file["id"]
    size = int(file.get("size", 0))
    words = f"{size} bytes" if size < 1024 else f"{size / 1024:.0f} KB"
    kind = name.rpartition(".")[2].lower()
    is_image = kind in ("png", "jpg", "jpeg", "gif", "svg", "webp")
    kinds = {"ics": "Calendar invitation", "csv": "Table", "json": "Data", "pdf": "PDF", "zip": "Archive"}
    return FileCard(file["id"], file.get("title") or name, f"{kinds.get(kind, kind.upper())} · {words}", is_image)
