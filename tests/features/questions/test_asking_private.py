"""Under an alias, whoever asks is in no log, no key, no button, nobody else's sight, and in no row beside their question."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db import Base
from bot.features.questions import askers
from tests.features.questions.asking_forms import all_kept, ask_by_form, card, fields, press, settle
from tests.features.questions.asking_people import joined, member_of
from tests.members import walk
from tests.world import World

CANARY, NAME = "kanarienvogel", "Anastasia"
CROWD = tuple(f"Crowd{number}" for number in range(10))


async def asked_under_an_alias(world: World) -> tuple[str, str, int]:
    """Everything an asker can do but show their name, with a canary in every word; asker, mentor, question."""
    (hana,) = await joined(world, "Hana", offers=("Negotiating",))
    asker, *_ = await joined(world, NAME, *CROWD)
    given = {"context": f"{CANARY} context", "skills": ["Negotiating"], "name": "alias"}
    assert (await ask_by_form(world, asker, f"{CANARY} question", **given)).ok
    (question,) = await all_kept(world)
    await world.move(hours=2)
    await walk.press(
        world, hana, channel=world.slack.open_dm(world.slack.bot_user_id, hana), ts=world.last_message_to(hana)["ts"],
        action_id="questions.take",
    )  # fmt: skip
    await settle(world)
    await press(world, asker, "questions.change")
    view = walk.modal(world, asker)["id"]
    assert (await world.acts.submit(asker, view, fields(world, asker, context=f"{CANARY} changed"))).ok
    await press(world, asker, "questions.close")
    await press(world, asker, "questions.reopen")
    await walk.open_home(world, asker)
    await walk.press(world, asker, action_id="members.go", value="questions", anyway=True)
    await settle(world)
    return asker, hana, question.id


async def test_words_are_sealed_and_the_name_is_nowhere_beside_them(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    asker, hana, _ = await asked_under_an_alias(world)
    assert CANARY in walk.said(card(world, asker)), "the test would prove nothing"
    assert CANARY in walk.said(world.last_message_to(hana))
    out = capsys.readouterr()
    logged = out.out + out.err + caplog.text
    assert CANARY not in logged and NAME not in logged and asker not in logged
    for path in tmp_path.rglob("perennial.db*"):
        assert CANARY.encode() not in path.read_bytes(), path.name
    for message in world.messages_to(hana):
        assert NAME not in str(message) and asker not in str(message)
    assert NAME not in str(await walk.open_home(world, hana))
    for element in _elements([card(world, asker), walk.look(world, asker)]):
        assert CANARY not in json.dumps([element.get("value"), element.get("options")])
    async with world.bot.database.reading() as session:
        rows = (await session.execute(text("SELECT dedupe_key, subject FROM deliveries"))).all()
    assert rows and CANARY not in str(rows)


async def test_no_row_of_the_database_holds_both_the_asker_and_their_question(any_world: World):
    """Of every table, in plain columns: a row that names the asker names no id, token or thread of the question."""
    world = any_world
    asker, _, number = await asked_under_an_alias(world)
    member = await member_of(world, asker)
    (question,) = await all_kept(world)
    channel = world.slack.open_dm(world.slack.bot_user_id, asker)
    beside = []
    async with world.bot.database.reading() as session:
        assert askers.asker_of(session, question).member_id == member.id
        for table in Base.metadata.sorted_tables:
            for row in (await session.execute(table.select())).mappings():
                if not _names_asker(table.name, row, member.id, asker, channel):
                    continue
                if table.name == "questions" or _names_question(row, number, question.token):
                    beside.append((table.name, dict(row)))
    assert beside == []


def _names_asker(table: str, row: Any, member_id: int, slack_id: str, channel: str) -> bool:
    if table == "members":
        return bool(row["id"] == member_id)
    for column, value in row.items():
        is_member = column in ("member_id", "asker_id", "author_id", "other_id", "owner_id", "made_by", "reporter_id")
        if is_member and value == member_id:
            return True
        if column == "member_ids" and value and member_id in value:
            return True
        if isinstance(value, str) and (slack_id in value or channel in value):
            return True
    return False


def _names_question(row: Any, number: int, token: str) -> bool:
    if row.get("question_id") == number:
        return True
    plain = {column: value for column, value in row.items() if isinstance(value, str)}
    marked = [f"question:{number}", f"questions:{number}", token]
    keys = [value for column, value in plain.items() if column in ("subject", "dedupe_key", "place")]
    return any(mark in value for mark in marked for value in plain.values()) or any(
        str(number) in value.split(":") for value in keys
    )


def _elements(views: list[Any]) -> list[dict[str, Any]]:
    found = []
    for view in views:
        for block in view["blocks"]:
            found += [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
    return [each for each in found if isinstance(each, dict)]
