"""A quarter of growing in small steps: a goal, fitting nudges, a journal found again, and nobody else who can read of it."""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.models import Charge
from bot.features.nudges.library import built_in
from bot.features.nudges.models import Nudge
from tests.conftest import MONDAY
from tests.features.goals.people import People, found
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

TITLE, WHY, STEP = "Give feedback the same day", "kanarienvogel: I wait until it is too late", "kanarienstufe"
REPLY, ENTRY = "kanarienantwort: said it in the corridor, it took a minute", "kanarieneintrag about the café"
SECRETS = ("kanarien", TITLE)
WEEKS, BUDGET = 13, 4
PAGES = ("goals", "goals:1", "goals:closed", "journal", "journal:1", "nudges", "nudges:library", "settings", "front")


async def live(people: People, world: World) -> None:
    """A quarter of Ada's: she answers one question in its thread, writes once by herself, and does most nudges."""
    ada = people.users["Ada"]
    await people.set_goal(title=TITLE, why=WHY, steps=STEP, skill="Giving feedback", rhythm="month")
    await writing.asked_weekly(world, ada)
    question = await writing.to_the_next_question(world, ada)
    await writing.reply_to(world, ada, question, REPLY)
    assert "Kept in your journal" in writing.thread_of(world, ada, question)[0]["text"]
    await writing.write(world, ada, ENTRY, mood="good")
    for _ in range(7 * WEEKS):
        await world.move(days=1)
        newest = people.last("Ada")
        if "nudges.did" in str(newest.get("blocks")):
            await people.press("Ada", "nudges.did", message=newest)


async def nudges_of(people: People, name: str) -> list[Nudge]:
    async with people.database.reading() as session:
        query = select(Nudge).where(Nudge.member_id == people.ids[name], Nudge.state == "sent").order_by(Nudge.day)
        return list((await session.execute(query)).scalars())


async def costs_of(people: People, name: str) -> Counter[tuple[int, int]]:
    async with people.database.reading() as session:
        query = select(Charge.local_date, Charge.cost).where(Charge.member_id == people.ids[name])
        found: Counter[tuple[int, int]] = Counter()
        for day, cost in (await session.execute(query)).all():
            found[day.isocalendar()[:2]] += cost
        return found


async def search(world: World, user: str, words: str) -> str:
    """Look something up in one's journal; the page of what was found."""
    await writing.go(world, user, "journal")
    await writing.press_home(world, user, "reflections.search")
    await writing.hand_in(world, user, {"query": {"query": words}})
    return walk.said(walk.look(world, user))


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in which whoever joins gets a nudge twice a week."""
    async with World(sqlite_url, now=MONDAY, nudges="twice") as built:
        yield built


async def test_a_goal_brings_fitting_nudges_and_a_journal_is_found_again_by_its_writer_alone(
    world: World, tmp_path: Path
):
    people = await found(world)
    await live(people, world)

    had = await nudges_of(people, "Ada")
    print([(each.day.isoformat(), each.slug, each.theme) for each in had])
    assert len(had) >= WEEKS
    assert len({each.slug for each in had}) == len(had), "none comes twice"
    themes = Counter(each.theme for each in had)
    assert len(themes) >= 6, "themes are varied"
    assert all(one.theme != other.theme for one, other in pairwise(had))
    assert themes["giving-feedback"] + themes["goal-setting"] >= 3, "some are about what she wants"
    assert {built_in()[each.slug].moment for each in had} & {"goal-stale"}, "the quiet goal was noticed"
    assert max((await costs_of(people, "Ada")).values()) <= BUDGET

    ada = people.users["Ada"]
    assert REPLY in await search(world, ada, "CORRIDOR")
    assert ENTRY in await search(world, ada, "cafe")
    assert TITLE in walk.said(await people.home("Ada", "goals"))

    await nobody_else_reads_it(people, world)
    nothing_of_it_is_in_a_dump(tmp_path)


async def nobody_else_reads_it(people: People, world: World) -> None:
    """Not on any page of a lead's or a colleague's Home tab, forged or not, and in no message to them."""
    for name in ("Lead", "Ben"):
        for place in PAGES:
            seen = str(await people.home(name, place))
            assert not [each for each in SECRETS if each in seen], (name, place)
        assert not [each for each in SECRETS if each in str(people.messages(name))]
        opened: Any = await people.forge(name, "reflections.read", "1")
        assert not [each for each in SECRETS if each in str(world.slack.modals(people.users[name]))]
        assert "kanarien" not in str(opened.body)


def nothing_of_it_is_in_a_dump(folder: Path) -> None:
    """The database as a lead with the file but without the key would read it."""
    (path,) = folder.rglob("perennial.db")
    with sqlite3.connect(path) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        readable = [name for name in tables if name != "insight_search"]  # an index without its words; its parts follow
        rows = [row for name in readable for row in database.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
        assert database.execute("SELECT count(*) FROM goals").fetchone()[0], "the test would prove nothing"
    dump = "\n".join(each.hex() if isinstance(each, bytes) else str(each) for row in rows for each in row)
    for each in (*SECRETS, "corridor", "café"):
        assert each not in dump
        assert each.encode().hex() not in dump.lower(), "binary columns are dumped as hex"
        for file in folder.rglob("perennial.db*"):
            assert each.encode() not in file.read_bytes(), file.name
