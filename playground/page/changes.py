"""Pushes: every open page hears over server-sent events that something it may show has changed."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from playground.workspace import Doc, Workspace

# What one person sees alone; nobody else's page changes by it.
_PERSONAL = {"home", "modal", "unread", "ephemeral"}
_BREATH = 0.08
_HEARTBEAT = 15.0


class Listener:
    """One open page: changes are gathered for a breath, then told together."""

    def __init__(self, viewer: str) -> None:
        self.viewer = viewer
        self.kinds: set[str] = set()
        self.places: set[str] = set()
        self.time: dict[str, Any] | None = None
        self.woken = asyncio.Event()

    def changed(self, kind: str, payload: Doc) -> None:
        if kind in _PERSONAL and payload.get("user") != self.viewer:
            return
        self.kinds.add(kind)
        if channel := payload.get("channel"):
            self.places.add(str(channel))
        self.woken.set()

    def moved(self, progress: dict[str, Any]) -> None:
        self.time = progress
        self.woken.set()

    def take(self) -> list[str]:
        """What is to be said now, as server-sent events."""
        lines = []
        if self.time is not None:
            lines.append(_event("time", self.time))
        if self.kinds:
            lines.append(_event("change", {"kinds": sorted(self.kinds), "places": sorted(self.places)}))
        self.time, self.kinds, self.places = None, set(), set()
        self.woken.clear()
        return lines


class Changes:
    """Who listens, and one ear at the workspace for all of them."""

    def __init__(self, workspace: Workspace) -> None:
        self.listeners: set[Listener] = set()
        workspace.subscribe(self._hear)

    def _hear(self, kind: str, payload: Doc) -> None:
        for listener in self.listeners:
            listener.changed(kind, payload)

    def tell_time(self, progress: dict[str, Any]) -> None:
        for listener in self.listeners:
            listener.moved(progress)

    async def stream(self, viewer: str) -> AsyncIterator[str]:
        listener = Listener(viewer)
        self.listeners.add(listener)
        try:
            yield "retry: 1000\n\n" + _event("hello", {})
            while True:
                try:
                    await asyncio.wait_for(listener.woken.wait(), _HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                await asyncio.sleep(_BREATH)
                for line in listener.take():
                    yield line
        finally:
            self.listeners.discard(listener)


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
