"""Those who look after an archive, in a real browser: words to go by, a report put right, a collection read by keyboard."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.members.moderation.models import Moderator
from tests.archive.pages.cards import NO, publish
from tests.browser import open_browser
from tests.conftest import MONDAY
from tests.playground.page.test_with_the_bot import in_passing_time
from tests.web.reading import Readers, a_company_that_reads
from tests.world import World

pytestmark = pytest.mark.browser
PATIENCE = 20_000  # milliseconds; only a failure takes them
LEAD, READER, MODERATOR = "Ada Lovelace", "Ben Okri", "Mia Holm"
CONTACT = "Dana <Roy>, person of trust, room 4.12"
WHAT_HAS_FOCUS = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return [one.textContent.trim() || one.id, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; }"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Room:
    """A lead, a reader, a moderator and one card, seen through one browser."""

    readers: Readers
    card: int
    page: Page

    async def go(self, name: str, place: str = "home") -> None:
        world = self.readers.world
        await self.page.goto(f"{world.server.url}/as/{world.users[name]}/{place}")
        await self.page.wait_for_selector("html[data-listening]")

    async def press(self, name: str, *, exact: bool = True) -> None:
        await self.page.get_by_role("button", name=name, exact=exact).first.click()

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog.modal")

    async def hand_in(self) -> None:
        await self.form.locator("button[type=submit]").click()

    async def all_is_drawn(self) -> None:
        """Nothing that the page does not know, and nothing that Slack would refuse."""
        await expect(self.page.locator("[data-unknown]")).to_have_count(0)
        assert [call["method"] for call in self.readers.world.slack.api_calls() if not call["ok"]] == []


@pytest_asyncio.fixture
async def room(sqlite_url: str) -> AsyncIterator[Room]:
    world = World(sqlite_url, now=MONDAY, pages_at=0)
    async with a_company_that_reads(world) as readers, open_browser() as browser:
        await readers.add(MODERATOR)
        await readers.change(LEAD, is_lead=True)
        async with world.bot.database.transaction() as session:
            where = {"member_id": readers.ids[MODERATOR], "workspace_id": readers.workspace_id}
            session.add(Moderator(**where, since=world.clock()))
        card = await publish(world.bot.database, readers.workspace_id, now=world.clock())
        expect.set_options(timeout=PATIENCE)
        yield Room(readers, card, await in_passing_time(world, browser))


async def test_words_a_lead_sets_are_read_where_people_ask(room: Room) -> None:
    await room.go(LEAD)
    await room.press("Settings")
    await room.press("Change: Conduct and help contacts")
    text, contacts = room.form.locator("textarea").first, room.form.locator("textarea").last
    await text.fill("Ask <b>anything</b>. Answer as to a friend.")
    await contacts.fill(CONTACT)
    await room.hand_in()
    await expect(room.form).to_contain_text("As people will read it")
    await room.hand_in()
    await expect(room.form).to_have_count(0)

    await room.go(READER)
    await room.press("Ask mentors")
    await expect(room.form).to_contain_text("How we speak here. Ask <b>anything</b>.")
    await room.press("Read all of it", exact=False)
    await expect(room.form).to_contain_text(CONTACT)
    await room.all_is_drawn()


async def test_a_reported_card_is_gone_until_a_moderator_puts_it_back(room: Room) -> None:
    world = room.readers.world
    title = room.page.get_by_text(NO, exact=True)
    await room.go(READER)
    await room.press("Browse")
    await room.press(f"Read: {NO}")
    await room.press("Report")
    await room.form.locator("textarea").fill("It names a customer.")
    await room.hand_in()
    await expect(room.form).to_contain_text("It is hidden now. Mia Holm is asked")
    await room.page.keyboard.press("Escape")
    await expect(room.form).to_contain_text("hidden until somebody has looked")
    await room.page.keyboard.press("Escape")
    await expect(room.page.get_by_role("heading", name="Find")).to_be_visible()
    await expect(title).to_have_count(0)

    await world.move(hours=1)
    await room.go(MODERATOR, "messages")
    log = room.page.locator("#log")
    await expect(log).to_contain_text("It names a customer.")
    assert READER not in await log.inner_text(), "nobody is told who reported it"
    await room.press("Put it back")
    await expect(log).to_contain_text("put back by Mia Holm")

    await room.go(READER)
    await room.press("Browse")
    await expect(title).to_be_visible()
    await room.go(READER, "messages")
    await expect(log).to_contain_text("What you reported is back: a card in the archive.")
    await room.all_is_drawn()


async def test_a_collection_a_lead_makes_is_read_on_the_web_page_by_keyboard_alone(room: Room) -> None:
    await room.go(LEAD)
    await room.press("Browse")
    await room.press(f"Read: {NO}")
    await room.press("Add to a collection")
    await room.form.locator('[data-input="name"] input').fill("Before <we> sign")
    await room.form.locator('[data-input="about"] textarea').fill("For the week before a contract.")
    await room.hand_in()
    await expect(room.form).to_contain_text("is in the collection “Before <we> sign” now")
    await room.all_is_drawn()

    page = room.page
    await page.set_viewport_size({"width": 360, "height": 780})
    await page.goto(await room.readers.link(READER))
    for words in ("Continue", "Before <we> sign", NO):
        await tab_to(page, words)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(NO)
    await tab_to(page, "Keep it")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Kept")).to_have_attribute("aria-pressed", "true")


async def tab_to(page: Page, words: str) -> None:
    """Press Tab until this has the focus; each stop on the way can be seen, and nothing runs over the edge."""
    assert await page.evaluate(WIDER) == 0
    for _ in range(60):
        await page.keyboard.press("Tab")
        held, seen = await page.evaluate(WHAT_HAS_FOCUS)
        assert seen, f"nobody sees that {held} has the focus"
        if held == words:
            return
    pytest.fail(f"sixty presses of Tab do not lead to {words}")
