"""The page in a real browser: pressed, filled in, walked through by keyboard, in the dark and on a phone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from playground.events import Answer
from tests.browser import open_browser
from tests.playground.page.props import field, goal_form
from tests.playground.page.stage import Stage, open_stage

# One browser for the whole module, so one event loop as well.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PATIENCE = 20_000  # milliseconds; only a failure takes them
expect.set_options(timeout=PATIENCE)


@asynccontextmanager
async def looking(browser: Browser, url: str, **how: Any) -> AsyncIterator[Page]:
    """A page with nothing in its console: a refused script or style would be seen here."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, **how)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(url)
    await page.wait_for_selector("html[data-ready]")
    await page.wait_for_selector("html[data-listening]")
    yield page
    await context.close()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


async def test_a_pressed_button_is_replaced_by_what_was_chosen(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url("Ana", stage.intro)) as page:
        await page.get_by_role("button", name="We met").click()
        await expect(page.locator("#log")).to_contain_text("You met. Good.")
        await expect(page.get_by_role("button", name="Tuesday 15:00")).to_have_count(0)
        await expect(page.locator("#log .msg").first).to_be_focused()
    [pressed] = stage.puppet.payloads("block_actions")
    assert pressed["user"]["id"] == stage.people["Ana"]
    assert (pressed["actions"][0]["block_id"], pressed["actions"][0]["action_id"]) == ("times", "met")


async def test_a_form_shows_its_errors_under_the_fields_and_then_goes_through(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url()) as page:
        await page.get_by_role("button", name="New goal").click()
        form = page.get_by_role("dialog", name="A goal")
        title = form.get_by_label("What do you want to be able to do?")
        await expect(title).to_be_focused()
        await form.get_by_role("button", name="Save").click()
        await expect(title).to_have_attribute("aria-invalid", "true")
        await title.fill("wrong")
        await expect(title).not_to_have_attribute("aria-invalid", "true")
        await title.press("Enter")
        await expect(form.locator('[data-input="title"] [data-error]')).to_have_text("Say it in your own words.")
        await title.fill("Lead a *design* review <b>")
        skill = form.get_by_label("Which skill is it about?")
        await skill.press_sequentially("say")
        await expect(form.get_by_role("option", name="Saying no")).to_have_count(0)
        await skill.fill("no")
        await form.get_by_role("option", name="Saying no").click()
        helpers = form.get_by_label("Who could help?")
        await helpers.fill("ben")
        await helpers.press("Enter")
        await helpers.fill("hana")
        await helpers.press("Enter")
        await form.get_by_label("By when?").fill("2026-05-04")
        await form.get_by_label("Every week").check()
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_have_count(0)
        await expect(page.get_by_role("button", name="New goal")).to_be_focused()
    values = stage.puppet.payloads("view_submission")[-1]["view"]["state"]["values"]
    assert values["title"]["text"]["value"] == "Lead a *design* review <b>"
    assert values["skill"]["pick"]["selected_option"]["value"] == "saying no"
    assert values["helpers"]["pick"]["selected_users"] == [stage.people["Ben"], stage.people["Hana"]]
    assert values["by"]["day"]["selected_date"] == "2026-05-04"
    assert values["often"]["tick"]["selected_option"]["value"] == "every week"


async def test_forms_lie_on_one_another_and_escape_takes_the_upper_one(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url()) as page:
        await page.get_by_role("button", name="New goal").click()
        await page.get_by_label("What do you want to be able to do?").fill("Half a thought")
        await page.get_by_role("button", name="More about goals").click()
        await expect(page.get_by_role("dialog", name="About goals")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog", name="A goal")).to_be_visible()
        await expect(page.get_by_label("What do you want to be able to do?")).to_have_value("Half a thought")
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog.modal")).to_have_count(0)
    assert [one["view"]["callback_id"] for one in stage.puppet.payloads("view_closed")] == ["goal"]


async def test_an_app_that_answers_too_late_loses_nothing_that_was_typed(stage: Stage, browser: Browser) -> None:
    stage.puppet.answers["view_submission:goal"] = lambda _: Answer(None, ms=3000, failure="http_timeout")
    async with looking(browser, stage.url()) as page:
        await page.get_by_role("button", name="New goal").click()
        title = page.get_by_label("What do you want to be able to do?")
        await title.fill("Speak at a meetup")
        await title.press("Enter")
        await expect(page.get_by_role("alert").filter(has_text="within three seconds")).to_be_visible()
        await expect(title).to_have_value("Speak at a meetup")


async def test_a_field_that_tells_at_once_is_heard_on_enter_and_on_choice(stage: Stage, browser: Browser) -> None:
    word = field("w", "A word", {"type": "plain_text_input", "action_id": "word"}, dispatch_action=True)
    stage.workspace.open_modal(stage.people["Ana"], goal_form() | {"blocks": [word, *goal_form()["blocks"]]})
    async with looking(browser, stage.url()) as page:
        await page.get_by_label("A word").fill("hello")
        async with page.expect_response("**/act/click"):
            await page.get_by_label("A word").press("Enter")
        await page.keyboard.press("Escape")
        async with page.expect_response("**/act/click"):
            await page.get_by_label("Messages a week").select_option("Six")
    first, second = (payload["actions"][0] for payload in stage.puppet.payloads("block_actions"))
    assert first["value"] == "hello"
    assert second["selected_option"]["value"] == "six"


async def test_a_confirmation_is_asked_before_the_app_hears(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url()) as page:
        await page.get_by_role("button", name="It won't happen").click()
        await page.get_by_role("button", name="Keep it").click()
        assert stage.puppet.payloads("block_actions") == []
        await page.get_by_role("button", name="It won't happen").click()
        async with page.expect_response("**/act/click"):
            await page.get_by_role("button", name="Let it go").click()
    assert stage.puppet.payloads("block_actions")[0]["actions"][0]["action_id"] == "wont"


async def test_a_journey_with_nothing_but_keys(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url()) as page:
        keys = page.keyboard
        await keys.press("Tab")
        await expect(page.get_by_text("Skip to the conversation")).to_be_focused()
        await keys.press("/")
        await keys.type("gen")
        await keys.press("Enter")
        composer = page.get_by_label("Message #general")
        await expect(composer).to_be_focused()
        await keys.type("Written by hand <b>&")
        await keys.press("Enter")
        await expect(page.locator("#log .msg").last).to_contain_text("Written by hand <b>&")
        await expect(composer).to_have_value("")
        await keys.type("/men")
        await keys.press("Tab")
        await keys.type("help")
        await keys.press("Enter")
        await expect(page.locator("#log .ephemeral")).to_contain_text("You typed help.")
        await keys.press("ArrowUp")
        await keys.press("ArrowUp")
        await expect(page.locator("#log .msg:focus")).to_contain_text("Written by hand")
        await keys.press("Tab")
        await keys.press("Enter")
        await keys.press("ArrowRight")
        await keys.press("Enter")
        await expect(page.locator(".reaction.mine")).to_contain_text("1")
        await keys.press("Control+k")
        await keys.type("ben")
        await keys.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Ben")
        await page.locator("#lines a[aria-current]").focus()
        await keys.press("Home")
        await keys.press("Enter")
        await expect(page.get_by_text("Good morning, Ana")).to_be_visible()


async def test_what_others_do_appears_by_itself_and_leaves_typing_alone(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url("Ana", stage.general)) as page:
        composer = page.get_by_label("Message #general")
        await composer.fill("Half a sen")
        await stage.acts.post(stage.people["Femi"], stage.general, "I was first.")
        await expect(page.locator("#log .msg").last).to_contain_text("I was first.")
        await expect(composer).to_have_value("Half a sen")
        await expect(composer).to_be_focused()
        await stage.acts.post(stage.people["Ben"], stage.intro, "And here?")
        await expect(page.locator(f"#line-{stage.intro} .badge")).to_be_visible()


async def test_time_moves_can_be_stopped_and_tell_what_happened(stage: Stage, browser: Browser) -> None:
    stage.clock.gate = asyncio.Event()
    async with looking(browser, stage.url("Ana", stage.general)) as page:
        await page.get_by_role("button", name="+1 week").click()
        await expect(page.get_by_text("Time is moving")).to_be_visible()
        await expect(page.get_by_role("button", name="+1 hour")).to_be_hidden()
        await page.get_by_role("button", name="Stop here").click()
        await expect(page.get_by_text("Stopping at the next quiet moment")).to_be_visible()
        stage.clock.gate.set()
        await expect(page.get_by_text("Time is moving")).to_be_hidden()
        await expect(page.locator("#when-day")).to_have_text("Thu 5 Mar")
        await expect(page.get_by_text("Step 1 of week")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Next moment").click()
        await expect(page.locator("#when-day")).to_have_text("Sat 7 Mar")
        await expect(page.get_by_text("Step 4 of next")).to_be_visible()
        await expect(page.get_by_text("Step 1 of week")).to_have_count(0)
        await page.get_by_role("button", name="Start the list anew").click()
        await expect(page.get_by_role("button", name="What happened")).to_be_disabled()
    assert not stage.clock.busy


async def test_after_a_journey_the_home_tab_is_opened_anew(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url()) as page:
        await expect(page.get_by_text("Good morning, Ana")).to_be_visible()
        before = len(stage.puppet.payloads("event_callback"))
        await page.get_by_role("button", name="Tomorrow morning").click()
        await expect(page.get_by_role("region", name="What happened")).to_be_visible()
    assert len(stage.puppet.payloads("event_callback")) == before + 1


async def test_acting_as_somebody_else_and_asking_the_inspector(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url("Ana", stage.general)) as page:
        await page.get_by_role("button", name="Acting as").click()
        await page.get_by_label("Search people").fill("design")
        await page.get_by_role("link", name="Hana Sato").click()
        await expect(page).to_have_url(stage.url("Hana", stage.general))
        await page.wait_for_selector("html[data-ready]")
        await page.get_by_role("link", name="Inspector").click()
        await page.get_by_role("switch", name="Slack's rate limits").click()
        await expect(page.get_by_role("switch", name="Slack's rate limits")).to_have_attribute("aria-checked", "true")
        await page.get_by_role("link", name="Acts", exact=True).click()
        stage.acts.scripted = True
        await stage.acts.post(stage.people["Ben"], stage.general, "As the script says.")
        await expect(page.locator(".acts li").first).to_contain_text("script")


async def test_the_dark_is_designed_and_the_choice_is_remembered(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url(), color_scheme="dark") as page:
        assert await page.evaluate(GROUND) == "rgb(23, 27, 28)"
        assert await page.evaluate(CONTRAST) == []
        await page.get_by_role("button", name="Light or dark").click()
        assert await page.evaluate(GROUND) == "rgb(255, 255, 255)"
        assert await page.evaluate(CONTRAST) == []
        await page.reload()
        assert await page.evaluate(GROUND) == "rgb(255, 255, 255)"


async def test_what_the_time_bar_says_is_never_covered_by_its_buttons(stage: Stage, browser: Browser) -> None:
    async with looking(browser, stage.url()) as page:
        for width in (1400, 1241, 1150, 1081, 1000):
            await page.set_viewport_size({"width": width, "height": 800})
            ends, starts = await page.evaluate(ENDS_AND_STARTS)
            assert all(end <= start for end, start in zip(ends, starts, strict=True)), width


async def test_on_a_phone_the_sidebar_is_a_drawer_and_nothing_is_wider_than_the_glass(
    stage: Stage, browser: Browser
) -> None:
    phone = {"has_touch": True, "is_mobile": True}
    async with looking(browser, stage.url(), **phone) as page:
        await page.set_viewport_size({"width": 390, "height": 844})
        sidebar = page.get_by_role("navigation", name="Conversations")
        await expect(sidebar).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        await page.get_by_role("button", name="Conversations").tap()
        await expect(sidebar).to_be_visible()
        await sidebar.get_by_role("link", name="Ben").tap()
        await expect(sidebar).to_be_hidden()
        await expect(page.get_by_text("Which deal did you walk away from")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        await page.get_by_role("button", name="More ways to move time").tap()
        await expect(page.get_by_role("button", name="+1 quarter")).to_be_visible()


ENDS_AND_STARTS = """() => {
  const find = (one) => document.querySelector(one), left = (one) => one.getBoundingClientRect().left;
  const right = (one) => {
    const words = document.createRange();
    words.selectNodeContents(one);
    return words.getBoundingClientRect().right;
  };
  const [when, story, steps, tools] = ['.when b', '.story-button', '.steps', '.time .tools'].map(find);
  return [[when, story, steps].map(right), [story, steps, tools].map(left)];
}"""
GROUND = "getComputedStyle(document.querySelector('main')).backgroundColor"

# Every visible text against the nearest ground under it: 4.5 to 1, or 3 to 1 for large type.
CONTRAST = """() => {
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (colour.startsWith("rgb(")) return numbers(colour);
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !element.checkVisibility({ visibilityProperty: true }) || element.closest(":disabled, .sr, .skip")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(numbers(style.color)), light(ground(element))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""
