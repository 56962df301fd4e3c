"""A nudge is answered on the Home tab while its message leaves: what was drawn before the answer is drawn again."""

from collections.abc import AsyncIterator

import pytest

from bot.delivery import outbox
from bot.features.nudges.answers import views
from bot.features.nudges.sending import messages
from tests.conftest import MONDAY
from tests.features.nudges.crew import first_nudge, join, menu_of, nudges_of
from tests.features.questions.test_at_once import begun
from tests.members import walk
from tests.world import World

pytestmark = pytest.mark.postgres  # SQLite has one writer, so that nobody waits for a row


@pytest.fixture
async def nudging(migrated_postgres_url: str) -> AsyncIterator[World]:
    async with World(migrated_postgres_url, now=MONDAY, nudges="weekly") as built:
        yield built


async def test_an_answer_on_home_while_the_message_leaves_takes_its_buttons_away(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    (nudge,) = await nudges_of(nudging, ada)
    await walk.open_home(nudging, ada)
    await claimed(nudging, nudge.workspace_id, messages.key_of(nudge.id), "queued")
    async with nudging.bot.database.transaction() as session:  # the sender's claim
        leaving = await outbox.find(session, nudge.workspace_id, messages.key_of(nudge.id), lock=True)
        assert leaving is not None
        leaving.state = "sending"
        await session.flush()
        press = walk.press(nudging, ada, action_id=views.DID, value=str(nudge.id), anyway=True)
        answered = await begun(nudging, press)
    await answered
    await claimed(nudging, nudge.workspace_id, messages.key_of(nudge.id), "sent")
    await nudging.move(seconds=90)
    assert menu_of(nudging.last_message_to(ada)) is None


async def claimed(world: World, workspace_id: int, key: str, state: str) -> None:
    """Its message comes to a state of its way."""
    async with world.bot.database.transaction() as session:
        found = await outbox.find(session, workspace_id, key, lock=True)
        assert found is not None
        found.state = state
        if state == "sent":
            await outbox.release_followers(session, workspace_id, [found.id], now=world.clock())
