"""A theme is counted, or hidden, while its session is called off: one waits for the other, and neither for both."""

from collections.abc import AsyncIterator

import pytest

from bot.gatherings import planning
from bot.gatherings import store as gatherings
from bot.gatherings.ballots import jobs, reporting, store
from tests.conftest import MONDAY
from tests.features.questions.test_at_once import begun
from tests.features.storytelling.evening import planned
from tests.world import World

pytestmark = pytest.mark.postgres  # SQLite has one writer, so that nobody waits for a row


@pytest.fixture
async def world(migrated_postgres_url: str) -> AsyncIterator[World]:
    async with World(migrated_postgres_url, now=MONDAY) as built:
        yield built


async def count(world: World) -> None:
    tools = world.bot.tools
    async with world.bot.database.transaction() as session:
        ballot = await store.about(session, 1, "theme:1", lock=True)
        assert ballot is not None
        ballot.due_at = world.clock()
    await jobs.count_one(tools, (1, ballot.id))


async def hide(world: World) -> None:
    async with world.bot.database.transaction() as session:
        ballot = await store.about(session, 1, "theme:1")
        assert ballot is not None
        proposal = (await store.up(session, ballot))[0]
        await reporting.hide(session, 1, proposal.id, world.clock())


@pytest.mark.parametrize("act", [count, hide])
async def test_a_session_is_called_off_while_its_theme_is_chosen(world: World, act):
    _, first = await planned(world)
    async with world.bot.database.transaction() as session:
        gathering = await gatherings.get(session, 1, first.id, lock=True)
        other = await begun(world, act(world))
        await planning.call_off(session, gathering, now=world.clock())
    await other
    async with world.bot.database.reading() as session:
        ballot = await store.about(session, 1, f"theme:{first.id}")
        assert ballot is not None and ballot.state == store.TAKEN_BACK
        assert (await gatherings.get(session, 1, first.id)).title is None
