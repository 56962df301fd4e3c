"""A question in a real browser with the real bot: asked on Home, taken and answered in a thread, thanked, read by its asker."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.members import changes
from bot.members.models import Member
from playground.page.routes import create_page
from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.features.goals.people import found
from tests.features.questions.answering_people import dm
from tests.features.questions.threads_people import root_of
from tests.playground.page.test_growing import PATIENCE, Desk
from tests.playground.page.test_with_the_bot import StillTime
from tests.world import World

pytestmark = pytest.mark.browser
QUESTION = "How do I say no to a client <b>I like</b>?"


@pytest_asyncio.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """Ada and Ben at a browser, at nine in the morning."""
    async with World(sqlite_url, now=MONDAY) as world, open_browser() as browser:
        people = await found(world, "Ada", "Ben")
        async with world.bot.database.transaction() as session:
            ben = await session.get_one(Member, people.ids["Ben"])
            await changes.set_skills(session, ben, changes.Skills(offers=("Negotiation",)))
        lead = people.users["Lead"]
        assert (await world.acts.command(lead, people.dm("Lead"), "pause two weeks")).ok  # so that Ben is the one asked
        await world.move(hours=1, minutes=5)

        async def a_moment_passes() -> None:
            await world.move(seconds=6)

        routes = create_page(world.slack, world.acts, StillTime(world), after_act=a_moment_passes)
        world.server.app.router.routes.extend(routes)
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        await people.home("Ada")
        yield Desk(world, people, page)


async def thread(desk: Desk, name: str, words: str) -> None:
    """Somebody opens the thread of a question in their messages with the bot."""
    user = desk.people.users[name]
    root = root_of(desk.world, user, words)
    await desk.page.goto(f"{desk.world.server.url}/as/{user}/{dm(desk.world, user)}?thread={root['ts']}")
    await desk.page.wait_for_selector("html[data-listening]")


async def test_a_question_is_asked_taken_answered_and_thanked(desk: Desk) -> None:
    await desk.go("home")
    await desk.press("Ask mentors")
    form = desk.page.locator("dialog.modal")
    await form.locator('[data-input="question"] textarea').fill(QUESTION)
    await form.locator("button[type=submit]").click()
    await expect(form).to_contain_text("on its way")
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_text(QUESTION).first).to_be_visible()
    await desk.world.move(minutes=2)

    await thread(desk, "Ben", " asks: ")
    pane = desk.page.locator("aside.pane[aria-label=Thread]")
    await pane.get_by_role("button", name="I'll take it").click()
    await expect(pane).to_contain_text("You took it")
    await pane.locator("textarea").fill("Offer two dates, and wait.")
    await pane.locator("textarea").press("Enter")
    await expect(pane).to_contain_text("Carried to Ada")

    await thread(desk, "Ada", "You asked: ")
    await expect(pane).to_contain_text("Offer two dates, and wait.")
    await pane.get_by_role("button", name="This helped").click()
    await expect(pane).to_contain_text("You said that this helped")

    await desk.world.move(minutes=5)  # it may be taken back for a moment
    await thread(desk, "Ben", " asks: ")
    await expect(pane).to_contain_text("says that this helped")
    await desk.all_is_drawn()
