"""Goals, journals and nudges in a real browser with the real bot: written, ticked, found again, answered."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.features.goals.people import People, found
from tests.features.nudges.crew import first_nudge
from tests.playground.page.test_with_the_bot import in_passing_time
from tests.world import World

pytestmark = pytest.mark.browser
PATIENCE = 20_000  # milliseconds; only a failure takes them
expect.set_options(timeout=PATIENCE)


@dataclass
class Desk:
    """Ada at her browser: she is in, and gets nudges."""

    world: World
    people: People
    page: Page

    async def go(self, place: str) -> None:
        await self.page.goto(f"{self.world.server.url}/as/{self.people.users['Ada']}/{place}")
        await self.page.wait_for_selector("html[data-listening]")

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    async def all_is_drawn(self) -> None:
        """Nothing that the page does not know, and nothing that Slack would refuse."""
        await expect(self.page.locator("[data-unknown]")).to_have_count(0)
        assert [call["method"] for call in self.world.slack.api_calls() if not call["ok"]] == []


@pytest_asyncio.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with World(sqlite_url, now=MONDAY, nudges="twice") as world, open_browser() as browser:
        people = await found(world)
        page = await in_passing_time(world, browser)
        await people.home("Ada")
        yield Desk(world, people, page)


async def test_a_goal_is_set_ticked_and_noted(desk: Desk) -> None:
    await desk.go("home")
    await desk.press("Set a goal")
    form = desk.page.locator("dialog.modal")
    await form.locator('[data-input="title"] input, [data-input="title"] textarea').first.fill("Give a talk <b>")
    await form.locator('[data-input="steps"] textarea').fill("Tell one incident\nTen minutes on Thursday")
    await form.locator("button[type=submit]").click()
    await expect(form).to_contain_text("Give a talk <b>")
    await desk.all_is_drawn()
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_text("Next: Tell one incident")).to_be_visible()
    await desk.press("All (1)")
    await desk.press("Open: Give a talk <b>")
    await desk.press("Tick: Tell one incident")
    await expect(desk.page.get_by_role("button", name="Untick: Tell one incident")).to_be_visible()
    await desk.all_is_drawn()


async def test_a_reflection_is_written_and_found_by_a_word_without_its_accent(desk: Desk) -> None:
    await desk.go("home")
    await desk.press("Write a reflection")
    form = desk.page.locator("dialog.modal")
    await form.locator("textarea").fill("Asked who decides, in the café.")
    await form.locator("button[type=submit]").click()
    await expect(form).to_contain_text("journal")
    await desk.page.keyboard.press("Escape")
    await desk.press("Open journal")
    await desk.press("Search")
    await desk.page.locator("dialog.modal input").first.fill("cafe")
    await desk.page.locator("dialog.modal button[type=submit]").click()
    await expect(desk.page.get_by_text("in the café").first).to_be_visible()
    await desk.all_is_drawn()


async def test_a_nudge_is_answered_where_it_stands(desk: Desk) -> None:
    nudge = await first_nudge(desk.world, desk.people.users["Ada"])
    await desk.go("messages")
    await expect(desk.page.locator("#log")).to_contain_text(nudge["text"][:20])
    await desk.press("Did it")
    await expect(desk.page.locator("#log")).to_contain_text("You did it")
    await desk.press("Undo")
    await expect(desk.page.get_by_role("button", name="Did it", exact=True)).to_be_visible()
    await desk.all_is_drawn()
