"""One Web API call: its arguments, its token, and Slack's way of saying no."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.workspace import Doc, Workspace
from playground.workspace.app import Token


class SlackError(Exception):
    """Slack's `{"ok": false, "error": …}`, with whatever else belongs to it."""

    def __init__(self, error: str, messages: Iterable[str] = (), **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
        if found := list(messages):
            self.more["response_metadata"] = {"messages": found}


@dataclass(slots=True)
class Call:
    method: str
    workspace: Workspace
    args: Doc
    token: Token
    base_url: str
    history_delay: float = 0.0
    #: Every workspace on this server: a code for a token names none, so it is looked for in all.
    neighbours: Sequence[Workspace] = ()

    @property
    def user(self) -> str:
        return self.token.user

    def text(self, name: str, *, required: bool = True) -> str:
        value = self.args.get(name)
        if value is None or value == "":
            if required:
                raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
            return ""
        return value if isinstance(value, str) else str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value is None else str(value).lower() in ("true", "1")

    def number(self, name: str, default: int, *, most: int) -> int:
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments", [f"[ERROR] must be a number [json-pointer:/{name}]"]) from None
        if number < 0 or number > most:
            raise SlackError("invalid_limit")
        return number or default

    def structure(self, name: str, kind: type, error: str) -> Any:
        """An argument that is JSON inside a form, or JSON as it stands."""
        value = self.args.get(name)
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except json.JSONDecodeError:
                raise SlackError(error) from None
        if value is None or value == "":
            return None
        if not isinstance(value, kind):
            raise SlackError(error)
        return value

    def need(self, *scopes: str) -> None:
        """Any one of these scopes opens the door."""
        if not self.token.scopes.intersection(scopes):
            provided = ",".join(sorted(self.token.scopes))
            raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)


Handler = Callable[[Call], Doc]


@dataclass(frozen=True)
class Method:
    name: str
    handler: Handler
    scopes: tuple[str, ...] = ()
    token: str = "bot"


@dataclass
class Methods:
    """Every method the make-believe Slack knows; the rest are `unknown_method`, as they would be there."""

    known: dict[str, Method] = field(default_factory=dict)

    def add(self, name: str, *scopes: str, token: str = "bot") -> Callable[[Handler], Handler]:
        """Register a handler; any one of the scopes is enough, none means every token may call it."""

        def keep(handler: Handler) -> Handler:
            self.known[name] = Method(name, handler, scopes, token)
            return handler

        return keep


methods = Methods()


def page_of(items: list[Any], call: Call, *, default: int = 100, most: int = 1000) -> tuple[list[Any], Doc]:
    """One page of a listing, and the response_metadata that leads to the next."""
    limit = call.number("limit", default, most=most)
    cursor = call.text("cursor", required=False)
    start = 0
    if cursor:
        name, _, offset = _decoded(cursor).partition(":")
        if name != call.method or not offset.isdigit():
            raise SlackError("invalid_cursor")
        start = int(offset)
    more = start + limit < len(items)
    next_cursor = _encoded(f"{call.method}:{start + limit}") if more else ""
    return items[start : start + limit], {"next_cursor": next_cursor}


def ts_cursor(ts: str) -> str:
    return _encoded(f"next_ts:{ts}")


def cursor_ts(cursor: str) -> str:
    name, _, ts = _decoded(cursor).partition(":")
    if name != "next_ts":
        raise SlackError("invalid_cursor")
    return ts


def _encoded(text: str) -> str:
    return text.encode().hex() + "="


def _decoded(cursor: str) -> str:
    try:
        return bytes.fromhex(cursor.rstrip("=")).decode()
    except ValueError:
        raise SlackError("invalid_cursor") from None
