"""A mentor's page and their room in a real browser with the real bot: filled in, closed, opened again."""

import pytest
from playwright.async_api import expect

from playground.page.routes import create_page
from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.members.commitments.mentors import found
from tests.playground.page.test_with_the_bot import StillTime
from tests.world import World

pytestmark = pytest.mark.browser
PATIENCE = 20_000  # milliseconds; only a failure takes them
expect.set_options(timeout=PATIENCE)


async def test_somebody_says_how_they_help_takes_less_and_closes_for_now(sqlite_url: str) -> None:
    async with World(sqlite_url, now=MONDAY) as world, open_browser() as browser:
        mentors = await found(world, "Ada", offers={"Ada": ("Pricing", "Saying no")})
        await mentors.take("Ada", "question", 1, 2)
        await mentors.take("Ada", "mentorship", 1)

        async def a_moment_passes() -> None:
            await world.move(seconds=6)

        world.server.app.router.routes.extend(
            create_page(world.slack, world.acts, StillTime(world), after_act=a_moment_passes)
        )
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        await mentors.home("Ada")
        await page.goto(f"{world.server.url}/as/{world.users['Ada']}/home")
        await page.wait_for_selector("html[data-listening]")
        form = page.locator("dialog.modal")

        await page.get_by_role("button", name="How I help: what I offer, and what I am asked").click()
        await page.get_by_role("button", name="Change: what people may ask me for, and how I like to help").click()
        await form.locator("textarea").fill("Send me the draft <b>a day</b> before.")
        await form.get_by_label("Feedback on something").uncheck()
        await form.locator("button[type=submit]").click()
        await expect(page.get_by_text("Send me the draft <b>a day</b> before.")).to_be_visible()

        await page.get_by_role("button", name="← Home").click()
        await page.get_by_role("button", name="My room: what I have taken on").click()
        await page.get_by_role("button", name="Change how much").click()
        await form.locator("select").select_option("3")
        await form.locator("button[type=submit]").click()
        await expect(page.get_by_text("nothing new while it is more than three").first).to_be_visible()

        await page.get_by_role("button", name="No more for now: nothing new for four weeks").click()
        await page.get_by_role("button", name="Open again").click()
        await page.get_by_role("button", name="Undo: nothing new until the same day as before").click()
        await expect(page.get_by_text("nothing new until Monday 30 March").first).to_be_visible()
        await expect(page.locator("[data-unknown]")).to_have_count(0)
        assert [call["method"] for call in world.slack.api_calls() if not call["ok"]] == []
