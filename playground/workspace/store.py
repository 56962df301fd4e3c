"""The ground floor of the make-believe workspace: its SQLite file, its clock, its ids and who is told of changes."""

import base64
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import plain

Doc = dict[str, Any]
Clock = Callable[[], datetime]
Listener = Callable[[str, Doc], None]
EventListener = Callable[[Doc], None]

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, department TEXT NOT NULL, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS channels (id TEXT PRIMARY KEY, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    channel TEXT NOT NULL, user TEXT NOT NULL, last_read TEXT NOT NULL, PRIMARY KEY (channel, user)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_by_user ON members (user, channel);
CREATE TABLE IF NOT EXISTS messages (
    channel TEXT NOT NULL, ts TEXT NOT NULL, thread_ts TEXT, author TEXT NOT NULL, seen_by TEXT, doc TEXT NOT NULL,
    PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_by_thread ON messages (channel, thread_ts, ts) WHERE thread_ts IS NOT NULL;
CREATE TABLE IF NOT EXISTS views (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, kind TEXT NOT NULL, depth INTEGER NOT NULL, external_id TEXT,
    doc TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS views_by_user ON views (user, kind, depth);
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, content BLOB, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS response_urls (id TEXT PRIMARY KEY, uses INTEGER NOT NULL, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS acts (id INTEGER PRIMARY KEY, doc TEXT NOT NULL);
"""


def dump(doc: object) -> str:
    """JSON as it is stored: compact, and readable with any script."""
    return plain.to_text(doc)


class Store:
    """One connection, used from the event loop only; every call is a few tens of microseconds."""

    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Clock,
        team_id: str = "T0PERENNIAL",
        team_name: str = "Tidewater",
    ) -> None:
        self.path = str(path)
        self.team_id = team_id
        self.team_name = team_name
        self.team_domain = team_name.lower().replace(" ", "-")
        self._clock = clock
        self._listeners: list[Listener] = []
        self._event_listeners: list[EventListener] = []
        self.db = sqlite3.connect(self.path, isolation_level=None, cached_statements=256, check_same_thread=False)
        # WAL with synchronous=NORMAL survives a kill at any instruction and does not wait for the disk at each commit.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.executescript(SCHEMA)
        self._facts: dict[str, str] = dict(self.db.execute("SELECT name, value FROM facts"))
        newest = self.db.execute("SELECT max(ts) FROM messages").fetchone()[0] or "0.0"
        self._last_ts = max(_micros(newest), int(self._facts.get("last_ts", "0")))
        self._depth = 0

    # time

    @property
    def clock(self) -> Clock:
        """What the workspace takes for now; the playground sets another and moves it."""
        return self._clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self._clock = clock
        self.tell("time", {"now": clock().isoformat()})

    def seconds(self) -> int:
        """Now, in whole Unix seconds of the moved clock."""
        return int(self._clock().timestamp())

    def next_ts(self) -> str:
        """A message time: the moved clock's, later than every one before it."""
        self._last_ts = max(int(self._clock().timestamp() * 1_000_000), self._last_ts + 100)
        seconds, micros = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micros:06d}"

    # small facts and ids

    def fact(self, name: str, default: str = "") -> str:
        return self._facts.get(name, default)

    def remember(self, name: str, value: str) -> None:
        self._facts[name] = value
        self.db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def next_number(self, name: str) -> int:
        """1, 2, 3, … for each name, going on after a restart."""
        number = int(self._facts.get(f"count:{name}", "0")) + 1
        self.remember(f"count:{name}", str(number))
        return number

    def next_id(self, prefix: str) -> str:
        return f"{prefix}0{_base36(self.next_number(prefix)):0>8}"

    def id_from(self, prefix: str, *parts: str) -> str:
        """An id that depends on its parts alone, so that it is the same in whatever order things happened."""
        digest = hashlib.sha256("|".join((self.team_id, *parts)).encode()).digest()
        return f"{prefix}0{base64.b32encode(digest).decode()[:8]}"

    # changes

    @contextmanager
    def together(self) -> Iterator[None]:
        """What happens inside is stored at once or not at all."""
        if self._depth:
            yield
            return
        self._depth = 1
        self.db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        else:
            self.db.execute("COMMIT")
        finally:
            self._depth = 0

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every visible change; call what comes back to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, kind: str, payload: Doc) -> None:
        for listener in tuple(self._listeners):
            listener(kind, payload)

    def on_event(self, listener: EventListener) -> Callable[[], None]:
        """Be handed every inner event the workspace gives rise to, subscribed to by the app or not."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    def happen(self, event: Doc) -> None:
        for listener in tuple(self._event_listeners):
            listener(event)

    # keeping

    def save(self) -> None:
        """Fold the write-ahead log into the file, so that one file is the whole state."""
        self.remember("last_ts", str(self._last_ts))
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def snapshot(self, to_path: str | Path) -> None:
        """Copy everything, consistently, while the workspace lives on."""
        self.remember("last_ts", str(self._last_ts))
        target = sqlite3.connect(str(to_path))
        try:
            self.db.backup(target)
        finally:
            target.close()

    def close(self) -> None:
        self.save()
        self.db.close()


def _micros(ts: str) -> int:
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1_000_000 + int(micros or 0)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits or "0"
