"""Which migration a database is at, and which one this code wants: known without Alembic, which costs 10 MB and time."""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.db import Database, driver_errors

MIGRATIONS = Path(__file__).parents[1] / "migrations"
TABLE = "alembic_version"
SEARCHED = "insight_search"  # the archive's index: FTS5 with its shadow tables, or a tsvector; no model describes it
REVISION = re.compile(r'^revision: str = "(\w+)"', re.MULTILINE)
BEFORE = re.compile(r'^down_revision: str \| None = "(\w+)"', re.MULTILINE)


@cache
def newest() -> str:
    """The revision this code was written for: the one that no other builds on."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((MIGRATIONS / "versions").glob("*.py"))]
    found = {match[1] for each in texts if (match := REVISION.search(each))}
    (head,) = found - {match[1] for each in texts if (match := BEFORE.search(each))}
    return head


def is_compared(name: str | None, type_: str, parents: object) -> bool:
    """Whether a thing in the database should be found in the models: all but the archive's index."""
    return type_ != "table" or not (name or "").startswith(SEARCHED)


def revision_of(connection: Connection) -> str | None:
    """The revision a database is at; None for one that has no tables of ours."""
    if not inspect(connection).has_table(TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {TABLE}")).scalar()  # noqa: S608 - ours
    return found


async def is_newest(database: Database) -> bool:
    """Whether nothing is left to migrate; no as well where it can't be reached, for migrating says why."""
    try:
        async with database.reading() as session:
            return await (await session.connection()).run_sync(revision_of) == newest()
    except (SQLAlchemyError, OSError):
        return False
    except driver_errors():
        return False
