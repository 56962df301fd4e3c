"""A round in a real browser: read in the channel, answered in its thread, summed up by whoever's turn it is."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser import open_browser
from tests.features.roundtables import company
from tests.playground.page.office import Office, open_office
from tests.world import World

# One browser for the whole module, so one event loop as well.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
BEFORE = datetime(2026, 3, 9, 9, tzinfo=UTC)
SAID = "As {} sees it: we read it aloud, and the second half is shorter since."
CLOSES = datetime(2026, 3, 16, 10, 2, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def office(sqlite_url: str, browser: Browser) -> AsyncIterator[Office]:
    async with World(sqlite_url, now=BEFORE) as world, open_office(world, browser) as opened:
        yield opened


async def shot(office: Office, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        await office.page.screenshot(path=f"{folder}/{name}.png")


async def test_a_round_is_answered_and_summed_up_in_the_browser(office: Office):
    world = office.world
    channels, program_id = await company.found(world, names=("design", "sales"))
    users = await company.people(world, program_id, channels, "Ada", "Ben")
    names = dict(zip(users, ("Ada", "Ben"), strict=True))
    await world.move_to(company.TEN)
    await world.move(seconds=20)

    for name, channel in (("Ada", channels[0]), ("Ben", channels[1])):
        await office.go(name, f"{channel}?thread={company.question(world, channel)['ts']}")
        await expect(office.page.locator("main")).to_contain_text("Open until Monday 16 March")
        await shot(office, f"channel_{name}")
        await office.write(office.pane, SAID.format(name))
        await expect(office.pane).to_contain_text(f"As {name} sees it")
    await office.go("Ada", f"{channels[1]}?thread={company.question(world, channels[1])['ts']}")
    reply = office.pane.locator(".msg").last
    await reply.hover()
    await reply.get_by_label("Add a reaction").click()
    await office.page.get_by_role("menuitemcheckbox", name="bulb").click()
    await expect(reply.locator(".reaction.mine")).to_contain_text("1 bulb, You")
    await shot(office, "reacted")
    await world.settle()
    await world.move_to(CLOSES)
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    await office.go(names[moderator], "messages")
    main = office.page.locator("main")
    await expect(main).to_contain_text("It is your turn to sum up a round")
    await shot(office, "turn")
    await office.press(main, "Look at the draft")
    field = office.form.get_by_label("What came together")
    quoted = [f"• “{SAID.format(name)}” ({name})" for name in ("Ben", "Ada")]  # Ada reacted to Ben's
    await expect(field).to_have_value("\n".join(["Two people answered, in two channels.", *quoted]))
    await expect(office.form).to_contain_text("What more people reacted to stands first: one person to “As Ben sees it")
    await shot(office, "form")
    await field.fill("Reading aloud makes the second half shorter.")
    await office.form.locator("button[type=submit]").click()
    await expect(office.form).to_be_hidden()
    await world.settle()
    await world.move(minutes=1)
    await office.go(names[moderator], "messages")
    await expect(main.get_by_role("button", name="Keep as insight")).to_be_visible()
    await shot(office, "posted")
    await office.go("Ada", f"{channels[0]}?thread={company.question(world, channels[0])['ts']}")
    await expect(office.pane).to_contain_text("Reading aloud makes the second half shorter.")
    await shot(office, "summary")
    await office.all_is_drawn()
