"""Leaving, claiming and closing at the same moment: everybody waits their turn, and nobody for each other."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest
from sqlalchemy import text

from bot.features.questions import lifecycle, store
from bot.features.questions.routing import holding
from bot.members import changes
from bot.members import store as members
from bot.members.sync import rules as slack_says
from bot.members.sync import store as sync
from tests.conftest import MONDAY
from tests.features.questions.threads_people import ask, joined, kept, member_of, put_to
from tests.world import World

pytestmark = pytest.mark.postgres  # SQLite has one writer, so that nobody waits for a row
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
async def world(migrated_postgres_url: str) -> AsyncIterator[World]:
    async with World(migrated_postgres_url, now=MONDAY) as built:
        yield built


async def begun(world: World, *others: Coroutine[Any, Any, None]) -> asyncio.Future[Any]:
    """Others begin, and each of them has come to where it waits for a row of somebody else's transaction."""
    tasks = asyncio.gather(*others)
    async with world.bot.database.reading() as session:
        while not tasks.done() and (await session.execute(text(WAITS))).scalar_one() < len(others):
            await asyncio.sleep(0)
            await session.execute(text("SELECT pg_stat_clear_snapshot()"))
    return tasks


async def leave(world: World, user: str) -> None:
    async with world.bot.database.transaction() as session:
        member = await members.by_slack_id(session, 1, user)
        assert member is not None
        await changes.leave(session, member, now=world.clock())


async def read_a_page(world: World, *users: str) -> None:
    """Slack's list says that these accounts are deactivated."""
    gone = [slack_says.Person(user, user, None, "", "UTC", False, False, deactivated=True) for user in users]
    async with world.bot.database.transaction() as session:
        await sync.lock_workspace(session, 1)
        await sync.keep(session, 1, gone, now=world.clock())


async def test_a_question_is_closed_while_its_holder_leaves(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    await put_to(world, number, hana)
    async with world.bot.database.transaction() as session:
        question = await store.get(session, 1, number, lock=True)
        leaving = await begun(world, leave(world, hana))
        await lifecycle.end(session, question, "closed", closing="asker", now=world.clock())
    await leaving
    assert (await kept(world, number)).state == "closed"
    assert (await member_of(world, hana)).left_at is not None


async def test_two_leave_who_were_asked_by_each_other(world: World):
    hana, ben = await joined(world, "Hana", "Ben")
    of_hana, of_ben = await ask(world, hana), await ask(world, ben)
    await put_to(world, of_hana, ben)
    await put_to(world, of_ben, hana)
    async with world.bot.database.transaction() as session:
        for number in (of_hana, of_ben):
            await store.get(session, 1, number, lock=True)
        leaving = await begun(world, leave(world, hana), leave(world, ben))
    await leaving
    assert [(await kept(world, number)).state for number in (of_hana, of_ben)] == ["closed", "closed"]


async def test_somebody_takes_a_question_while_slack_says_that_they_and_another_are_gone(world: World):
    ana, hana, tom = await joined(world, "Ana", "Hana", "Tom")
    number = await ask(world, ana)
    await put_to(world, number, hana, state="asked")
    async with world.bot.database.transaction() as session:
        member = await members.by_slack_id(session, 1, tom)
        assert member is not None
        await holding.lock(session, member)
        reading = await begun(world, read_a_page(world, hana, tom))
        question = await store.get(session, 1, number, lock=True)
        await holding.take(session, question, member, now=world.clock())
    await reading
    assert (await kept(world, number)).state == "open", "taken, and handed on when they were gone"
