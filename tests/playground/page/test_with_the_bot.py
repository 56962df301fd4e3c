"""The page with the real bot behind it: what it sends can be drawn, and what is pressed arrives."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from playground.page.routes import create_page
from tests.browser import open_browser
from tests.playground.page.stage import HandClock
from tests.world import World

pytestmark = pytest.mark.browser


class StillTime(HandClock):
    """Tells the world's time and never moves it."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.moment = world.clock()


@pytest_asyncio.fixture
async def page(world: World) -> AsyncIterator[Page]:
    async with open_browser() as browser:
        yield await hang(world, browser)


async def in_passing_time(world: World, browser: Browser) -> Page:
    """The page beside the world's Slack; after each act a few seconds pass, so that what it made due is seen."""

    async def a_moment_passes() -> None:
        await world.move(seconds=6)

    routes = create_page(world.slack, world.acts, StillTime(world), after_act=a_moment_passes)
    world.server.app.router.routes.extend(routes)
    page = await browser.new_page()
    page.set_default_timeout(20_000)
    return page


async def hang(world: World, browser: Browser) -> Page:
    """Put the page beside the world's Slack and look at it as Ada."""
    ada = world.person("Ada", title="Analyst")
    routes = create_page(world.slack, world.acts, StillTime(world), after_act=world.settle)
    world.server.app.router.routes.extend(routes)
    page = await browser.new_page()
    page.set_default_timeout(20_000)
    await page.goto(f"{world.server.url}/as/{ada}/home")
    return page


async def test_a_newcomer_finds_the_door_and_it_opens(world: World, page: Page) -> None:
    await page.get_by_role("button", name="Join").first.click()
    form = page.locator("dialog.modal")
    await expect(form).to_be_visible()
    await expect(page.locator("[data-unknown]")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("button", name="Join").first).to_be_focused()
    assert [call["method"] for call in world.slack.api_calls() if not call["ok"]] == []


async def test_the_command_is_answered_to_one_person_alone(world: World, page: Page) -> None:
    await page.get_by_role("link", name="Messages", exact=True).click()
    await page.get_by_label("Message Perennial").fill("/mentor help")
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .ephemeral")).to_contain_text("/mentor")
