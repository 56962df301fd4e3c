"""What a goal says is nowhere to be read but by its owner: not in the database, its log, our log or a payload of ours."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.features.goals import nudging
from tests.canaries import assert_nowhere
from tests.features.goals.people import found
from tests.world import World

CANARY = "kanarienvogel"


async def test_a_canary_through_every_form_is_in_no_file_and_no_log(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    people = await found(world)
    goal = await people.set_goal(
        title=f"{CANARY} title", why=f"{CANARY} why", steps=f"{CANARY} step", skill=f"{CANARY} skill",
        followers=["Ben"],
    )  # fmt: skip
    await world.move(hours=2)
    await people.press("Ben", "goals.follow")
    for action, words in (("goals.note", "words"), ("goals.obstacle", "words"), ("goals.steps", "add")):
        await people.home("Ada", f"goals:{goal.id}")
        await people.press_home("Ada", action)
        assert (await people.submit("Ada", {words: f"{CANARY} {action}"})).ok
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.edit")
    assert (await people.submit("Ada", {"why": f"{CANARY} again"})).ok
    await world.move(weeks=6, hours=2)
    await people.press("Ada", "goals.smaller")
    assert (await people.submit("Ada", {"step": f"{CANARY} smaller"})).ok
    await world.move(days=8)
    await people.press("Ada", "goals.keep")
    await people.forge("Ada", "goals.tick", f"{goal.id}:999")
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.done")
    assert (await people.submit("Ada", {"helped": f"{CANARY} helped", "loud": "followers"})).ok
    await world.move(hours=2)
    assert CANARY in str(people.messages("Ada")), "the test would prove nothing"
    assert CANARY in people.last("Ben")["text"]
    assert_nowhere(CANARY, tmp_path, capsys, caplog)


async def test_ids_alone_are_in_buttons_and_in_what_forms_remember(world: World):
    people = await found(world)
    goal = await people.set_goal(title=CANARY, steps=CANARY, followers=["Ben"])
    view = await people.home("Ada", f"goals:{goal.id}")
    for element in _elements(view):
        assert CANARY not in str(element.get("value", "")) + str(element.get("options", ""))
    for action in ("goals.note", "goals.steps", "goals.obstacle", "goals.edit", "goals.done"):
        await people.home("Ada", f"goals:{goal.id}")
        await people.press_home("Ada", action)
        assert CANARY not in people.form("Ada")["private_metadata"]
    async with people.database.reading() as session:
        keys = list((await session.execute(text("SELECT dedupe_key, subject FROM deliveries"))).all())
    assert keys
    assert CANARY not in str(keys)


async def test_nudges_hear_of_it_without_its_words(any_world: World):
    people = await found(any_world, "Ada", "Ben", "Cleo")
    await people.set_goal(title=f"{CANARY}: giving feedback")
    await people.set_goal("Ben", title="Learn to bake")
    ids, now = list(people.ids.values()), any_world.clock()
    async with people.database.reading() as session:
        assert await nudging.quiet_goals(session, people.workspace_id, ids, now) == {}
        leanings = await nudging.themes_of_goals(session, people.workspace_id, ids, now)
        assert await nudging.themes_of_goals(session, people.workspace_id + 1, ids, now) == {}
    assert {each.theme for each in leanings[people.ids["Ada"]]} == {"goal-setting", "giving-feedback"}
    assert [each.theme for each in leanings[people.ids["Ben"]]] == ["goal-setting"]
    assert people.ids["Cleo"] not in leanings
    await any_world.move(days=22)
    async with people.database.reading() as session:
        moments = await nudging.quiet_goals(session, people.workspace_id, ids, any_world.clock())
    (moment,) = moments[people.ids["Ada"]]
    assert (moment.name, moment.themes) == ("goal-stale", {"giving-feedback"})
    assert CANARY not in str(moments) + str(leanings)


async def test_nudges_are_answered_in_two_queries_for_hundreds(world: World):
    people = await found(world)
    await people.set_goal()
    statements: list[str] = []
    engine = people.database.reader.sync_engine

    from sqlalchemy import event

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    async with people.database.reading() as session:
        await nudging.themes_of_goals(session, people.workspace_id, list(range(1, 501)), world.clock())
    event.remove(engine, "before_cursor_execute", note)
    assert sum(each.startswith("SELECT") for each in statements) == 2


def _elements(view: object) -> list[dict[str, object]]:
    found = []
    for block in json.loads(json.dumps(view))["blocks"]:
        found += [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
    return [each for each in found if isinstance(each, dict)]
