"""What a reader does: each POST becomes one act, and the answer says how the app took it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.events import NotThereError, Reply
from playground.page.choosers import option_lines
from playground.page.mentions import with_mentions
from playground.page.playground import Playground
from playground.page.safety import GUARDED
from playground.page.state import State, element_at, read_state
from playground.workspace import Doc

SLOW_MS = 1000
Deed = Callable[[Playground, FormData], Awaitable[dict[str, Any]]]


def doing_routes(playground: Playground) -> list[Route]:
    return [
        Route(f"/act/{name}", _door(playground, deed), methods=["POST"], middleware=GUARDED)
        for name, deed in DEEDS.items()
    ]


def _door(playground: Playground, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        form = await request.form()
        if not playground.workspace.has_user(form.get("user")):
            return JSONResponse({"ok": False, "refused": "Nobody of that name is here."}, 404)
        try:
            result = await deed(playground, form)
        except NotThereError as gone:
            return JSONResponse({"ok": False, "refused": f"That is no longer possible: {gone}."}, 409)
        if playground.after_act and deed not in (read, type_ahead):
            await playground.after_act()
        return JSONResponse({"ok": True} | result)

    return serve


def told(reply: Reply) -> dict[str, Any]:
    """A reply as the page shows it: errors by field, words for a refusal, the time if it was long."""
    result: dict[str, Any] = {"ok": reply.ok or (not reply.sent and not reply.errors), "ms": round(reply.ms)}
    if reply.errors:
        result["errors"] = reply.errors
    if reply.sent and reply.status is None and "http_timeout" in reply.problems:
        result["refused"] = (
            "Perennial did not answer within three seconds, so nothing was changed on screen. Try again."
        )
    elif reply.sent and reply.status is None:
        result["refused"] = "Perennial could not be reached. Is the bot running?"
    elif reply.problems:
        result["refused"] = f"Perennial answered with something Slack refuses: {'; '.join(map(str, reply.problems))}"
    if reply.sent and reply.ms > SLOW_MS:
        result["slow"] = f"Perennial took {reply.ms / 1000:.1f} s to answer; Slack gives it three."
    return result


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _maybe(form: FormData, name: str) -> str | None:
    return _text(form, name) or None


def _fields(form: FormData) -> dict[str, list[str]]:
    """The controls of the form the act came from; their names are prefixed, so that none is taken for ours."""
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name.startswith("f:") and isinstance(value, str):
            found.setdefault(name[2:], []).append(value)
    return found


def _blocks(playground: Playground, form: FormData) -> list[Doc]:
    """The blocks the act was done on: a message's, a form's or the Home tab's."""
    workspace, user = playground.workspace, _text(form, "user")
    if _maybe(form, "view"):
        return list(workspace.view(_view_id(playground, form))[1]["blocks"])
    if _text(form, "channel"):
        message = workspace.message(_text(form, "channel"), _text(form, "ts")) or {}
        return list(message.get("blocks") or [])
    return list((workspace.home(user) or {}).get("blocks", []))


def _view_id(playground: Playground, form: FormData) -> str:
    """The form or Home tab the act was done on; by now it may have been closed from elsewhere."""
    user, view_id = _text(form, "user"), _text(form, "view")
    home = playground.workspace.home(user)
    if view_id in {view["id"] for view in (*playground.workspace.modals(user), *([home] if home else []))}:
        return view_id
    raise NotThereError("this form is closed already")


def _state(playground: Playground, form: FormData) -> tuple[list[Doc], State]:
    blocks = _blocks(playground, form)
    zone = ZoneInfo(playground.workspace.user(_text(form, "user"))["tz"])
    return blocks, read_state(blocks, _fields(form), zone)


async def click(playground: Playground, form: FormData) -> dict[str, Any]:
    """A button, a menu line, or a choice in a control that tells the app at once."""
    blocks, state = _state(playground, form)
    block_id, action_id = _text(form, "block"), _text(form, "action")
    element = element_at(blocks, block_id, action_id)
    if element is None:
        raise NotThereError("the app has taken this away meanwhile")
    selected: Any = None
    if element["type"] == "overflow":
        selected = json.loads(_text(form, "option"))
    elif element["type"] != "button":
        selected = state[block_id][action_id]
    reply = await playground.acts.click(
        _text(form, "user"),
        channel=_maybe(form, "channel"),
        ts=_maybe(form, "ts"),
        view_id=_maybe(form, "view"),
        action_id=action_id,
        block_id=block_id,
        selected=selected,
        state=state,
    )
    return told(reply)


async def submit(playground: Playground, form: FormData) -> dict[str, Any]:
    _, state = _state(playground, form)
    return told(await playground.acts.submit(_text(form, "user"), _text(form, "view"), state))


async def close(playground: Playground, form: FormData) -> dict[str, Any]:
    await playground.acts.close(_text(form, "user"), _view_id(playground, form), all_views=_text(form, "all") == "1")
    return {}


async def type_ahead(playground: Playground, form: FormData) -> dict[str, Any]:
    reply = await playground.acts.suggest(
        _text(form, "user"),
        action_id=_text(form, "action"),
        block_id=_text(form, "block"),
        text=_text(form, "text"),
        view_id=_maybe(form, "view"),
        channel=_maybe(form, "channel"),
        ts=_maybe(form, "ts"),
    )
    groups = reply.body.get("option_groups", []) if isinstance(reply.body, dict) and not reply.problems else []
    lines = option_lines(_text(form, "prefix"), [] if groups else reply.options, groups)
    return told(reply) | {"html": str(lines)}


async def post(playground: Playground, form: FormData) -> dict[str, Any]:
    """A message, or a command when it begins with a slash."""
    user, channel, text = _text(form, "user"), _text(form, "channel"), _text(form, "text").strip()
    if text.startswith("/"):
        name, _, rest = text.partition(" ")
        return told(await playground.acts.command(user, channel, rest.strip(), name))
    words = with_mentions(playground.workspace, text)
    ts = await playground.acts.post(user, channel, words, _maybe(form, "thread"))
    return {"ts": ts}


async def react(playground: Playground, form: FormData) -> dict[str, Any]:
    add = _text(form, "add") != "0"
    user, channel, ts = (_text(form, name) for name in ("user", "channel", "ts"))
    await playground.acts.react(user, channel, ts, _text(form, "name"), add=add)
    return {}


async def shortcut(playground: Playground, form: FormData) -> dict[str, Any]:
    user, callback_id = _text(form, "user"), _text(form, "callback")
    if channel := _maybe(form, "channel"):
        return told(await playground.acts.message_shortcut(user, callback_id, channel, _text(form, "ts")))
    return told(await playground.acts.shortcut(user, callback_id))


async def home(playground: Playground, form: FormData) -> dict[str, Any]:
    """Entering the app: Slack tells it every time, for the Home tab and for the messages beside it."""
    if _text(form, "tab") == "messages":
        await playground.acts.open_messages(_text(form, "user"))
    else:
        await playground.acts.open_home(_text(form, "user"))
    return {}


async def read(playground: Playground, form: FormData) -> dict[str, Any]:
    playground.workspace.mark_read(_text(form, "user"), _text(form, "channel"), _maybe(form, "ts"))
    return {}


async def edit(playground: Playground, form: FormData) -> dict[str, Any]:
    user, channel, ts = (_text(form, name) for name in ("user", "channel", "ts"))
    await playground.acts.edit(user, channel, ts, with_mentions(playground.workspace, _text(form, "text")))
    return {}


async def delete(playground: Playground, form: FormData) -> dict[str, Any]:
    await playground.acts.delete(_text(form, "user"), _text(form, "channel"), _text(form, "ts"))
    return {}


async def join(playground: Playground, form: FormData) -> dict[str, Any]:
    await playground.acts.join(_text(form, "user"), _text(form, "channel"))
    return {}


async def leave(playground: Playground, form: FormData) -> dict[str, Any]:
    await playground.acts.leave(_text(form, "user"), _text(form, "channel"))
    return {}


DEEDS: dict[str, Deed] = {
    "click": click,
    "submit": submit,
    "close": close,
    "suggest": type_ahead,
    "post": post,
    "command": post,
    "react": react,
    "shortcut": shortcut,
    "home": home,
    "read": read,
    "edit": edit,
    "delete": delete,
    "join": join,
    "leave": leave,
}
