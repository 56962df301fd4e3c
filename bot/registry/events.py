"""What Slack tells us: any number of handlers for each type of event."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.registry.tools import Answer, Tools


@dataclass(frozen=True)
class Event:
    """One event from Slack's Events API, for one of our workspaces; `payload` is the inner event."""

    workspace_id: int
    event_id: str
    type: str
    payload: dict[str, Any]
    received_at: datetime


Wants = Callable[[AsyncSession, Event], Awaitable[bool]]
Handle = Callable[[AsyncSession, Event, Tools], Awaitable[list[Answer] | None]]


@dataclass(frozen=True)
class EventHandler:
    """A named handler of one event type; unwanted events are forgotten unread."""

    name: str
    run: Handle
    wants: Wants | None = None


class Events:
    """Any number of handlers for each event type."""

    def __init__(self) -> None:
        self._handlers: dict[str, list[EventHandler]] = {}

    def on(self, type: str, run: Handle, *, wants: Wants | None = None) -> None:
        """Have `run(session, event, tools)` called once per event, in the transaction that marks it done."""
        name = f"{run.__module__}.{run.__name__}"
        self._handlers.setdefault(type, []).append(EventHandler(name, run, wants))

    def handlers(self, type: str) -> list[EventHandler]:
        """Who wants events of this type."""
        return self._handlers.get(type, [])

    def find(self, type: str, name: str) -> EventHandler | None:
        """The handler a stored row names, if it still exists."""
        return next((handler for handler in self.handlers(type) if handler.name == name), None)

    @property
    def types(self) -> list[str]:
        """Every event type somebody handles."""
        return sorted(self._handlers)
