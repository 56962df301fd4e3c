"""The store keeps its word: one transaction at a time, aware times, and nothing half done."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.db import Database, after_commit, insert_new
from bot.errors import NestedTransaction
from bot.members.models import Workspace

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def workspace(team_id: str = "T1", **facts: object) -> Workspace:
    return Workspace(team_id=team_id, name="Tidewater", installed_at=NOW, options={}, **facts)


async def test_a_transaction_inside_a_transaction_raises_at_once(database: Database):
    async with database.transaction():
        with pytest.raises(NestedTransaction):
            async with database.transaction():
                pass


async def test_two_tasks_may_each_have_one(database: Database):
    async def add(team_id: str) -> None:
        async with database.transaction() as session:
            session.add(workspace(team_id))

    await asyncio.gather(*(add(f"T{number}") for number in range(8)))
    async with database.reading() as session:
        assert len((await session.execute(select(Workspace))).all()) == 8


async def test_no_update_is_lost_among_many_writers(database: Database):
    async with database.transaction() as session:
        session.add(workspace(scopes="0"))

    async def count_up() -> None:
        for _ in range(10):
            async with database.transaction() as session:
                row = (await session.execute(select(Workspace).with_for_update())).scalar_one()
                row.scopes = str(int(row.scopes) + 1)

    await asyncio.gather(*(count_up() for _ in range(10)))
    async with database.reading() as session:
        assert (await session.execute(select(Workspace.scopes))).scalar_one() == "100"


async def test_the_reading_engine_cannot_write(database: Database):
    async with database.reading() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text("DELETE FROM workspaces"))


async def test_hooks_run_after_a_commit_and_never_after_a_failure(database: Database):
    heard: list[str] = []
    async with database.transaction() as session:
        session.add(workspace())
        after_commit(session, lambda: heard.append("kept"))
        assert heard == []
    with pytest.raises(RuntimeError, match="half way"):
        async with database.transaction() as session:
            after_commit(session, lambda: heard.append("lost"))
            raise RuntimeError("half way")
    assert heard == ["kept"]


async def test_times_come_back_aware_in_utc_and_naive_ones_are_refused(database: Database):
    india = timezone(timedelta(hours=5, minutes=30))
    async with database.transaction() as session:
        session.add(workspace(sync_due_at=NOW.astimezone(india)))
    async with database.reading() as session:
        assert (await session.execute(select(Workspace.sync_due_at))).scalar_one() == NOW
    with pytest.raises(StatementError, match="without a zone"):
        async with database.transaction() as session:
            session.add(workspace("T2", sync_due_at=NOW.replace(tzinfo=None)))


async def test_inserting_what_is_there_already_passes_over_it(database: Database):
    row = {
        "team_id": "T1",
        "name": "one",
        "installed_at": NOW,
        "options": {},
        "scopes": "",
        "state": "active",
        "guests_allowed": False,
    }
    async with database.transaction() as session:
        first = await insert_new(session, Workspace, [row], unique=("team_id",), returning=Workspace.id)
        again = await insert_new(
            session, Workspace, [row, {**row, "team_id": "T2"}], unique=("team_id",), returning=Workspace.id
        )
    assert len(first) == 1
    assert len(again) == 1
