"""Brings a database to the newest schema, one process at a time, in the running process."""

from alembic import command
from alembic.config import Config
from asyncpg import PostgresError
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.db import driver_url
from bot.errors import WrongSetting
from bot.schema import MIGRATIONS

LOCK = 7_366_374  # any number, the same in every process of ours


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, with the connection that env.py is to use."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.set_main_option("file_template", "%%(year)d-%%(month).2d-%%(day).2d-%%(hour).2d%%(minute).2d_%%(slug)s")
    settings.attributes["connection"] = connection
    return settings


async def migrate(url: str, *, revision: str = "head") -> None:
    """Upgrade the database behind DATABASE_URL to `revision`; nothing happens where it is there already."""
    target = driver_url(url)
    try:
        await _migrate(target, revision)
    except (OperationalError, OSError, PostgresError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise WrongSetting(f"DATABASE_URL: the database can't be reached or opened ({reason}).") from error


async def _migrate(target: URL, revision: str) -> None:
    if target.get_backend_name() == "sqlite":
        _migrate_sqlite(str(target.set(drivername="sqlite").render_as_string(hide_password=False)), revision)
        return
    engine = create_async_engine(target, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SET lock_timeout = '60s'"))
            await connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
            await connection.commit()
            try:
                await connection.run_sync(lambda sync: command.upgrade(config(sync), revision))
                await connection.commit()
            finally:
                await connection.rollback()
                await connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
    finally:
        await engine.dispose()


def _migrate_sqlite(url: str, revision: str) -> None:
    """SQLite on an engine of its own with foreign keys off: rebuilding a parent table would delete its children."""
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _connect(dbapi: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=OFF", "busy_timeout=60000"):
            cursor.execute("PRAGMA " + pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        command.upgrade(config(connection), revision)
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise WrongSetting(
                f"The database has {len(broken)} rows that point nowhere; the migration was not applied."
            )
    engine.dispose()
