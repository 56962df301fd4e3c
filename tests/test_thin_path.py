"""The house stands: a signed request reaches the real bot, and what nobody handles is forgotten."""

from tests.conftest import MONDAY
from tests.world import World


async def test_an_event_nobody_handles_is_acknowledged_and_forgotten(world: World):
    ada = world.person("Ada")
    await world.acts.open_home(ada)
    await world.settle()
    assert world.side is not None
    assert world.slack.api_calls(5)[-1]["method"] in {"auth.test", "views.publish"}


async def test_the_bot_starts_on_both_databases(any_world: World):
    async with any_world.bot.database.reading() as session:
        from bot.members import workspaces

        found = await workspaces.find(session, "T0PERENNIAL")
        assert found is not None
        assert found.bot_user_id == any_world.slack.bot_user_id


async def test_the_same_goes_through_a_socket_that_the_bot_opens(sqlite_url: str):
    async with World(sqlite_url, now=MONDAY, by_socket=True) as world:
        ada = world.person("Ada")
        await world.acts.open_home(ada)
        await world.settle()
        assert world.bot.socket_ok is True
        assert world.slack.home(ada) is not None
