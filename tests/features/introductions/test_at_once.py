"""Somebody answers on their Home tab while the check-in leaves: what was drawn before the answer is drawn again."""

from collections.abc import AsyncIterator

import pytest

from bot.delivery import outbox
from bot.features.introductions.checkins import jobs, messages, views
from tests.conftest import MONDAY
from tests.features.introductions.pressing import last_to, texts
from tests.features.introductions.test_following_up import asked
from tests.features.nudges.test_at_once import claimed
from tests.features.questions.test_at_once import begun
from tests.members import walk
from tests.world import World

pytestmark = pytest.mark.postgres  # SQLite has one writer, so that nobody waits for a row


@pytest.fixture
async def world(migrated_postgres_url: str) -> AsyncIterator[World]:
    async with World(migrated_postgres_url, now=MONDAY) as built:
        yield built


async def test_an_answer_on_home_while_the_check_in_leaves_takes_its_buttons_away(world: World):
    company = await asked(world)
    introduction, _ = await company.group_of("Ada")
    key = messages.check_in_key(introduction.id, company.ids["Ada"], again=False)
    ada = company.users["Ada"]
    await walk.open_home(world, ada)
    await claimed(world, company.workspace_id, key, "queued")
    async with world.bot.database.transaction() as session:  # the sender's claim
        leaving = await outbox.find(session, company.workspace_id, key, lock=True)
        assert leaving is not None
        leaving.state = "sending"
        await session.flush()
        press = walk.press(world, ada, action_id=views.MET, value=str(introduction.id), anyway=True)
        answered = await begun(world, press)
        leaving.settled_at = world.clock()
        await jobs.check_in_sent(session, leaving)  # whoever settles it notes on her row that she was asked
        await session.flush()
    await answered
    await claimed(world, company.workspace_id, key, "sent")
    await world.move(seconds=90)
    assert "Did you" not in texts(last_to(company, "Ada")[1])
