"""SQL put together once per test process: each world has engines of its own, and spent a sixth of its time on that again.

A bot that runs keeps what it put together in the one engine it has; here all engines on one kind of database share it.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

MOST_KEPT = 3_000
PUT_TOGETHER: LRUCache[Any, Any] = LRUCache(MOST_KEPT)


class Alike:
    """Two dialects that write the same SQL and read the same values are one key of what was put together."""

    _json_serializer: Any
    _json_deserializer: Any

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=PUT_TOGETHER)

    def _what_counts(self) -> tuple[Any, ...]:
        return type(self), self._json_serializer, self._json_deserializer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self._what_counts() == other._what_counts()

    def __hash__(self) -> int:
        return hash(self._what_counts())


class SharedSQLite(Alike, SQLiteDialect_aiosqlite):
    supports_statement_cache = True


class SharedPostgres(Alike, PGDialect_asyncpg):
    supports_statement_cache = True


def share() -> None:
    """Have every engine that is made from now on look there first."""
    registry.register("sqlite.aiosqlite", __name__, SharedSQLite.__name__)
    registry.register("postgresql.asyncpg", __name__, SharedPostgres.__name__)
