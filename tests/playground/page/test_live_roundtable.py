"""A live roundtable in a real browser: voted on, come to, seated, somebody late and somebody moved; and what came of it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.features.roundtables.live.room import NAMES, Room, room
from tests.gatherings.table import at
from tests.playground.page.office import Office, open_office
from tests.world import World

pytestmark = pytest.mark.browser
WHO = NAMES[:10]


@pytest_asyncio.fixture
async def hall(sqlite_url: str) -> AsyncIterator[tuple[Room, Office]]:
    """Ten people of three teams; the date is a week away."""
    async with World(sqlite_url, now=MONDAY) as world, open_browser() as browser:
        of = await room(world, *WHO, place="Kitchen")
        async with open_office(world, browser) as office:
            yield of, office


async def test_people_vote_come_and_find_their_table_and_the_host_moves_one(hall: tuple[Room, Office]) -> None:
    of, office = hall
    page = office.page
    await office.go("Ada", of.channel)
    await page.get_by_role("button", name="Vote for").first.click()
    await expect(page.locator("main")).to_contain_text("Your vote:")
    await office.press(page.locator("main"), "I'll come")
    await expect(page.locator("main")).to_contain_text("You come to Roundtable")
    await of.come(*WHO[1:-1])
    await of.world.move_to(at(9, 10, 10))
    tables = await of.tables()
    host, there = page.locator("main"), 2 if "Ada" in tables[1] else 1

    await office.home("Ada")
    await office.press(host, "Open Roundtable")
    await expect(host).to_contain_text("You sit with")
    await expect(host).to_contain_text("On the table:")

    await office.home("Lead")
    await office.press(host, "Open Roundtable")
    await expect(host).to_contain_text("Table 1: ")
    await office.press(host, "Move somebody")
    await office.form.get_by_label("Who", exact=True).press_sequentially("Ada")
    await office.form.get_by_role("option", name="Ada", exact=True).click()
    await office.form.get_by_label("To table").select_option(str(there))
    await office.form.locator("button[type=submit]").click()
    await expect(office.form).to_be_hidden()
    await expect(host).to_contain_text("Ada (Sales)")
    assert await of.table_of("Ada") == there
    await office.go("Ada", "messages")
    await expect(host).to_contain_text(f"your table is now number {there}")

    # Somebody comes ten minutes before it begins, and reads at once where they sit.
    await of.world.move_to(at(10, 9, 50))
    await of.come(WHO[-1])
    await office.go(WHO[-1], "messages")
    await expect(host).to_contain_text("You sit with")
    await office.all_is_drawn()


async def test_whoever_came_shares_a_line_in_the_thread_and_takes_it_back(hall: tuple[Room, Office]) -> None:
    of, office = hall
    page, form = office.page, office.form
    await office.go("Ada", of.channel)
    await page.get_by_role("button", name="Vote for").first.click()
    await expect(page.locator("main")).to_contain_text("Your vote:")
    await of.come(*WHO[:6])
    await of.world.move_to(at(10, 10, 46))
    await of.world.move_to(at(10, 11, 16))
    await office.go("Ada", "messages")
    await expect(page.locator("main")).to_contain_text("What do you take from your table?")
    await office.press(page.locator("main"), "Share a line")
    await form.get_by_label("One thing").fill("Ask <one> user & wait")
    topics = form.get_by_label("Which topic was it about?")
    chosen = (await topics.locator("option").all_inner_texts())[-1]
    await topics.select_option(label=chosen)
    await form.locator("button[type=submit]").click()
    await expect(form).to_contain_text("You shared: Ask <one> user & wait")
    await form.get_by_role("button", name="Close").last.click()

    post = next(each for each in of.said_in_channel() if "is over" in str(each))
    await office.go("Ben", f"{of.channel}?thread={post['ts']}")
    await expect(office.pane).to_contain_text("What people take from Roundtable:")
    await expect(office.pane).to_contain_text(f"Ada, on “{chosen}”: Ask <one> user & wait")

    await office.go("Ada", "messages")
    await office.press(page.locator("main"), "More")
    await of.settle()
    await office.go("Ada")
    await expect(page.locator("main")).to_contain_text("You shared: Ask <one> user & wait")
    await office.press(page.locator("main"), "Change it")
    await form.get_by_role("button", name="Take it back").click()
    await expect(form).to_contain_text("Taken back")
    await office.go("Ben", f"{of.channel}?thread={post['ts']}")
    await expect(office.pane).to_contain_text("What stood here was taken back.")
    await office.all_is_drawn()
