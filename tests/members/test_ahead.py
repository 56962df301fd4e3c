"""What is next for somebody stands in one list, soonest first, whatever it is, each with one button."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import acts
from bot.members.front import ahead
from bot.messages import Block
from bot.programs import store as programs
from bot.registry import Ahead, Home, Viewer
from bot.slack import blocks
from tests.features.questions.threads_people import ask, member_of, put_to
from tests.gatherings.conftest import Supper, serve_supper
from tests.gatherings.table import Table, at, laid
from tests.goldens import Golden
from tests.members import walk
from tests.programs.conftest import enrolled, program
from tests.world import World

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA = Viewer(1, 1, "U1", "Europe/Lisbon", is_lead=False, joined=True, place="front", now=NOW)


def of(*rows: Ahead) -> Home:
    """Two features contribute these, one of them what comes last."""

    async def some(session: Any, viewer: Viewer) -> list[Ahead]:
        return list(rows[2:])

    async def others(session: Any, viewer: Viewer) -> list[Ahead]:
        return list(rows[:2])

    home = Home()
    home.add_ahead(some, more=blocks.button("All sessions", "members.go", "gatherings"))
    home.add_ahead(others)
    return home


def row(line: str, days: int, *, until: bool = False) -> Ahead:
    return Ahead(NOW + timedelta(days=days, hours=2), line, blocks.button("Open", "members.go", line), until)


async def shown(home: Home, session: Any = None) -> tuple[list[Block], list[Block]]:
    return await ahead.section_of(home)(session, ADA), await ahead.page_of(home)(session, ADA)


async def test_three_rows_stand_in_front_and_the_rest_on_a_page(golden: Golden):
    home = of(
        row("Story session: The launch that wasn't. You come.", 3),
        row("Ben asks: How do I say no to a client?", 0, until=True),
        row("Introductions, round 7.", 1),
        row("Supper.", 400),
        row("Roundtable.", -1),
    )
    front, page = await shown(home)
    golden("members/next", blocks.home(front))
    golden("members/next_page", blocks.home(page))
    assert "All (5)" in json.dumps(front)


async def test_nothing_stands_there_where_nothing_is_next():
    front, page = await shown(of())
    assert front == []
    assert "Nothing is next for you at the moment." in walk.said({"blocks": page})


async def test_what_three_are_has_no_page_behind_it():
    front, _ = await shown(of(row("One.", 1), row("Two.", 2), row("Three.", 3)))
    assert len(front) == 4 and "All (" not in json.dumps(front)


def lines(view: dict[str, Any]) -> list[str]:
    """What the rows of "Next for you" say, with their buttons."""
    texts = [each for each in view["blocks"] if each["type"] == "section"]
    start = next(place for place, each in enumerate(texts) if "*Next for you*" in json.dumps(each)) + 1
    found = []
    for each in texts[start : start + ahead.MOST_ROWS]:
        button = each["accessory"]["text"]["text"]
        found.append(f"{each['text']['text']} [{button}]".replace("\n", " "))
    return found


async def with_everything(world: World) -> Table:
    """Ada is in two programs, a weekly supper and one with rounds, and Ben asks her something."""
    serve_supper(world, Supper())
    table = await laid(world, "Ada", "Ben", every_weeks=1, starts_on=date(2026, 3, 3))
    async with world.bot.database.transaction() as session:
        await _join(session, table)
    return table


async def _join(session: AsyncSession, table: Table) -> None:
    ada = await member_of(table.world, table.users["Ada"])
    suppers = await programs.get(session, table.workspace_id, table.program_id)
    await enrolled(session, suppers, ada)
    rounds = await program(session, table.workspace_id, kind="introductions", name="Coffee", starts_on=date(2026, 3, 9))
    rounds.weekday, rounds.last_number = 2, 6
    await programs.reschedule(session, rounds, table.world.clock())
    await enrolled(session, rounds, ada)


async def test_sessions_rounds_and_questions_stand_in_one_list_and_their_buttons_work(any_world: World):
    table = await with_everything(any_world)
    assert lines(await table.home("Ada")) == [
        "*Tuesday 3 March, 10:00* Supper. [I'll come]",
        "*Tuesday 10 March, 10:00* Supper. [I'll come]",
        "*Wednesday 11 March, 10:00* Coffee, round 7. [Skip this one]",
    ]
    await table.press_home("Ada", acts.COME, "1")
    await table.press_home("Ada", "programs.skip")
    assert lines(walk.look(any_world, table.users["Ada"])) == [
        "*Tuesday 3 March, 10:00* Supper. You come. [Open]",
        "*Tuesday 10 March, 10:00* Supper. [I'll come]",
        "*Wednesday 11 March, 10:00* Coffee. You sit this one out. [Take part after all]",
    ]
    number = await ask(any_world, table.users["Ben"])
    await put_to(any_world, number, table.users["Ada"], state="asked")
    first = lines(await table.home("Ada"))[0]
    assert first == "*Whenever you can* Ben asks: How do I say no to a client? [I'll take it]"
    await table.press_home("Ada", "questions.take")
    rows = lines(await table.home("Ada"))
    assert any("Ben asks: How do I say no to a client? It is yours to answer. [Open]" in each for each in rows), rows
    page = walk.said(await table.home("Ada", "next"))
    assert page.count("Supper") >= 3 and "Coffee" in page and "All sessions" in page


async def test_whoever_hosts_is_told_so_and_whoever_comes_is_a_press_from_the_call(world: World):
    table = await with_everything(world)
    assert lines(await table.home("Lead"))[0] == "*Tuesday 3 March, 10:00* Supper. You host. [Open]"
    await table.home("Ada")
    await table.press_home("Ada", acts.COME, "1")
    await world.move_to(at(3, 9, 46))
    assert lines(await table.home("Ada"))[0] == "*Today, 10:00* Supper. You come. [Join]"
    await world.move_to(at(3, 10, 5))
    assert lines(await table.home("Ada"))[0] == "*Now* Supper. You come. [Join]"


async def test_somebody_who_pauses_sees_no_round_they_would_miss(world: World):
    table = await with_everything(world)
    async with world.bot.database.transaction() as session:
        found = await programs.members_by_id(session, table.workspace_id, [table.ids["Ada"]])
        found[table.ids["Ada"]].paused_until = date(2026, 3, 12)
    assert "Coffee, round" not in walk.said(await table.home("Ada", "next"))
