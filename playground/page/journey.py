"""Time as the page moves it: one journey at a time, watched by everybody, stopped at the next quiet moment."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any, Protocol

STEPS: Mapping[str, str] = {
    "hour": "+1 hour",
    "morning": "Tomorrow morning",
    "week": "+1 week",
    "quarter": "+1 quarter",
    "next": "Next moment",
}


class TimeControl(Protocol):
    """What the page needs of whoever moves the clock."""

    @property
    def busy(self) -> bool: ...

    @property
    def scripted(self) -> bool: ...

    @property
    def followers(self) -> list[Callable[[dict[str, Any]], None]]:
        """Told how far time is whenever it moves without having been asked to from here."""
        ...

    def now(self) -> datetime: ...

    def move(self, by: Any) -> AsyncIterator[Mapping[str, Any]]:
        """Yields {"now": iso, "did": words, "done": bool} whenever the company is quiet."""
        ...

    def story(self, since: datetime) -> Sequence[Any]:
        """What happened since then, a line each."""
        ...


class Journey:
    """Runs a move in the background, so that the page stays usable, and tells how far it is."""

    def __init__(self, time: TimeControl, tell: Callable[[dict[str, Any]], None]) -> None:
        self.time = time
        self.tell = tell
        self.looked_at = time.now()
        self.progress: dict[str, Any] | None = None
        self._told: tuple[tuple[datetime, datetime] | None, list[dict[str, str]]] = (None, [])
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        time.followers.append(self.follow)

    @property
    def moving(self) -> bool:
        return self.time.busy or (self._task is not None and not self._task.done())

    def start(self, by: str) -> bool:
        """Set out; False when somebody is on the way already."""
        if self.moving:
            return False
        self._stopping = False
        self.progress = {"by": by, "from": self.time.now().isoformat(), "now": self.time.now().isoformat(), "did": ""}
        self._task = asyncio.create_task(self._go(by))
        return True

    def stop(self) -> None:
        """Stay at the next moment at which everything is quiet."""
        self._stopping = True
        if self.progress is not None:
            self.progress["did"] = "Stopping at the next quiet moment"
            self.tell({"moving": True, **self.progress})

    async def _go(self, by: str) -> None:
        error = ""
        try:
            async with aclosing(self.time.move(by)) as steps:  # type: ignore[type-var]
                async for step in steps:
                    self.progress = {**(self.progress or {}), **step}
                    self.tell({"moving": True, **self.progress})
                    if self._stopping:
                        break
        except Exception as trouble:
            # The page has to come out of "moving" and say so; the log keeps the whole of it.
            error = f"Time stopped: {trouble}"
            raise
        finally:
            self.progress = None
            self.tell({"moving": False, "now": self.time.now().isoformat(), "error": error})

    def follow(self, progress: dict[str, Any]) -> None:
        """Time moves without having been asked to from here, as when the first weeks are lived."""
        self.progress = {"by": "", **progress} if progress["moving"] else None
        self.tell({"error": "", "by": "", **progress})

    def seen(self) -> None:
        """The reader has read what happened up to now."""
        self.looked_at = self.time.now()

    def story(self) -> list[dict[str, str]]:
        """What happened since the reader last looked; gathered once for each moment, and not on the way."""
        asked = (self.looked_at, self.time.now())
        if self._told[0] != asked and not self.moving:
            self._told = (asked, [_line(entry) for entry in self.time.story(self.looked_at)])
        return self._told[1]


def _line(entry: Any) -> dict[str, str]:
    if isinstance(entry, Mapping):
        at = entry.get("at") or entry.get("now") or ""
        text = entry.get("text") or entry.get("did") or ""
        return {"at": str(at), "text": str(text), "kind": str(entry.get("kind", ""))}
    return {"at": "", "text": str(entry), "kind": ""}
