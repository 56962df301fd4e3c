"""What every test may ask for: real migrated databases, and a real bot in a make-believe workspace."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from bot.app import Perennial
from bot.db import Database
from bot.migrate import migrate
from bot.pace import answer_first
from bot.settings import Settings
from bot.vault import Vault, new_key
from tests import statements
from tests.goldens import golden as golden
from tests.postgres import PostgresServer
from tests.postgres import postgres_server as postgres_server
from tests.postgres import postgres_url as postgres_url
from tests.world import World

structlog.configure(  # with everybody's local variables, which is its default, a traceback takes seconds to draw
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback, colors=False),
    ]
)

statements.share()

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """As a bot that serves does: what is loaded by now is never looked through again for something to throw away."""
    answer_first()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest migration; tests copy it."""
    path = tmp_path_factory.mktemp("template") / "perennial.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    path = tmp_path / "perennial.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """The same test once on SQLite and once on real PostgreSQL, both migrated."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"))


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own, copied from a template."""
    template = postgres_server.template("head", lambda url: asyncio.run(migrate(url)))
    url = postgres_server.create_database(template)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database on each engine, with every kind of message registered."""
    opened = Database(store_url, Vault.from_setting(new_key()))
    settings = Settings(_env_file=None, slack_bot_token="xoxb-test", slack_signing_secret="s", database_url=store_url)
    registry = Perennial(settings, opened.vault).registry
    opened.lent.update(kinds=registry.kinds, program_kinds=registry.program_kinds)
    yield opened
    await opened.close()


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """A make-believe workspace with the real bot installed, on SQLite, on a Monday morning in March 2026."""
    async with World(sqlite_url, now=MONDAY) as built:
        yield built


@pytest.fixture
async def any_world(store_url: str) -> AsyncIterator[World]:
    """The same on both databases."""
    async with World(store_url, now=MONDAY) as built:
        yield built


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A developer's own tokens never reach a test."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "PERENNIAL_")) and not name.startswith(("PERENNIAL_TEST_", "PERENNIAL_CHROMIUM")):
            monkeypatch.delenv(name)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield
