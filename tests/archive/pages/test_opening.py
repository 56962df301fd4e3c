"""The button in Slack that opens a page."""

from bot.archive.pages.opening import OPEN, open_in_browser
from tests.web.reading import Readers
from tests.world import World


async def test_the_button_opens_its_page_for_whoever_it_was_drawn_for(readers: Readers):
    world, ada = readers.world, readers.ids["Ada Lovelace"]
    async with world.bot.database.reading() as session:
        button = await open_in_browser(session, readers.workspace_id, ada, "/insights/kept", world.clock())
    assert button is not None and button["action_id"] == OPEN
    async with readers.browser() as browser:
        assert (await browser.come_in(button["url"])).title == "Kept by you"
    user = world.users["Ada Lovelace"]
    block = {"type": "actions", "block_id": "b", "elements": [button]}
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    ts = world.slack.post_message(channel, world.slack.bot_user_id, "x", blocks=[block])["ts"]
    assert (await world.acts.click(user, channel=channel, ts=ts, action_id=OPEN)).ok


async def test_where_no_pages_are_served_there_is_no_button(world: World):
    async with world.bot.database.reading() as session:
        assert await open_in_browser(session, 1, 1, "/insights", world.clock()) is None
