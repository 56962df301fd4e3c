"""The journal: the last Web API calls, and who did what, by hand or by script."""

import json
from collections import deque
from pathlib import Path
from typing import Any

from playground.workspace.app import AppSide
from playground.workspace.store import Clock, Doc, dump

_CALLS_KEPT = 1000


class Journal(AppSide):
    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Clock,
        team_id: str = "T0PERENNIAL",
        team_name: str = "Tidewater",
    ) -> None:
        super().__init__(path, clock=clock, team_id=team_id, team_name=team_name)
        self._calls: deque[Doc] = deque(maxlen=_CALLS_KEPT)
        #: How many Web API calls were ever answered by this process.
        self.call_count = 0

    def record_call(self, method: str, *, ok: bool, error: str | None, ms: float, caller: str, **more: Any) -> None:
        """Note one Web API call for the inspector; a refusal is what one looks for there."""
        self.call_count += 1
        call: Doc = {
            "number": self.call_count,
            "method": method,
            "ok": ok,
            "error": error,
            "ms": round(ms, 2),
            "caller": caller,
            "now": self._clock().isoformat(),
            **more,
        }
        self._calls.append(call)
        self.tell("call", call)

    def api_calls(self, limit: int = 50, *, method: str | None = None) -> list[Doc]:
        """The latest calls, newest first, since this process started."""
        newest = reversed(self._calls)
        return [call for call in newest if method in (None, call["method"])][:limit]

    def record_act(self, user: str, did: str, *, scripted: bool, **about: Any) -> None:
        doc = {"user": user, "did": did, "scripted": scripted, "now": self._clock().isoformat(), **about}
        self.db.execute("INSERT INTO acts (doc) VALUES (?)", (dump(doc),))
        self.tell("act", doc)

    def acts(self, limit: int = 50) -> list[Doc]:
        """Who did what, newest first; it survives a restart."""
        rows = self.db.execute("SELECT doc FROM acts ORDER BY id DESC LIMIT ?", (limit,))
        return [json.loads(row[0]) for row in rows]
