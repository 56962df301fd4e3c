"""A thank-you changes while its message leaves: what was drawn before the change is drawn again."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.recognition.receiving import changing, messages
from bot.features.recognition.store import find
from tests.conftest import MONDAY
from tests.features.goals.people import People, found
from tests.features.questions.test_at_once import begun
from tests.features.recognition.thanking import thank
from tests.world import World

pytestmark = pytest.mark.postgres  # SQLite has one writer, so that nobody waits for a row


@pytest.fixture
async def world(migrated_postgres_url: str) -> AsyncIterator[World]:
    async with World(migrated_postgres_url, now=MONDAY) as built:
        yield built


async def change(people: People, thanks_id: int) -> None:
    async with people.database.transaction() as session:
        row = await find(session, people.workspace_id, thanks_id, lock=True)
        assert row is not None
        await changing.choose(session, row, "private", people.world.clock())


async def test_a_choice_made_while_the_message_leaves_is_drawn_into_it(world: World):
    people = await found(world)
    row = await thank(people, "Ada", "Ben", share=True)
    async with people.database.transaction() as session:  # the sender's claim
        leaving = await outbox.find(session, people.workspace_id, messages.key_of(row), lock=True)
        assert leaving is not None
        leaving.state = "sending"
        await session.flush()
        changed = await begun(world, change(people, row.id))
    await changed
    async with people.database.reading() as session:
        query = select(Delivery).where(Delivery.kind == messages.CHANGED.name)
        assert [each.target_id for each in (await session.execute(query)).scalars()] == [leaving.id]
