"""What makes moving time cheap: SQLite without a thread of its own, and looking again only where something was written."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from types import MethodType
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.app import METADATA
from bot.db import Database
from bot.registry import NextDue, Schedule

Doc = dict[str, Any]
WRITES = re.compile(r"^\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)
HARMLESS = ("SELECT", "BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")
WORDS = re.compile(r"\w+")


def stay_in_line(database: Database) -> None:
    """Run statements where they are asked for: one process and no metronome need no thread that they wait for."""
    for engine in (database.writer, database.reader):

        @event.listens_for(engine.sync_engine, "do_connect")
        def _any_thread(dialect: Any, record: Any, args: list[Any], settings: Doc) -> None:
            settings["check_same_thread"] = False

        @event.listens_for(engine.sync_engine, "connect")
        def _at_once(adapter: Any, record: Any) -> None:
            connection = adapter.driver_connection
            connection._execute = MethodType(_execute, connection)


async def _execute(self: Any, function: Any, *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


@cache
def goes_along(table: str) -> frozenset[str]:
    """The tables from which a deletion in this one may take rows along."""
    found, news = {table}, [table]
    while news:
        gone = news.pop()
        for other in METADATA.tables.values():
            if other.name not in found and any(key.column.table.name == gone for key in other.foreign_keys):
                found.add(other.name)
                news.append(other.name)
    return frozenset(found)


@cache
def tables_in(statement: str) -> frozenset[str]:
    """The tables a statement names."""
    return frozenset(METADATA.tables.keys() & set(WORDS.findall(statement)))


class Watched:
    """Which tables each job's look depends on, and whose look has to be taken again because one of them was written."""

    def __init__(self, database: Database, schedule: Schedule) -> None:
        self._jobs_of: defaultdict[str, set[str]] = defaultdict(set)  # table → the jobs that look at it
        self._stale: set[str] = set(schedule.jobs)
        self._reading: set[str] | None = None
        self._listen_to_writes(database.writer)
        self._listen_to_reads(database.reader)
        for name, job in schedule.jobs.items():
            schedule.jobs[name] = replace(job, next_due=self._remembered(name, job.next_due))

    def _listen_to_writes(self, engine: AsyncEngine) -> None:
        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def _wrote(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
            if not statement.startswith(HARMLESS):
                connection.info.setdefault("written", []).append(statement)

        @event.listens_for(engine.sync_engine, "commit")
        def _committed(connection: Connection) -> None:
            for statement in connection.info.pop("written", ()):
                self._count(statement)

        @event.listens_for(engine.sync_engine, "rollback")
        def _forgot(connection: Connection) -> None:
            connection.info.pop("written", None)

    def _count(self, statement: str) -> None:
        found = WRITES.match(statement)
        if found is None:
            written: Iterable[str] = METADATA.tables.keys()
        else:
            written = goes_along(found[2]) if found[1].upper().startswith("DELETE") else [found[2]]
        for table in written:
            self._stale |= self._jobs_of[table]

    def _listen_to_reads(self, engine: AsyncEngine) -> None:
        @event.listens_for(engine.sync_engine, "before_cursor_execute")
        def _read(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
            if self._reading is not None:
                self._reading |= tables_in(statement)

    def _remembered(self, name: str, next_due: NextDue) -> NextDue:
        """The same look, taken again only when a table it reads was written since."""
        time: datetime | None = None

        async def look(session: AsyncSession) -> datetime | None:
            nonlocal time
            if name not in self._stale:
                return time
            self._stale.discard(name)  # before it: what is written meanwhile asks for another look
            self._reading = set()
            try:
                time = await next_due(session)
                for table in self._reading:
                    self._jobs_of[table].add(name)
            except BaseException:
                self._stale.add(name)
                raise
            finally:
                self._reading = None
            return time

        return look
