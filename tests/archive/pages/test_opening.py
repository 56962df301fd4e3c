"""From Slack to the browser: the buttons that open a page for whoever they were drawn for."""

from typing import Any

from bot.archive.opening import OPEN, open_in_browser
from tests.archive.finding import reading
from tests.archive.pages.cards import NO, publish
from tests.members import walk
from tests.web.reading import Readers
from tests.world import World


def way_out(blocks: list[dict[str, Any]]) -> str:
    """Where the button leads."""
    buttons = [each for block in blocks for each in block.get("elements", [])]
    return next(each["url"] for each in buttons if each.get("action_id") == OPEN)


async def test_home_and_the_card_itself_open_in_the_browser_for_whoever_looks(readers: Readers):
    world = readers.world
    ada = world.users["Ada Lovelace"]
    card = await publish(world.bot.database, readers.workspace_id, now=world.clock())
    await walk.open_home(world, ada)
    await reading.go(world, ada, "find")
    async with readers.browser() as browser:
        page = await browser.come_in(way_out(walk.look(world, ada)["blocks"]))
        assert page.title == "Insights" and "You read as Ada Lovelace" in page.said
    assert (await walk.press(world, ada, action_id="archive.read", value=str(card))).ok
    modal = walk.modal(world, ada)
    async with readers.browser() as browser:
        assert (await browser.come_in(way_out(modal["blocks"]))).title == NO
    assert (await walk.press(world, ada, action_id=OPEN, view_id=modal["id"])).ok


async def test_where_no_pages_are_served_there_is_no_button(world: World):
    async with world.bot.database.reading() as session:
        assert await open_in_browser(session, 1, 1, "/insights", world.clock()) is None
