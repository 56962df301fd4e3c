"""All that one page shows, gathered from the workspace for one reader at one place."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from playground.events import SocketDelivery
from playground.page.blocks import render_all
from playground.page.context import Context
from playground.page.dates import clock_time, how_long_ago, long_date, short_date
from playground.page.elements import words_of
from playground.page.emoji import QUICK_REACTIONS, SHORTCODES
from playground.page.journey import STEPS
from playground.page.messages import PAGE, Row, rows
from playground.page.people import everybody, person, reader
from playground.page.places import HOME, app_conversation, place_of, sidebar
from playground.page.playground import Playground
from playground.workspace import Doc, Workspace

CLIENT = "Heron"


@dataclass(frozen=True)
class Asked:
    """What an address asks to see."""

    viewer: str
    place: str
    thread: str = ""
    before: str = ""
    new_from: str = ""
    inspect: str = ""
    theme: str = ""


def scene(playground: Playground, asked: Asked) -> dict[str, Any]:
    """The template's whole world."""
    workspace = playground.workspace
    ctx = reader(workspace, asked.viewer)
    me = person(workspace, asked.viewer)
    return {
        "client": CLIENT,
        "asked": asked,
        "me": me,
        "company": workspace.team_name,
        "people": everybody(workspace),
        "sidebar": sidebar(workspace, asked.viewer),
        "app": _app(workspace, asked.viewer),
        "time": time_bar(playground, ctx),
        "here": _home(workspace, ctx) if asked.place == HOME else _conversation(workspace, ctx, asked),
        "thread": _thread(workspace, ctx, asked) if asked.thread else None,
        "modal": _modal(workspace, ctx),
        "inspector": _inspector(playground, ctx, asked.inspect) if asked.inspect else None,
        "quick": [(name, SHORTCODES[name]) for name in QUICK_REACTIONS],
        "features": workspace.manifest.get("features", {}),
    }


def _app(workspace: Workspace, viewer: str) -> dict[str, Any] | None:
    if not workspace.bot_user_id:
        return None
    bot = person(workspace, workspace.bot_user_id)
    return {"id": bot.id, "name": bot.name, "avatar": bot.avatar, "dm": app_conversation(workspace, viewer)}


def time_bar(playground: Playground, ctx: Context) -> dict[str, Any]:
    local = ctx.now.astimezone(ctx.zone)
    looked = playground.journey.looked_at.astimezone(ctx.zone)
    story = playground.journey.story()
    return {
        "now": ctx.now.isoformat(),
        "day": f"{local:%a} {short_date(local.date())}",
        "long_day": long_date(local.date()),
        "clock": clock_time(ctx.now, ctx.zone),
        "weeks": playground.year.weeks(ctx.now),
        "week": next((w.number for w in playground.year.weeks(ctx.now) if w.state == "now"), 1),
        "summary": playground.year.summary(ctx.now),
        "steps": STEPS,
        "moving": playground.journey.moving,
        "progress": playground.journey.progress,
        "since": f"{looked:%A} {short_date(looked.date())}, {looked:%H:%M}",
        "story": [line | {"when": _moment(line["at"], ctx)} for line in story],
    }


def _moment(iso: str, ctx: Context) -> str:
    if not iso:
        return ""
    local = ctx.now.fromisoformat(iso).astimezone(ctx.zone)
    return f"{local:%a} {short_date(local.date())}, {local:%H:%M}"


def _home(workspace: Workspace, ctx: Context) -> dict[str, Any]:
    view = workspace.home(ctx.viewer)
    drawn = Markup("")
    if view:
        drawn = render_all(view["blocks"], ctx.on("home", values=view["state"]["values"]))
    return {"kind": HOME, "id": HOME, "view": view, "html": drawn, "key": view["hash"] if view else "empty"}


def _conversation(workspace: Workspace, ctx: Context, asked: Asked) -> dict[str, Any]:
    channel = asked.place
    own = {doc["id"]: doc for doc in workspace.conversations_of(ctx.viewer)}
    doc = own.get(channel) or workspace.channel(channel)
    place = place_of(workspace, ctx.viewer, doc)
    latest = asked.before or "9999999999.999999"
    newest = workspace.history(channel, limit=PAGE + 1, latest=latest, viewer=ctx.viewer)
    shown = list(reversed(newest[:PAGE]))
    new_from = asked.new_from or (place.last_read if place.unread else "")
    return {
        "kind": place.kind,
        "id": channel,
        "place": place,
        "rows": rows(workspace, channel, shown, ctx, new_from=new_from),
        "new_from": new_from,
        "earlier": shown[0]["ts"] if len(newest) > PAGE else "",
        "newest": newest[0]["ts"] if newest else "0",
        "may_write": place.joined and not place.archived,
        "others": [person(workspace, user) for user in workspace.members(channel)][:4],
    }


def _thread(workspace: Workspace, ctx: Context, asked: Asked) -> dict[str, Any]:
    messages = workspace.thread(asked.place, asked.thread, viewer=ctx.viewer)
    listed: list[Row] = rows(workspace, asked.place, messages, ctx, in_thread=True)
    return {"rows": listed, "ts": asked.thread, "channel": asked.place}


def _modal(workspace: Workspace, ctx: Context) -> dict[str, Any] | None:
    """The form on top of the stack; those below wait, and the page says which comes next."""
    stack = workspace.modals(ctx.viewer)
    if not stack:
        return None
    view = stack[-1]
    return {
        "id": view["id"],
        "key": f"{view['id']}-{view['hash']}",
        "title": words_of(view["title"]),
        "submit": words_of(view["submit"]),
        "close": words_of(view["close"]) or ("Back" if len(stack) > 1 else "Cancel"),
        "html": render_all(view["blocks"], ctx.on(view["id"], values=view["state"]["values"])),
        "depth": len(stack),
        "below": words_of(stack[-2]["title"]) if len(stack) > 1 else "",
    }


def _inspector(playground: Playground, ctx: Context, tab: str) -> dict[str, Any]:
    workspace = playground.workspace
    calls = workspace.api_calls(120)
    acts = workspace.acts(120)
    socket = isinstance(playground.acts.deliver, SocketDelivery)
    return {
        "tab": tab if tab in ("calls", "acts") else "calls",
        "calls": [call | {"when": _ago(call, ctx), "about": _about(workspace, call)} for call in calls],
        "refused": sum(not call["ok"] for call in calls),
        "acts": [
            act | {"when": _ago(act, ctx), "who": _who(workspace, act), "where": _about(workspace, act)} for act in acts
        ],
        "limits": None if playground.limits is None else playground.limits.enabled,
        "transport": "Socket Mode" if socket else "HTTP, signed requests",
    }


def _ago(entry: Doc, ctx: Context) -> str:
    return how_long_ago(ctx.now.fromisoformat(entry["now"]), ctx.now, ctx.zone)


def _who(workspace: Workspace, act: Doc) -> str:
    return person(workspace, act["user"]).name if workspace.has_user(act["user"]) else act["user"]


def _about(workspace: Workspace, entry: Doc) -> str:
    """Where a call or an act went, in the words of the sidebar."""
    channel = str(entry.get("channel") or "")
    if workspace.has_channel(channel):
        kind = workspace.channel_type(channel)
        if kind in ("channel", "group"):
            return f"#{workspace.channel(channel)['name']}"
        people = [person(workspace, user) for user in workspace.members(channel)]
        return ", ".join(one.first_name for one in people if not one.is_app)
    user = str(entry.get("user_id") or entry.get("user") or "") if "method" in entry else ""
    return person(workspace, user).name if workspace.has_user(user) else ""
