"""From the playground to the bot's own web pages: what is pressed opens in a new tab, and reads as whoever pressed."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from playground.page.routes import create_page
from tests.archive.pages.cards import NO, publish
from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.playground.page.test_with_the_bot import StillTime
from tests.web.reading import Readers, a_company_that_reads
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
async def readers(sqlite_url: str) -> AsyncIterator[Readers]:
    async with a_company_that_reads(World(sqlite_url, now=MONDAY, pages_at=0)) as company:
        yield company


async def new_tab(page: Page, link) -> Page:
    async with page.context.expect_page() as opened:
        await link.click()
    return await opened.value


async def test_a_button_and_a_posted_link_open_the_card_in_a_new_tab(readers: Readers):
    world, ada = readers.world, readers.world.users["Ada Lovelace"]
    card = await publish(world.bot.database, readers.workspace_id, now=world.clock())
    general = world.slack.add_channel("general", creator=ada, members=[world.users["Ben Okri"]])
    routes = create_page(world.slack, world.acts, StillTime(world), after_act=world.settle)
    world.server.app.router.routes.extend(routes)
    async with open_browser() as browser:
        page = await (await browser.new_context()).new_page()
        page.set_default_timeout(20_000)
        await page.goto(f"{world.server.url}/as/{ada}/home")
        await page.get_by_role("button", name="Browse").click()
        tab = await new_tab(page, page.get_by_role("button", name="Open in the browser"))
        await tab.get_by_role("button", name="Continue").click()
        await expect(tab.get_by_role("heading", level=1)).to_have_text("Insights")

        await page.goto(f"{world.server.url}/as/{ada}/{general}")
        await page.get_by_label("Message #general").fill(f"This helped: {readers.base}/insights/{card}")
        await page.keyboard.press("Enter")
        preview = page.locator("#log .unfurl")
        await expect(preview).to_contain_text(NO)
        await expect(preview).to_contain_text("Negotiating · Saying no")
        tab = await new_tab(page, page.locator("#log .msg").last.get_by_role("link", name="/insights/"))
        await expect(tab.get_by_role("heading", level=1)).to_have_text(NO)

        await page.locator("#log .msg").last.hover()
        await page.locator("#log .msg").last.get_by_role("button", name="More about this message").click()
        await page.get_by_role("menuitem", name="Keep as insight").click()
        await expect(page.locator("dialog.modal")).to_be_visible()
