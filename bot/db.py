"""The relational store: Base, engines, and the one way to open a transaction."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    TypeDecorator,
    event,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from bot import plain
from bot.clock import stopwatch
from bot.errors import NestedTransaction, WrongSetting
from bot.vault import Vault

Transaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]
AfterCommit = Callable[[], Awaitable[None] | None]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PART = 500  # rows that become values in one go, in a few milliseconds
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000")


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC time on every database; SQLite gives naive ones back, which we never let out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone can't be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts ids up only in INTEGER columns


class Base(DeclarativeBase):
    """Every table of ours; names of constraints follow one convention so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: UTCDateTime(),
        date: Date(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[int]: JSON(),
        bytes: LargeBinary(),
    }


def driver_url(text: str) -> URL:
    """DATABASE_URL as SQLAlchemy's async engine wants it; says what is wrong with one it can't use."""
    try:
        url = make_url(text)
    except Exception as error:
        raise WrongSetting("DATABASE_URL is not a database address. Try sqlite:///perennial.db") from error
    if url.drivername in ("sqlite", "sqlite+aiosqlite"):
        if not url.database or url.database == ":memory:":
            raise WrongSetting("DATABASE_URL must name a file, such as sqlite:///perennial.db")
        return url.set(drivername="sqlite+aiosqlite")
    if url.drivername in ("postgresql", "postgres", "postgresql+asyncpg"):
        return url.set(drivername="postgresql+asyncpg")
    raise WrongSetting(f"DATABASE_URL names {url.drivername}; Perennial keeps its data in sqlite or postgresql.")


def driver_errors() -> tuple[type[Exception], ...]:
    """What PostgreSQL's driver raises past SQLAlchemy while it connects; none where it isn't loaded, which costs 2 MB."""
    driver = sys.modules.get("asyncpg")
    return () if driver is None else (driver.PostgresError,)


class Database:
    """One writing engine, one reading engine, and no transaction inside a transaction."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.url = driver_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.vault = vault
        self.lent: dict[str, Any] = {"vault": vault}  # what every session's `info` carries; app.py adds to it
        self.longest_write = 0.0  # seconds; on SQLite this is how long everybody else waited at most
        self._writer = self._engine(pool_size=1 if self.is_sqlite else 10, begin="BEGIN IMMEDIATE")
        self._reader = self._engine(pool_size=4, begin="BEGIN", read_only=True) if self.is_sqlite else self._writer
        self._write = async_sessionmaker(self._writer, expire_on_commit=False)
        self._read = async_sessionmaker(
            self._reader if self.is_sqlite else self._writer.execution_options(postgresql_readonly=True),
            expire_on_commit=False,
            autoflush=False,
        )
        self._inside: ContextVar[object] = ContextVar("inside_transaction", default=None)

    def _engine(self, *, pool_size: int, begin: str, read_only: bool = False) -> AsyncEngine:
        # hide_parameters: an error names the statement, never what a person wrote in it.
        how = {"hide_parameters": True, "json_serializer": plain.to_text, "json_deserializer": plain.read}
        if not self.is_sqlite:
            return create_async_engine(self.url, pool_size=pool_size, max_overflow=10, pool_pre_ping=True, **how)
        engine = create_async_engine(self.url, pool_size=pool_size, max_overflow=0, **how)
        _listen(engine, begin, read_only)
        return engine

    @property
    def writer(self) -> AsyncEngine:
        """The engine that may write, for migrations and diagnostics."""
        return self._writer

    @property
    def reader(self) -> AsyncEngine:
        """The engine that only looks."""
        return self._reader

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends; never waits for Slack, a process or another transaction."""
        task = asyncio.current_task()
        if self._inside.get() is task:
            raise NestedTransaction
        token = self._inside.set(task)
        hooks: list[AfterCommit] = []
        try:
            async with self._write() as session:
                session.info.update(self.lent, after_commit=hooks)
                async with session.begin():
                    await session.connection()  # takes SQLite's write lock now; waiting for it is not holding it
                    began = stopwatch()
                    yield session
                self.longest_write = max(self.longest_write, stopwatch() - began)
        finally:
            self._inside.reset(token)
        for hook in hooks:
            outcome = hook()
            if outcome is not None:
                await outcome

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that can only look; it takes no write lock and may run beside any transaction."""
        async with self._read() as session:
            session.info.update(self.lent)
            yield session

    async def close(self) -> None:
        """Give every connection back."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


async def insert_new(
    session: AsyncSession, model: type[Base], rows: list[dict[str, Any]], *, unique: tuple[str, ...], returning: Any
) -> list[Any]:
    """Insert rows, passing over those whose `unique` columns are taken; `returning` of the new ones."""
    found = await insert_new_rows(session, model, rows, unique=unique, returning=(returning,))
    return [row[0] for row in found]


async def insert_new_rows(
    session: AsyncSession,
    model: type[Base],
    rows: list[dict[str, Any]],
    *,
    unique: tuple[str, ...],
    returning: tuple[Any, ...],
) -> Sequence[Row[Any]]:
    """The same, with several columns of each new row, in no particular order."""
    statement = _passing_over(session.get_bind().dialect.name, model, unique, returning)
    return (await session.execute(statement, rows)).all()


@cache  # every message that is queued is such an insert: put together once for each table
def _passing_over(dialect: str, model: type[Base], unique: tuple[str, ...], returning: tuple[Any, ...]) -> Any:
    return insert_into(dialect, model).on_conflict_do_nothing(index_elements=list(unique)).returning(*returning)


def insert_into(dialect: str, model: type[Base]) -> Any:
    """An insert that knows, as this kind of database says it, what to do where the row is there already."""
    insert: Any = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return insert(model.__table__)


async def in_parts(
    session: AsyncSession, query: Select[*tuple[Any, ...]], *, size: int = PART
) -> AsyncIterator[Sequence[Any]]:
    """Many rows, some hundreds at a time; between the parts whoever else waits has a turn."""
    result = await session.stream(query.execution_options(yield_per=size))
    async for part in result.partitions():
        yield part
        await asyncio.sleep(0)


def after_commit(session: AsyncSession, hook: AfterCommit) -> None:
    """Have `hook` called once this transaction is safely in the database, and not at all otherwise."""
    session.info["after_commit"].append(hook)


def vault_of(session: AsyncSession) -> Vault:
    """The vault lent to every session, for columns that are sealed."""
    vault: Vault = session.info["vault"]
    return vault


def _listen(engine: AsyncEngine, begin: str, read_only: bool) -> None:
    """SQLite's own driver opens transactions too late and loses updates; we say BEGIN ourselves."""

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(dbapi: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        dbapi.isolation_level = None
        pragmas = (*SQLITE_PRAGMAS, "query_only=ON") if read_only else SQLITE_PRAGMAS
        cursor = dbapi.cursor()
        for pragma in pragmas:
            cursor.execute("PRAGMA " + pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)
