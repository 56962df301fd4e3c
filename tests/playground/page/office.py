"""A browser that goes from desk to desk: the real bot behind it, and time moved with the page's own time bar."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from playground.chronicle import Chronicle
from playground.page.routes import create_page
from playground.time import Time
from tests.features.questions.answering_people import dm
from tests.features.questions.threads_people import root_of
from tests.world import World

PATIENCE = 20_000  # milliseconds; only a failure takes them
ZONE = "Europe/Lisbon"  # where everybody here works, and whose mornings the time bar means


@dataclass
class Office:
    """Whoever is looked through is named in each step; names are those of the world."""

    world: World
    page: Page

    @property
    def pane(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog.modal")

    async def go(self, name: str, place: str = "home") -> None:
        """Somebody looks at a place."""
        await self.page.goto(f"{self.world.server.url}/as/{self.world.users[name]}/{place}")
        await self.page.wait_for_selector("html[data-listening]")

    async def home(self, name: str) -> None:
        """Somebody opens their Home tab, which is drawn anew for it."""
        await self.world.acts.open_home(self.world.users[name])
        await self.world.settle()
        await self.go(name)

    async def thread(self, name: str, *words: str) -> Locator:
        """Somebody opens the thread of a question in their messages with the bot."""
        user = self.world.users[name]
        root = root_of(self.world, user, *words)
        await self.go(name, f"{dm(self.world, user)}?thread={root['ts']}")
        return self.pane

    async def let_pass(self, by: str) -> None:
        """Press the time bar and wait until time stands still again."""
        await self.page.get_by_role("button", name=by, exact=True).click()
        await expect(self.page.locator("#journey")).to_be_hidden()

    async def press(self, within: Locator, name: str) -> None:
        """The newest button of that name."""
        await within.get_by_role("button", name=name, exact=True).last.click()

    async def write(self, within: Locator, words: str, into: str = "Reply") -> None:
        """A reply in the open thread, or whatever else a box takes."""
        box = within.get_by_label(into, exact=True)
        await box.fill(words)
        await box.press("Enter")

    async def all_is_drawn(self) -> None:
        """Nothing that the page does not know, and nothing that Slack would refuse."""
        await expect(self.page.locator("[data-unknown]")).to_have_count(0)
        assert [call["method"] for call in self.world.slack.api_calls() if not call["ok"]] == []


@asynccontextmanager
async def open_office(world: World, browser: Browser, **how: Any) -> AsyncIterator[Office]:
    """Hang the page beside the world's Slack, with a time bar that moves it."""
    expect.set_options(timeout=PATIENCE)

    time = Time(world.stepper, world.slack, Chronicle(world.slack), ZONE)
    routes = create_page(world.slack, world.acts, time, after_act=world.stepper.let_a_moment_pass)
    world.server.app.router.routes.extend(routes)
    context = await browser.new_context(**how)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    yield Office(world, page)
    await context.close()
