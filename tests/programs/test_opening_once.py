"""However many processes look at the same moment, a round is opened once."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import Perennial
from bot.db import Database
from bot.programs import jobs, store
from bot.programs.models import Program, Round
from bot.settings import Settings
from bot.vault import Vault, new_key
from tests.programs.conftest import MONDAY, program, workspace

TEN = datetime(2026, 3, 3, 10, 0, 1, tzinfo=UTC)
PROGRAMS = 12


async def due_programs(database: Database) -> None:
    """A dozen programs that are due at once."""
    async with database.transaction() as session:
        home = await workspace(session)
        for number in range(PROGRAMS):
            made = await program(session, home.id, name=f"Tea {number}")
            await store.reschedule(session, made, MONDAY)


async def opened(database: Database) -> list[tuple[int, int]]:
    async with database.reading() as session:
        query = select(Round.program_id, Round.number).order_by(Round.program_id)
        return [(row.program_id, row.number) for row in await session.execute(query)]


async def ids(database: Database) -> list[int]:
    async with database.reading() as session:
        return list((await session.execute(select(Program.id).order_by(Program.id))).scalars())


def a_process(url: str, key: str) -> Perennial:
    """A bot of its own on the same database, a second after the hour."""
    settings = Settings(_env_file=None, slack_bot_token="xoxb-t", slack_signing_secret="s", database_url=url)
    return Perennial(settings, Vault.from_setting(key), lambda: TEN)


async def test_four_workers_at_the_same_moment_open_each_round_once(database: Database, store_url: str):
    await due_programs(database)
    key = new_key()
    workers = [a_process(store_url, key) for _ in range(4)]
    for worker in workers:
        worker.registry.program_kinds.clear()
    await asyncio.gather(*(jobs.open_rounds(worker.tools) for worker in workers))
    assert await opened(database) == [(program_id, 1) for program_id in await ids(database)]
    async with database.reading() as session:
        assert await store.due(session, TEN) == []
    for worker in workers:
        await worker.close()


@pytest.mark.postgres
async def test_two_processes_open_each_round_once(migrated_postgres_url: str):
    """Real processes, which start together once both are ready."""
    database = Database(migrated_postgres_url, Vault.from_setting(new_key()))
    database.lent["program_kinds"] = {}
    await due_programs(database)
    script = Path(__file__).with_name("open_rounds.py")
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            str(script),
            migrated_postgres_url,
            TEN.isoformat(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    outcomes = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0]
    assert all(output for output, _ in outcomes)
    assert await opened(database) == [(program_id, 1) for program_id in await ids(database)]
    await database.close()
