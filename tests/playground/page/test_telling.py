"""A story session in a real browser with the real bot: a teller says yes and prepares; a listener says what they will try."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from tests.browser import open_browser
from tests.features.storytelling.evening import Company, planned
from tests.playground.page.test_with_the_bot import in_passing_time
from tests.world import World

pytestmark = pytest.mark.browser


async def go(page: Page, at: Company, name: str, place: str) -> None:
    await page.goto(f"{at.world.server.url}/as/{at.users[name]}/{place}")
    await page.wait_for_selector("html[data-listening]")


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).first.click()


async def test_a_teller_accepts_and_prepares_and_a_listener_says_what_they_will_try(world: World) -> None:
    at, session = await planned(world, tellers=1)
    (teller,) = await at.names(session, "asked")
    listener = next(name for name in at.ids if name not in (teller, "Lead"))
    async with open_browser() as browser:
        page = await in_passing_time(world, browser)
        form, log = page.locator("dialog.modal"), page.locator("#log")
        await go(page, at, teller, "messages")
        await press(page, "I'll tell")
        await expect(log).to_contain_text("You tell a story.")
        await press(page, "Prepare")
        await form.locator('[data-input="broke"] textarea').fill("It broke at <noon> & nobody noticed.")
        await form.locator("button[type=submit]").click()
        await expect(form).to_contain_text("Saved. Read aloud this takes under a minute.")
        await press(page, "Share with the host")
        await expect(form).to_contain_text("Hosts and program leads can read it")
        await expect(form.locator('[data-input="broke"] textarea')).to_have_value(
            "It broke at <noon> & nobody noticed."
        )
        await go(page, at, listener, at.channel)
        await press(page, "I'll come")
        await world.move_to(session.starts_at + timedelta(minutes=session.minutes, seconds=60))
        await go(page, at, listener, "messages")
        await press(page, "I'll try something")
        await form.locator('[data-input="try"] input').fill("Ask <one> user & wait")
        await form.locator("button[type=submit]").click()
        await expect(form).to_contain_text("You will try: Ask <one> user & wait")
        await go(page, at, "Lead", f"{at.channel}?thread={at.posts()[0]['ts']}")
        await expect(page.get_by_text("Ask <one> user & wait").first).to_be_visible()
        await expect(page.locator("[data-unknown]")).to_have_count(0)
        assert [call["method"] for call in world.slack.api_calls() if not call["ok"]] == []
