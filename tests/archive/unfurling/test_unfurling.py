"""Links to cards in Slack: title and tags, for published cards of that workspace, and only among colleagues."""

import json
from typing import Any

import pytest

from bot.archive.finding.cards import Card, Tag
from bot.archive.unfurling import rules, views
from bot.members import workspaces
from tests.archive.pages.cards import NO, publish
from tests.conftest import MONDAY
from tests.web.reading import Readers, a_company_that_reads
from tests.world import World

BASE = "https://mentoring.example.com/perennial"


@pytest.mark.parametrize(
    ("url", "card"),
    [
        (f"{BASE}/insights/7", 7),
        (f"{BASE}/insights/7/", 7),
        (f"{BASE}/insights/7?x=1#your-part", 7),
        ("https://MENTORING.example.com/perennial/insights/7", 7),
        (f"{BASE}/insights", None),
        (f"{BASE}/insights/kept", None),
        (f"{BASE}/insights/7/keep", None),
        (f"{BASE}/insights/-7", None),
        (f"{BASE}/insights/7777777777777", None),
        ("https://mentoring.example.com/insights/7", None),
        ("http://mentoring.example.com/perennial/insights/7", None),
        ("https://mentoring.example.com.evil.example/perennial/insights/7", None),
        ("https://mentoring.example.com:444/perennial/insights/7", None),
        ("https://[broken", None),
        (None, None),
        (7, None),
    ],
)
def test_only_the_address_of_a_card_leads_to_one(url: object, card: int | None):
    assert rules.card_of(url, BASE + "/") == card


def event(**changes: Any) -> dict[str, Any]:
    return {"channel": "C1", "message_ts": "1.0", "links": [{"domain": "x", "url": f"{BASE}/insights/7"}]} | changes


@pytest.mark.parametrize(
    "payload",
    [
        event(source="composer", channel="COMPOSER"),
        event(links=[]),
        event(links=None),
        event(links=["x", {"url": "https://elsewhere.example/insights/7"}]),
        event(channel=None),
        event(message_ts=None),
    ],
)
def test_an_event_that_says_too_little_is_forgotten(payload: dict[str, Any]):
    assert rules.read_shared(payload, BASE) is None


def test_an_event_names_the_cards_of_its_links():
    assert rules.read_shared(event(), BASE) == rules.Shared("C1", "1.0", ((f"{BASE}/insights/7", 7),))
    assert rules.read_shared(event(), None) is None


@pytest.mark.parametrize(
    ("conversation", "among_colleagues"),
    [
        ({"is_ext_shared": False}, True),
        ({"is_ext_shared": False, "is_org_shared": True}, True),
        ({"is_ext_shared": True}, False),
        ({"is_ext_shared": False, "is_pending_ext_shared": True}, False),
        ({"is_ext_shared": False, "pending_shared": ["T2"]}, False),
        ({"is_im": True}, False),  # Slack says nothing of a direct message: when in doubt, not
        ({}, False),
    ],
)
def test_when_in_doubt_a_link_stays_a_link(conversation: dict[str, Any], among_colleagues: bool):
    assert rules.is_among_colleagues(conversation) is among_colleagues


def card(question: str = NO) -> Card:
    tags = (Tag("skill", "negotiating", "Negotiating"), Tag("challenge", "b", "<b> & co"))
    return Card(7, 1, question, "the gist", "the tips", "question", "question:1", 1, MONDAY, 1, tags)


def test_title_and_tags_are_all_that_shows(golden):
    golden("archive/unfurl", {"text": NO} | views.preview(card(), f"{BASE}/insights/7"))


def test_a_title_can_neither_ping_nor_break_out_of_its_link():
    text = json.dumps(views.preview(card("<!channel> a|b> *x*\n" + "long " * 200), f"{BASE}/insights/7"))
    assert "<!channel" not in text and "|b" not in text and "the gist" not in text and "the tips" not in text


@pytest.fixture
async def readers(sqlite_url: str):
    async with a_company_that_reads(World(sqlite_url, now=MONDAY, pages_at=0)) as company:
        yield company


async def test_a_link_shows_its_card_to_colleagues_and_to_nobody_else(readers: Readers):
    world, now = readers.world, readers.world.clock()
    here = await publish(world.bot.database, readers.workspace_id, now=now)
    hidden = await publish(world.bot.database, readers.workspace_id, "Hidden", now=now, state="hidden")
    ada, ben = world.users["Ada Lovelace"], world.users["Ben Okri"]
    places = {
        "general": world.slack.add_channel("general", creator=ada, members=[ben]),  # the bot is not in it
        "shared": world.slack.add_channel("shared", creator=ada, members=[ben], is_ext_shared=True),
        "private": world.slack.add_channel("private", creator=ada, members=[ben], is_private=True),
        "dm": world.slack.open_dm(ada, ben),
    }

    async def shown(place: str, words: str) -> list[dict[str, Any]]:
        ts = await world.acts.post(ada, places[place], words)
        assert world.side is not None
        await world.side.quiet()
        return world.slack.message(places[place], ts).get("attachments") or []

    link = f"{readers.base}/insights/{here}"
    (preview,) = await shown("general", f"Look at {link}, it helped me.")
    assert preview["from_url"] == link and NO in json.dumps(preview["blocks"])
    assert "Say what you can do instead" not in json.dumps(preview)
    for place in ("shared", "private", "dm"):
        assert await shown(place, f"Look at {link}") == [], place
    for words in (
        f"{readers.base}/insights/{hidden}",
        f"{readers.base}/insights/9999",
        f"{readers.base}/insights/kept",
    ):
        assert await shown("general", words) == [], words
    assert len(await shown("general", f"{link} and {link}?again {readers.base}/insights/{hidden}")) == 2
    refused = [call for call in world.slack.api_calls(100) if not call["ok"]]
    assert {call["method"] for call in refused} <= {"conversations.info"}


async def test_a_link_in_a_channel_of_another_workspace_shows_nothing_of_ours(readers: Readers):
    world = readers.world
    async with world.bot.database.transaction() as session:
        other = await workspaces.keep(session, team_id="T0OTHER", name="Elsewhere", token="xoxb-x", now=world.clock())
    theirs = await publish(world.bot.database, other.id, "Their secret", now=world.clock())
    ada = world.users["Ada Lovelace"]
    general = world.slack.add_channel("general", creator=ada)
    ts = await world.acts.post(ada, general, f"{readers.base}/insights/{theirs}")
    assert world.side is not None
    await world.side.quiet()
    assert not world.slack.message(general, ts).get("attachments")
