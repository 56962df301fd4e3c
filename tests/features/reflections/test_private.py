"""What somebody writes in their journal is nowhere to be read: in no file, no log and no list, and by no lead."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.delivery import queries
from bot.features.reflections.journal import store
from tests.conftest import MONDAY
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

CANARIES = ("canaryform", "canaryreply", "canaryedit", "canarytalk", "canarysearch", "heavy", "saying-no")
MINE = ("canaryform", "canaryedit", "canarytalk")


async def live_a_week(world: World) -> str:
    """Somebody who uses every door of the journal once; their Slack id."""
    (ada,) = await writing.joined(world, "Ada")
    await writing.write(world, ada, "A canaryform in the form.", mood="heavy", theme="saying-no")
    ts = await world.acts.post(ada, writing.dm(world, ada), "A canarytalk to the bot.")
    await world.settle()
    await writing.press(world, ada, world.last_message_to(ada), "reflections.keep_message")
    await writing.hand_in(world, ada, {})
    assert ts
    await writing.asked_weekly(world, ada)
    question = await writing.to_the_next_question(world, ada)
    reply = await writing.reply_to(world, ada, question, "A canaryreply in the thread.")
    await world.acts.edit(ada, writing.dm(world, ada), reply, "A canaryedit in the thread.")
    await world.settle()
    await writing.go(world, ada, "journal")
    await writing.press_home(world, ada, "reflections.search")
    await writing.hand_in(world, ada, {"query": {"query": "canarysearch"}})
    await world.move(days=1)
    assert [text for text in MINE if text in str(await writing.texts(world, ada))] == list(MINE)
    return ada


async def test_a_canary_is_in_no_file_of_the_database_and_in_no_log(
    world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    await live_a_week(world)
    files = [path for path in tmp_path.iterdir() if path.name.startswith("perennial.db")]
    assert {path.suffix for path in files} >= {".db", ".db-wal"}
    for path in files:
        content = path.read_bytes()
        assert [word for word in CANARIES if word.encode() in content] == [], path.name
    out, err = capfd.readouterr()
    assert [word for word in CANARIES if word in out + err] == []


async def test_another_member_and_a_lead_see_nothing_of_it_on_any_page(world: World):
    ada = await live_a_week(world)
    ids = [entry.id for entry in await writing.entries(world, ada)]
    (eve,) = await writing.joined(world, "Eve")
    (lea,) = await writing.joined(world, "Lea", is_admin=True)
    places = ["front", "settings", "journal", "journal:page:0", f"journal:month:{MONDAY:%Y-%m}"]
    places += [f"journal:entry:{each}" for each in ids] + ["programs", "undelivered", "troubles"]
    for user in (eve, lea):
        for place in places:
            shown = await writing.go(world, user, place)
            assert "canary" not in shown, place
            assert "Ada" not in shown or user == lea


async def test_the_search_of_another_finds_nothing_of_it(world: World):
    await live_a_week(world)
    (lea,) = await writing.joined(world, "Lea", is_admin=True)
    await writing.write(world, lea, "Of my own.")
    await writing.go(world, lea, "journal")
    await writing.press_home(world, lea, "reflections.search")
    await writing.hand_in(world, lea, {"query": {"query": "canaryform"}})
    assert "Nothing with all of these words." in walk.said(walk.modal(world, lea))


async def test_an_operator_who_lists_deliveries_sees_kinds_and_no_words(world: World):
    await live_a_week(world)
    assert world.side is not None
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "SLACK_BOT_TOKEN": "xoxb-1-playground",
        "SLACK_SIGNING_SECRET": "s",
        "DATABASE_URL": world.database_url,
        "PERENNIAL_SECRET_KEY": world.side.key,
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "deliveries", "list", "--state", "sent",
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 60)
    said = out.decode() + err.decode()
    assert "reflections.prompt" in said, said
    assert [word for word in (*CANARIES, "Ada", "What worked") if word in said] == []


async def test_a_lead_hears_of_trouble_with_questions_as_a_number(world: World):
    ada = await live_a_week(world)
    async with world.bot.database.transaction() as session:
        found = await queries.in_state(session, "sent")
        for delivery in found:
            if delivery.kind.startswith("reflections."):
                delivery.state = "failed"
    async with world.bot.database.reading() as session:
        troubles = await queries.troubles(session, 1, since=MONDAY)
    ours = [each for each in troubles if each.kind.startswith("reflections.")]
    assert ours
    assert all(each.recipients == () and each.ids == () for each in ours)
    assert ada not in str(ours)


async def test_an_entry_moved_to_another_row_does_not_open(world: World):
    ada = await live_a_week(world)
    member = await writing.member_of(world, ada)
    async with world.bot.database.reading() as session:
        entries, _ = await store.page(session, 1, member.id, number=0, size=8)
        first, second = [await store.own(session, 1, member.id, entry.id) for entry in entries[:2]]
        first.body = second.body
        with pytest.raises(Exception, match="sealed for another place"):
            await store.words_of(session, first)
