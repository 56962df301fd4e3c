"""Thanks in a real browser with the real bot: said with a skill that was seen, shared, found on one's page, and printed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from playground.page.routes import create_page
from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.features.goals.people import People, found
from tests.features.recognition.thanking import offers
from tests.playground.page.test_with_the_bot import StillTime
from tests.world import World

pytestmark = pytest.mark.browser
PATIENCE = 20_000  # milliseconds; only a failure takes them
expect.set_options(timeout=PATIENCE)


@dataclass
class Desk:
    """Ada and Ben at one browser, one after the other."""

    world: World
    people: People
    page: Page

    async def sit(self, name: str, place: str) -> None:
        await self.page.goto(f"{self.world.server.url}/as/{self.people.users[name]}/{place}")
        await self.page.wait_for_selector("html[data-listening]")

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    async def all_is_drawn(self) -> None:
        """Nothing that the page does not know, and nothing that Slack would refuse."""
        await expect(self.page.locator("[data-unknown]")).to_have_count(0)
        assert [call["method"] for call in self.world.slack.api_calls() if not call["ok"]] == []


@pytest_asyncio.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with World(sqlite_url, now=MONDAY, pages_at=0) as world, open_browser() as browser:
        people = await found(world)
        await offers(people, "Ben", "Negotiation")
        await world.move(hours=2)

        async def a_moment_passes() -> None:
            await world.move(seconds=6)

        routes = create_page(world.slack, world.acts, StillTime(world), after_act=a_moment_passes)
        world.server.app.router.routes.extend(routes)
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        for name in ("Ada", "Ben"):
            await people.home(name)
        yield Desk(world, people, page)


async def test_thanks_are_said_shared_and_carried_into_a_talk(desk: Desk) -> None:
    page = desk.page
    await desk.sit("Ada", "home")
    await desk.press("Say thanks")
    form = page.locator("dialog.modal")
    await form.locator('[data-input="share"] input[type=checkbox]').check()
    await form.locator('[data-input="to"] input').first.fill("Ben")
    await page.keyboard.press("Enter")
    await expect(form).to_contain_text("A skill you saw at work")
    await form.locator('[data-input="words"] textarea').fill("Two offers on one page <b>")
    await form.locator(f'[data-input="skill-{desk.people.ids["Ben"]}"] select').select_option(label="Negotiation")
    await form.locator('[data-input="evidence"] input').fill("Kept three teams in one room")
    await expect(form.locator('[data-input="share"] input[type=checkbox]')).to_be_checked()  # where it was ticked
    await form.locator("button[type=submit]").click()
    await expect(form).to_contain_text("Ben reads it in their own hours")
    await desk.all_is_drawn()

    await desk.sit("Ben", "messages")
    await expect(page.locator("#log")).to_contain_text("Two offers on one page <b>")
    await desk.press("Share it")
    await expect(page.locator("#log")).to_contain_text("You both like to share it")
    await desk.sit("Ben", "home")
    await desk.press("My recognition")
    await expect(page.get_by_text("Kept three teams in one room")).to_be_visible()
    await desk.all_is_drawn()
    async with page.context.expect_page() as opened:
        await desk.press("Open in the browser, in a new tab")
    page = await opened.value
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ben")
    await page.emulate_media(media="print")
    await expect(page.get_by_text("Two offers on one page <b>")).to_be_visible()
    await expect(page.get_by_text("not how often")).to_be_visible()
    await expect(page.get_by_text("Only you can open this page")).to_be_hidden()
