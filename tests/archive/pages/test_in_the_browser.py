"""The archive's pages in a real browser: by mouse, by keyboard alone, on a phone, in the dark and on paper."""

from itertools import pairwise

import pytest
from playwright.async_api import Page

from tests.archive.pages.cards import NO, publish
from tests.browser import open_browser
from tests.web.reading import Readers

pytestmark = pytest.mark.browser

# Text against what lies behind it, as WCAG reckons it: 4.5 to 1, and 3 to 1 where it is large.
FAINT = """() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(c =>
    (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = one => { for (; one; one = one.parentElement) { const c = parts(getComputedStyle(one).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const faint = [];
  for (const one of document.querySelectorAll('body *')) {
    if (![...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || one.closest('.sr, option, optgroup')) continue;
    const style = getComputedStyle(one), [a, b] = [light(parts(style.color)), light(behind(one))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) faint.push(one.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return faint;
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
LEVELS = "() => [...document.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]))"


async def look(page: Page) -> None:
    """What holds for every page, whatever is on it."""
    assert await page.evaluate(FAINT) == []
    assert await page.evaluate(WIDER) == 0
    levels = await page.evaluate(LEVELS)
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert await page.locator("main").count() == 1 and await page.locator("html[lang=en]").count() == 1
    assert await page.evaluate("() => document.querySelectorAll('script, [style]').length") == 0


async def add_cards(readers: Readers) -> int:
    database, now = readers.world.bot.database, readers.world.clock()
    long = "Averyveryveryverylongwordwithoutanyplacetobreakthatsomebodypastedinto/a/card?" * 3
    await publish(
        database, readers.workspace_id, f"Is {long} a question?", now=now, gist=long, tags=[("skill", long[:60])]
    )
    ben = readers.ids["Ben Okri"]
    return await publish(database, readers.workspace_id, now=now, worked=3, tried=4, named=[ben])


async def test_a_card_is_found_read_kept_and_printed(readers: Readers):
    card = await add_cards(readers)
    async with open_browser() as browser:
        page = await browser.new_page()
        refused: list[str] = []
        page.on(
            "console",
            lambda said: refused.append(said.text) if said.type == "error" and "401" not in said.text else None,
        )
        await page.goto(f"{readers.base}/insights/{card}")
        assert await page.title() == "Come in from Slack · Perennial"
        await look(page)
        await page.goto(await readers.link("Ada Lovelace"))
        await look(page)
        await page.get_by_role("button", name="Continue").click()
        await look(page)

        # By the keyboard alone, from the first page to the last press.
        await page.keyboard.press("Tab")
        assert await page.evaluate("() => document.activeElement.textContent") == "Skip to the text"
        await page.wait_for_function("() => document.querySelector('.skip').getBoundingClientRect().top >= 0")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        assert await page.evaluate("() => document.activeElement.id") == "q"
        outline = "() => getComputedStyle(document.activeElement).outlineStyle"
        assert await page.evaluate(outline) == "solid"
        assert await page.locator("#q").get_attribute("accesskey") == "s"
        await page.keyboard.type("saying no clients")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**q=saying*")
        await look(page)
        await page.get_by_text("Narrow it down").focus()
        await page.keyboard.press("Enter")
        await page.get_by_role("combobox", name="About").select_option("negotiating")
        await page.get_by_label("Worked for somebody").check()
        await page.get_by_role("button", name="Search").click()
        await page.wait_for_url("**worked=1*")
        await page.get_by_role("link", name=NO).focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/insights/{card}")
        await look(page)
        await page.get_by_role("button", name="Keep it").click()
        await page.get_by_role("button", name="It worked").click()
        assert await page.get_by_role("button", name="It worked").get_attribute("aria-pressed") == "true"
        await page.get_by_role("link", name="Kept by you").first.click()
        await page.get_by_role("link", name=NO).click()

        await page.emulate_media(media="print")
        for hidden in (".top", ".bottom", ".yours", ".skip"):
            assert not await page.locator(hidden).is_visible(), hidden
        assert await page.get_by_text(f"{readers.base}/insights/{card}").is_visible()
        assert await page.get_by_role("heading", name=NO).is_visible()
        assert await page.get_by_text("For members of Perennial at").is_visible()
        assert len(await page.pdf()) > 5_000
        assert refused == []


async def test_every_page_fits_a_phone_and_can_be_read_in_the_dark(readers: Readers):
    card = await add_cards(readers)
    async with open_browser() as browser:
        context = await browser.new_context(viewport={"width": 360, "height": 780}, color_scheme="dark")
        page = await context.new_page()
        await page.goto(await readers.link("Ada Lovelace"))
        await look(page)
        await page.get_by_role("button", name="Continue").click()
        dark = await page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert dark == "rgb(20, 25, 23)"
        paths = (
            "",
            "?q=clinet&worked=1",
            "?q=nothing+of+the+kind",
            f"/{card}",
            "/1",
            "/kept",
            "/collections/saying-no",
            "/999",
        )
        for path in paths:
            await page.goto(f"{readers.base}/insights{path}")
            await look(page)
            small = await page.evaluate(
                "() => [...document.querySelectorAll('main button, main select, nav a, summary')]"
                ".filter(one => one.getBoundingClientRect().height < 40).map(one => one.textContent)"
            )
            assert small == [], path
        await page.get_by_role("button", name="Sign out").click()
        assert await page.get_by_role("heading", name="You are signed out").is_visible()
        await look(page)
