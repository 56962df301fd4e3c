"""The tests' own PostgreSQL: it starts, copies templates, cleans up after itself, and outlives nobody."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.postgres import PostgresServer, bundled_binaries, find_binaries, run_server

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[1]
serve = contextmanager(run_server)


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_a_new_database_is_empty_and_old_enough_to_promise(postgres_url: str):
    assert await ask(postgres_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    assert int(str(await ask(postgres_url, "SHOW server_version_num"))) >= 150000


async def test_a_template_is_migrated_once_and_its_copies_share_nothing(postgres_server: PostgresServer):
    migrated: list[str] = []

    def migrate(url: str) -> None:
        migrated.append(url)
        subprocess.run([sys.executable, "-c", MIGRATE, url], check=True, cwd=ROOT)

    first, second = (postgres_server.create_database(postgres_server.template("people", migrate)) for _ in range(2))
    await ask(first, "INSERT INTO people VALUES ('Ada')")
    assert (await ask(first, "SELECT count(*) FROM people"), await ask(second, "SELECT count(*) FROM people")) == (1, 0)
    assert len(migrated) == 1
    postgres_server.drop_database(first)
    postgres_server.drop_database(second)


async def test_a_database_can_be_dropped_while_somebody_is_connected(postgres_server: PostgresServer):
    url = postgres_server.create_database()
    connection = await asyncpg.connect(url)
    postgres_server.drop_database(url)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await connection.fetchval("SELECT 1")
    connection.terminate()


async def test_a_server_somebody_names_is_left_as_it_was_found(postgres_server: PostgresServer):
    home = postgres_server.create_database()
    named = PostgresServer(home)
    before = await ask(home, "SELECT count(*) FROM pg_database")
    named.create_database(named.template("anything", migrate=lambda url: None))
    named.drop_all()
    assert await ask(home, "SELECT count(*) FROM pg_database") == before
    postgres_server.drop_database(home)


@pytest.mark.parametrize("find", [find_binaries, bundled_binaries])
async def test_a_server_is_gone_when_it_is_let_go(find):
    with serve(find()) as url:
        folder = Path(url.partition("host=")[2])
        assert await ask(url, "SELECT 1") == 1
    assert not folder.exists()


def test_a_killed_test_run_leaves_no_server_behind():
    orphan = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert orphan.stdout is not None and orphan.stderr is not None
    folder = Path(orphan.stdout.readline().strip())
    assert folder.is_dir()
    os.kill(orphan.pid, signal.SIGKILL)
    orphan.wait()
    orphan.stdout.close()
    # Whoever keeps the server shares this pipe, so its end is read once the server has stopped.
    with orphan.stderr as complaints:
        assert complaints.read() == ""
    assert not folder.exists()


def test_a_server_that_cannot_start_says_why():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for program in ("initdb", "pg_ctl"):
            (folder / program).write_text("#!/bin/sh\necho the disk is full\nexit 1\n")
            (folder / program).chmod(0o755)
        folder.chmod(0o755)  # whoever runs the server is not whoever runs the tests
        with pytest.raises(RuntimeError, match="the disk is full"), serve(folder):
            pass


MIGRATE = """
import asyncio, asyncpg, sys
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    await connection.execute("CREATE TABLE people (name text)")
    await connection.close()
asyncio.run(main())
"""

HOLD = """
import signal
from tests.postgres import find_binaries, run_server
for url in run_server(find_binaries()):
    print(url.partition("host=")[2], flush=True)
    signal.pause()
"""
