"""Every database gets to the newest schema, from empty and from every past one, and the models agree with it."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Connection, MetaData, Table, create_engine, insert, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import METADATA
from bot.db import driver_url
from bot.migrate import config, migrate
from bot.schema import is_compared, newest, revision_of

REVISIONS = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]

MOMENT = datetime(2026, 3, 26, 16, tzinfo=UTC)


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


def put(connection: Connection, table: str, **given: object) -> None:
    """One row of a past schema; what must be there and is not given is filled with something of its type."""
    of = Table(table, MetaData(), autoload_with=connection)
    plain = {int: 1, str: "x", bytes: b"x", datetime: MOMENT, date: MOMENT.date(), bool: False, float: 1.0}
    needed = [each for each in of.columns if not each.nullable and each.name not in (*given, "id")]
    filled = {each.name: [] if isinstance(each.type, JSON) else plain[each.type.python_type] for each in needed}
    connection.execute(insert(of).values(filled | given))


async def change(url: str, act) -> None:
    """Do something on a plain connection, and keep it."""
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(act)
    finally:
        await engine.dispose()


BEFORE = [
    ("storytelling.gathered", "gathering:1:harvest:3"),
    ("storytelling.card", "gathering:1:harvest"),
    ("storytelling.tried", "takeaway:7"),
    ("gatherings.came_of_takeaway", "shared_takeaway:1"),
]


async def test_what_listeners_said_they_would_try_is_a_takeaway_afterwards(empty_url: str):
    await migrate(empty_url, revision="0020_takeaways")

    def before(connection: Connection) -> None:
        put(connection, "workspaces", id=1, state="active")
        put(connection, "members", id=1, slack_id="U1", tz="UTC")
        put(connection, "members", id=2, slack_id="U2", tz="UTC")
        put(connection, "programs", id=1)
        put(connection, "gatherings", id=1, kind="storytelling")
        put(connection, "gatherings", id=2, kind="roundtables")
        put(connection, "story_sessions", gathering_id=1, harvest_at=MOMENT)
        put(connection, "story_tellings", id=6, member_id=2)
        said = {"telling_id": 6, "body": b"sealed", "tried": "partly", "state": "shown", "page": 3}
        put(connection, "story_takeaways", id=7, **said)
        put(connection, "takeaways", id=1, gathering_id=2, body=b"of the day")
        for number, (kind, subject) in enumerate(BEFORE, start=1):
            of = {"kind": kind, "subject": subject, "dedupe_key": str(number), "wire_key": str(number)}
            put(connection, "deliveries", id=number, **of)

    await change(empty_url, before)
    await migrate(empty_url)

    def after(connection: Connection) -> None:
        rows = connection.execute(text("SELECT id, gathering_id, member_id, body, about, page, outcome FROM takeaways"))
        assert [(*each[:3], bytes(each[3]), *each[4:]) for each in rows] == [(7, 1, 1, b"sealed", 6, 3, "partly")]
        sent = connection.execute(text("SELECT id, kind, subject FROM deliveries ORDER BY id")).all()
        assert [tuple(each) for each in sent] == [
            (1, "gatherings.gathered", "gathering:1:takeaway:3"),
            (2, "storytelling.card", "gathering:1:harvest"),
            (3, "gatherings.came_of_takeaway", "takeaway:7"),
        ]
        due = connection.execute(text("SELECT id FROM gatherings WHERE takeaways_at IS NOT NULL")).scalars().all()
        assert due == [1]
        put(connection, "takeaways", member_id=2)  # the next one gets a number of its own
        assert connection.execute(text("SELECT max(id) FROM takeaways")).scalar_one() > 7

    await change(empty_url, after)
