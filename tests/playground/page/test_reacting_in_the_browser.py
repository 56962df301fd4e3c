"""Reacting on the page: from the menu and from the counts, by mouse and keyboard, taken back, in the dark and by touch."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.browser import open_browser
from tests.playground.page.stage import Stage, open_stage
from tests.playground.page.test_in_the_browser import looking

# One browser for the whole module, so one event loop as well.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


async def said(stage: Stage, *reactions: tuple[str, str]) -> str:
    """Femi says something, and others react to it; its ts."""
    ts = await stage.acts.post(stage.people["Femi"], stage.general, "Nobody missed the weekly table.")
    for who, name in reactions:
        await stage.acts.react(stage.people[who], stage.general, ts, name)
    return ts


def told(stage: Stage) -> list[tuple[str, str]]:
    """What the app heard of reactions."""
    events = [heard.payload["event"] for heard in stage.puppet.heard if heard.kind == "events_api"]
    return [(each["type"], each["reaction"]) for each in events if each["type"].startswith("reaction_")]


async def outlined(button: Locator) -> bool:
    style: str = await button.evaluate("each => getComputedStyle(each).outlineStyle")
    return style != "none"


async def test_a_reaction_is_given_joined_and_taken_back_with_the_mouse(stage: Stage, browser: Browser) -> None:
    await said(stage, ("Ben", "heart"))
    async with looking(browser, stage.url("Ana", stage.general)) as page:
        message = page.locator("#log .msg").last
        heart = message.locator("[data-react=heart]")
        await expect(heart).to_have_text("❤️ 1 heart, Ben Adler")
        await heart.click()
        await expect(heart).to_have_text("❤️ 2 heart, Ben Adler, You")
        await expect(heart).to_have_attribute("aria-pressed", "true")
        await heart.click()
        await expect(heart).to_have_text("❤️ 1 heart, Ben Adler")
        await message.get_by_label("Another reaction").click()
        await page.get_by_role("menuitemcheckbox", name="bulb").click()
        await expect(message.locator("[data-react=bulb]")).to_have_text("💡 1 bulb, You")
        await message.get_by_label("Another reaction").click()
        await expect(page.get_by_role("menuitemcheckbox", checked=True)).to_have_accessible_name("bulb")
        await page.get_by_role("menuitemcheckbox", name="bulb").click()  # chosen again it goes
        await expect(message.locator("[data-react=bulb]")).to_have_count(0)


async def test_by_keyboard_focus_is_seen_and_is_never_on_somebody_elses_emoji(stage: Stage, browser: Browser) -> None:
    await said(stage, ("Ana", "eyes"), ("Ben", "heart"))
    async with looking(browser, stage.url("Ana", stage.general), color_scheme="dark") as page:
        message = page.locator("#log .msg").last
        eyes, heart = message.locator("[data-react=eyes]"), message.locator("[data-react=heart]")
        await eyes.focus()
        await page.keyboard.press("Shift")
        assert await outlined(eyes)
        await page.keyboard.press("Enter")  # the only one who reacted so: it vanishes under the finger
        await expect(eyes).to_have_count(0)
        await expect(message).to_be_focused()
        await expect(heart).to_have_text("❤️ 1 heart, Ben Adler")
        await heart.focus()
        await page.keyboard.press("Enter")
        await expect(heart).to_have_text("❤️ 2 heart, Ben Adler, You")
        await expect(heart).to_be_focused()
        await page.keyboard.press("Tab")
        more = message.get_by_label("Another reaction")
        await expect(more).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("End")
        seedling = page.get_by_role("menuitemcheckbox", name="seedling")
        await expect(seedling).to_be_focused()
        assert await outlined(seedling)
        await page.keyboard.press("Enter")
        await expect(message.locator("[data-react=seedling]")).to_be_visible()
        await expect(more).to_be_focused()


async def test_under_a_finger_reactions_are_large_enough(stage: Stage, browser: Browser) -> None:
    await said(stage, ("Ben", "heart"))
    async with looking(browser, stage.url("Ana", stage.general), has_touch=True, is_mobile=True) as page:
        message = page.locator("#log .msg").last
        for each in (message.locator("[data-react=heart]"), message.get_by_label("Another reaction")):
            box = await each.bounding_box()
            assert box is not None
            assert box["width"] >= 44
            assert box["height"] >= 36
        await message.locator("[data-react=heart]").tap()
        await expect(message.locator("[data-react=heart]")).to_have_attribute("aria-pressed", "true")


async def test_what_others_react_appears_by_itself_and_the_app_hears_of_both(stage: Stage, browser: Browser) -> None:
    manifest = stage.workspace.manifest
    manifest["oauth_config"]["scopes"]["bot"].append("reactions:read")
    manifest["settings"]["event_subscriptions"]["bot_events"] += ["reaction_added", "reaction_removed"]
    stage.workspace.install(manifest)
    ts = await said(stage)
    async with looking(browser, stage.url("Ana", stage.general)) as page:
        await stage.acts.react(stage.people["Ben"], stage.general, ts, "tada")
        await expect(page.locator("#log [data-react=tada]").first).to_have_text("🎉 1 tada, Ben Adler")
        await stage.acts.react(stage.people["Ben"], stage.general, ts, "tada", add=False)
        await expect(page.locator("#log .reaction")).to_have_count(0)
    assert told(stage) == [("reaction_added", "tada"), ("reaction_removed", "tada")]
