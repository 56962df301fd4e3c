"""Every database gets to the newest schema, from empty and from every past one, and the models agree with it."""

import asyncio
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import METADATA
from bot.db import driver_url
from bot.migrate import config, migrate
from bot.schema import is_compared, newest, revision_of

REVISIONS = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database on each engine."""
    return (
        f"sqlite:///{tmp_path}/empty.db" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    )


async def on(url: str, look):
    """What `look` finds on a plain connection."""
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(look)
    finally:
        await engine.dispose()


def drift(connection: Connection) -> list[object]:
    opts = {"compare_type": True, "compare_server_default": True, "include_name": is_compared}
    context = MigrationContext.configure(connection, opts=opts)
    return list(compare_metadata(context, METADATA))


async def test_the_models_and_the_migrations_agree(empty_url: str):
    await migrate(empty_url)
    assert await on(empty_url, drift) == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_it_goes_forward_from_every_past_schema(empty_url: str, revision: str):
    await migrate(empty_url, revision=revision)
    await migrate(empty_url)
    found = await on(empty_url, lambda connection: MigrationContext.configure(connection).get_current_revision())
    assert found == newest()


async def test_starting_again_changes_nothing(empty_url: str):
    await migrate(empty_url)
    before = await on(empty_url, lambda connection: sorted(inspect(connection).get_table_names()))
    await migrate(empty_url)
    assert await on(empty_url, lambda connection: sorted(inspect(connection).get_table_names())) == before


@pytest.mark.postgres
async def test_four_processes_that_start_at_once_migrate_once(postgres_url: str):
    await asyncio.gather(*(migrate(postgres_url) for _ in range(4)))
    assert await on(postgres_url, drift) == []


def test_going_back_to_nothing_works_too(tmp_path: Path):
    asyncio.run(migrate(f"sqlite:///{tmp_path}/back.db"))
    engine = create_engine(f"sqlite:///{tmp_path}/back.db")
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    engine.dispose()


async def test_what_is_newest_and_where_a_database_is_are_known_without_alembic(empty_url: str):
    assert ScriptDirectory.from_config(config()).get_current_head() == newest()
    assert await on(empty_url, revision_of) is None
    await migrate(empty_url, revision=REVISIONS[-1])
    assert await on(empty_url, revision_of) == REVISIONS[-1]
    await migrate(empty_url)
    assert await on(empty_url, revision_of) == newest()
