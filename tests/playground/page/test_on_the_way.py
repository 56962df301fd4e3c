"""Whoever is on the way to another place gets there, whatever else the page draws meanwhile."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser import open_browser
from tests.playground.page.stage import Stage, open_stage

pytestmark = pytest.mark.browser
PATIENCE = 20  # seconds; only a failure takes them
expect.set_options(timeout=PATIENCE * 1000)

# The page's own module, so that a drawing can be asked for at a moment of ours; `places` notes where each one leaves us.
WATCH = """async () => {
    const main = document.querySelector("script[type=module][src]").src;
    window.pageModule = await import(new URL("page.js", main));
    window.places = [];
    window.pageModule.afterDrawing(() => window.places.push(window.pageModule.here()));
}"""


@dataclass
class Held:
    """An answer of the server that stays away until it is let go."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep(self, route: Route) -> None:
        self.asked.set()
        await self.free.wait()
        await route.continue_()

    async def until_asked(self) -> None:
        await asyncio.wait_for(self.asked.wait(), PATIENCE)


async def hold(page: Page, url: str) -> Held:
    """Keep the next answer for this address."""
    held = Held()
    await page.route(re.compile(rf"^{re.escape(url)}(\?.*)?$"), held.keep)
    return held


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


async def test_a_drawing_of_the_place_one_left_takes_nobody_back(stage: Stage, browser: Browser):
    page = await (await browser.new_context()).new_page()
    await page.goto(stage.url("Ana", stage.intro))
    await page.wait_for_selector("html[data-ready]")
    await page.evaluate(WATCH)

    arriving = await hold(page, stage.url("Ana", stage.general))
    await page.get_by_role("link", name="general").click()
    await arriving.until_asked()
    drawing = await hold(page, stage.url("Ana", stage.intro))
    await page.evaluate("window.pageModule.refresh(0)")
    await drawing.until_asked()

    arriving.free.set()
    await expect(page.locator("body")).to_have_attribute("data-place", stage.general)
    drawing.free.set()
    # Drawings come one after the other, so whoever sees this has the one that was held behind them.
    stage.workspace.post_message(stage.general, stage.people["Femi"], "Lunch is on the roof.")
    await expect(page.locator("#log")).to_contain_text("Lunch is on the roof.")
    places = await page.evaluate("window.places")
    assert set(places[places.index(stage.general) :]) == {stage.general}


async def test_a_drawing_from_before_somebody_set_time_moving_does_not_say_that_it_stands_still(
    stage: Stage, browser: Browser
):
    page = await (await browser.new_context()).new_page()
    await page.goto(stage.url("Ana", stage.general))
    await page.wait_for_selector("html[data-ready]")
    await page.evaluate(WATCH)

    drawing = await hold(page, stage.url("Ana", stage.general))
    await page.evaluate("window.pageModule.refresh(0)")
    await drawing.until_asked()
    leaving = await hold(page, stage.url("Ana", "").split("/as/")[0] + "/time/hour")
    await page.get_by_role("button", name="+1 hour", exact=True).click()
    await leaving.until_asked()
    drawing.free.set()
    stage.workspace.post_message(stage.general, stage.people["Femi"], "Lunch is on the roof.")
    await expect(page.locator("#log")).to_contain_text("Lunch is on the roof.")
    await expect(page.locator("#journey")).to_be_visible()
    leaving.free.set()
    await expect(page.locator("#journey")).to_be_hidden()
