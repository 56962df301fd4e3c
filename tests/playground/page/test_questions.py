"""Two stories of a question in a real browser, time moved with the time bar: one that finds its answer, one that meets silence."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.members import store as members
from tests.browser import open_browser
from tests.features.questions.asking_people import joined, member_of
from tests.playground.page.office import Office, open_office
from tests.world import World

# One browser for the whole module, so one event loop as well.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
NIGHT = datetime(2026, 3, 2, 22, 40, tzinfo=UTC)
CROWD = ("Dan", "Eva", "Finn", "Gil", "Hal", "Ida", "Jon", "Kim", "Lou")
QUESTION = "How do I answer a client who asks for one more round of changes, for free?"
ANOTHER = "How do I say no to a client <b>I like</b>?"
ANSWER = (
    "Name what it would cost before you say yes or no. I would write that it is another day, and ask whether to send a new "
    "quote or to leave something else out."
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def office(sqlite_url: str, browser: Browser) -> AsyncIterator[Office]:
    """Ben knows how to negotiate, Lea leads, and enough others are in for an alias to hide among."""
    async with World(sqlite_url, now=NIGHT) as world, open_office(world, browser) as opened:
        await joined(world, "Yuki", "Cleo", "Lea", *CROWD)
        await joined(world, "Ben", offers=("Negotiation",))
        async with world.bot.database.transaction() as session:
            lea = await member_of(world, world.users["Lea"])
            row = await members.by_id(session, lea.workspace_id, lea.id, lock=True)
            assert row is not None
            row.is_lead = True
        yield opened


async def ask(office: Office, name: str, question: str, *, alias: bool = False) -> None:
    """Somebody asks from their Home tab, about negotiating."""
    await office.home(name)
    await office.press(office.page.locator("main"), "Ask mentors")
    await office.form.get_by_label("Your question").fill(question)
    await office.form.get_by_label("What is it about?").press_sequentially("nego")
    await office.form.get_by_role("option", name="Negotiation").click()
    if alias:
        await office.form.get_by_label("An alias, for this question alone").check()
    await office.form.locator("button[type=submit]").click()
    await expect(office.form).to_contain_text("Your question is on its way")
    await office.page.keyboard.press("Escape")


async def test_asked_at_night_under_an_alias_answered_kept_and_found_by_somebody_else(office: Office) -> None:
    await ask(office, "Yuki", QUESTION, alias=True)
    await office.let_pass("Tomorrow morning")
    await office.go("Ben", "messages")
    await expect(office.page.locator("#log")).not_to_contain_text(" asks: ")
    await office.let_pass("+1 hour")

    pane = await office.thread("Ben", " asks: ")
    await expect(pane).to_contain_text("you offer Negotiation")
    await expect(office.page.get_by_role("main")).not_to_contain_text("Yuki")
    await office.press(pane, "I'll take it")
    await expect(pane).to_contain_text("You took it")
    await office.write(pane, ANSWER)
    await expect(pane).to_contain_text("Carried to ")
    await office.all_is_drawn()

    await office.thread("Yuki", "You asked: ")
    await expect(pane).to_contain_text("Ben took it")
    await expect(pane).to_contain_text("Name what it would cost")
    await office.write(pane, "And if they say that others do it for free?")
    await office.press(pane, "This helped")
    await expect(pane).to_contain_text("You said that this helped")
    await office.press(pane, "Close it")
    await expect(pane).to_contain_text("Closed. Whoever helped keeps the thanks")
    await office.all_is_drawn()

    await office.let_pass("+1 hour")  # under an alias, the minute of a press is nobody's to see
    await office.thread("Ben", " asks: ")
    await expect(pane).to_contain_text("others do it for free")
    await expect(pane).to_contain_text("says that this helped")
    await office.press(pane, "Keep as insight")
    await expect(office.form.get_by_label("The gist")).to_have_value(re.compile("Name what it would cost"))
    await office.form.get_by_role("button", name="Hand it in").click()
    await expect(office.form).to_contain_text("is kept")
    await office.page.keyboard.press("Escape")
    await office.let_pass("+1 hour")
    for name, yes in (("Yuki", "Fine, without a name"), ("Ben", "Fine, with my name")):
        await office.go(name, "messages")
        for fine in await office.page.locator("#log").get_by_role("button", name=yes).all():
            await fine.click()
            await expect(office.page.locator("#log")).to_contain_text("Thank you. Your words stay in")

    await office.go("Cleo", "messages")
    await office.write(office.page.locator("main"), "/mentor find one more round of chagnes", into="Message Perennial")
    found = office.page.locator("#log .ephemeral")
    await expect(found).to_contain_text("Showing results for changes")
    await expect(found).to_contain_text(QUESTION)
    await found.get_by_role("button", name=re.compile("^Read: How do I answer")).click()
    await expect(office.page.get_by_role("dialog", name="Insight")).to_contain_text("Name what it would cost")
    await expect(office.page.locator("body")).not_to_contain_text("Yuki asked")
    await office.all_is_drawn()
    await office.page.keyboard.press("Escape")
    await office.page.keyboard.press("Escape")

    await office.let_pass("+1 quarter")
    await office.thread("Yuki", "You asked: ")
    thirty_days_on = pane.get_by_role("article", name=re.compile("Thursday 2 April 2026"))
    await expect(thirty_days_on).to_contain_text("A month ago you asked")
    await office.press(pane, "It worked")
    await expect(pane).to_contain_text("You said: it worked. Whoever helped reads it, too.")
    await office.let_pass("+1 hour")
    await office.thread("Ben", " asks: ")
    await expect(pane).to_contain_text("tried it, and it worked")
    await expect(office.page.get_by_role("main")).not_to_contain_text("Yuki")
    await office.all_is_drawn()


async def test_in_silence_each_step_is_told_to_the_asker_until_a_lead_acts(office: Office) -> None:
    await joined(office.world, "Hana", "Mina", offers=("Negotiation",))
    channel = office.world.slack.add_channel("ask-mentors", creator=office.world.users["Lea"])
    await office.home("Lea")
    await office.press(office.page.locator("main"), "Settings")
    await office.press(office.page.locator("main"), "Channels for questions")
    await office.form.get_by_label("Open a channel").fill("ask")
    await office.form.get_by_role("option", name="ask-mentors").click()
    await office.form.locator("button[type=submit]").click()
    await expect(office.form).to_contain_text("#ask-mentors: the usual one")
    await expect(office.form.locator(".chip")).to_have_count(0)
    await office.page.keyboard.press("Escape")

    await ask(office, "Yuki", ANOTHER)
    await office.let_pass("Next moment")
    pane = await office.thread("Yuki", "You asked: ")
    await expect(pane).to_contain_text(ANOTHER)
    await expect(pane).to_contain_text(re.compile(r"I asked \w+\. If nothing comes by Tuesday 3 March, 17:00, I go on"))
    await office.let_pass("Next moment")
    await expect(pane).to_contain_text(re.compile(r"\w+ and \w+ are asked.*I ask more widely"))
    await office.let_pass("Next moment")  # their morning
    await office.let_pass("Next moment")
    await expect(pane).to_contain_text("It stands in #ask-mentors now, for everybody there")
    await office.let_pass("Next moment")
    await expect(pane).to_contain_text("A lead knows of it now")
    await expect(pane).to_contain_text("If nothing comes by Tuesday 3 March, 17:00")  # it is still what was said then
    await office.go("Cleo", channel)
    await expect(office.page.locator("#log")).to_contain_text("Answer in this thread, a line is enough")

    await office.let_pass("Next moment")  # the lead's morning
    await office.thread("Lea", " asks: ")
    await expect(pane).to_contain_text("This question has nobody yet. Asked so far: ")
    await office.press(pane, "Ask somebody I name")
    await office.form.get_by_label("Who could answer this?").fill("cleo")
    await office.form.get_by_role("option", name="Cleo").click()
    await office.form.locator("button[type=submit]").click()
    await expect(office.form).to_contain_text("Thank you")
    await office.all_is_drawn()

    await office.thread("Yuki", "You asked: ")
    await expect(pane).to_contain_text(re.compile("Cleo.* are asked"))
    await office.thread("Cleo", " asks: ")
    await expect(pane).to_contain_text("a lead thought of you")
    await office.press(pane, "I'll take it")
    await office.write(pane, ANSWER)
    await expect(pane).to_contain_text("Carried to Yuki")
    await office.thread("Yuki", "You asked: ")
    await expect(pane).to_contain_text("Cleo took it")
    await expect(pane).to_contain_text("Name what it would cost")
    await office.all_is_drawn()
