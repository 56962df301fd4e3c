"""Thanks in a real browser with the real bot: said with a skill that was seen, shared, found on one's page, and printed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.features.goals.people import People, found
from tests.features.recognition.thanking import offers
from tests.playground.page.office import Office, open_office
from tests.world import World

pytestmark = pytest.mark.browser


@dataclass
class Desk:
    """Ada and Ben at one browser, one after the other."""

    office: Office
    people: People


@pytest_asyncio.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with World(sqlite_url, now=MONDAY, pages_at=0) as world, open_browser() as browser:
        people = await found(world)
        await offers(people, "Ben", "Negotiation")
        await world.move(hours=2)
        async with open_office(world, browser) as office:
            yield Desk(office, people)


async def test_thanks_are_said_shared_and_carried_into_a_talk(desk: Desk) -> None:
    office, page = desk.office, desk.office.page
    await office.home("Ada")
    await office.press(page.locator("main"), "Say thanks")
    form = office.form
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
    await office.all_is_drawn()

    await office.go("Ben", "messages")
    await expect(page.locator("#log")).to_contain_text("Two offers on one page <b>")
    await office.press(page.locator("main"), "Share it")
    await expect(page.locator("#log")).to_contain_text("You both like to share it")
    await office.home("Ben")
    await office.press(page.locator("main"), "My recognition")
    await expect(page.get_by_text("Kept three teams in one room")).to_be_visible()
    await office.all_is_drawn()
    async with page.context.expect_page() as opened:
        await office.press(page.locator("main"), "Open in the browser, in a new tab")
    page = await opened.value
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ben")
    await page.emulate_media(media="print")
    await expect(page.get_by_text("Two offers on one page <b>")).to_be_visible()
    await expect(page.get_by_text("not how often")).to_be_visible()
    await expect(page.get_by_text("Only you can open this page")).to_be_hidden()
