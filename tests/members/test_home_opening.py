"""Opening the Home tab draws it."""

from tests.world import World


async def test_opening_home_draws_it(world: World):
    ada = world.person("Ada")
    await world.acts.open_home(ada)
    await world.settle()
    home = world.slack.home(ada)
    assert home is not None
    assert home["type"] == "home"
