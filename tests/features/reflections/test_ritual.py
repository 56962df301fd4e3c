"""A channel gets a question once a week, answers in the thread, and hears how many shared something."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.features.reflections import library
from bot.features.reflections.models import RitualRound
from bot.features.reflections.ritual import kind
from bot.members.models import Workspace
from bot.programs import open_days, rounds
from bot.programs import store as programs
from bot.programs.models import Program, Round
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World


async def found(world: World, **more: Any) -> tuple[str, int]:
    """A channel with a round each Friday at ten, and its program's id."""
    lead = world.person("Lead", is_admin=True, tz="Europe/Lisbon")
    channel = world.slack.add_channel("design", creator=lead, members=[world.slack.bot_user_id])
    async with world.bot.database.transaction() as session:
        workspace = (await session.execute(select(Workspace))).scalar_one()
        program = Program(
            workspace_id=workspace.id, kind="rituals", name="One thing", channel=channel, state="active",
            tz="Europe/Lisbon", every_weeks=1, starts_on=date(2026, 3, 6), weekday=4, at_minute=600,
            options=more, created_at=world.clock(),
        )  # fmt: skip
        session.add(program)
        await session.flush()
        await programs.reschedule(session, program, world.clock())
        return channel, program.id


def in_channel(world: World, channel: str) -> list[dict[str, Any]]:
    return sorted(world.slack.history(channel), key=lambda message: float(message["ts"]))


def posts(world: World, channel: str) -> list[dict[str, Any]]:
    return [each for each in in_channel(world, channel) if "reflections.shared_one" in str(each.get("blocks"))]


async def join(world: World, channel: str, name: str) -> str:
    user = world.person(name)
    await world.acts.join(user, channel)
    await world.settle()
    return user


async def press(world: World, user: str, channel: str, message: dict[str, Any], action_id: str) -> None:
    await walk.press(world, user, channel=channel, ts=message["ts"], action_id=action_id)
    await world.settle()


async def test_a_question_is_posted_and_closed_with_a_number(any_world: World):
    world = any_world
    channel, _ = await found(world)
    people = [await join(world, channel, name) for name in ("Ada", "Ben", "Cleo")]
    await world.move_to(datetime.fromisoformat("2026-03-06T10:00:10+00:00"))
    await world.move(seconds=5)
    (post,) = posts(world, channel)
    assert post["text"] in {words.question for words in library.rounds().values()}
    assert "Open until Tuesday 10 March" in walk.said(post)
    for user in people[:2]:
        await press(world, user, channel, post, "reflections.shared_one")
        await press(world, user, channel, post, "reflections.shared_one")
    await world.move(days=5)
    thread = world.slack.thread(channel, post["ts"])
    assert [each["text"] for each in thread[1:]] == [
        "This round is closed. Two of you shared something. Thank you: it makes a good read."
    ]
    assert "Ada" not in str(thread)


async def test_a_press_can_be_taken_back_and_a_closed_round_counts_nobody(world: World):
    channel, _ = await found(world, open_days=1)
    ada = await join(world, channel, "Ada")
    await world.move_to(datetime.fromisoformat("2026-03-06T10:00:10+00:00"))
    (post,) = posts(world, channel)
    await press(world, ada, channel, post, "reflections.shared_one")
    answer = world.slack.history(channel, viewer=ada)[0]
    assert "Only the number is shown" in answer["text"]
    await press(world, ada, channel, answer, "reflections.not_shared")
    await world.move(days=4)
    assert "whoever comes by later" in world.slack.thread(channel, post["ts"])[-1]["text"]
    await press(world, ada, channel, post, "reflections.shared_one")
    assert "nothing is counted any more" in world.slack.thread(channel, post["ts"], viewer=ada)[-1]["text"]


async def test_twenty_rounds_ask_twenty_different_questions(world: World):
    channel, program_id = await found(world)
    await world.move(days=7 * 21)
    async with world.bot.database.reading() as session:
        query = select(RitualRound.slug).where(RitualRound.program_id == program_id).order_by(RitualRound.round_id)
        slugs = list((await session.execute(query)).scalars())
    assert len(slugs) >= 21
    assert len(set(slugs[:20])) == 20
    assert slugs[20] == slugs[0]
    assert len(posts(world, channel)) == len(slugs)


async def test_one_sent_by_hand_can_be_taken_back_for_ten_minutes(world: World):
    channel, program_id = await found(world)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        opened = await rounds.send_now(session, program, world.clock())
    await world.settle()
    assert posts(world, channel) == []
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        row = await programs.get_round(session, 1, opened.id, lock=True)
        await rounds.undo_send(session, row, program, world.clock())
    await world.move(minutes=20)
    assert posts(world, channel) == []
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        await rounds.send_now(session, program, world.clock())
    await world.move(minutes=11)
    assert len(posts(world, channel)) == 1


async def test_a_stopped_round_gets_no_closing_line(world: World):
    channel, program_id = await found(world)
    await world.move_to(datetime.fromisoformat("2026-03-06T10:00:10+00:00"))
    (post,) = posts(world, channel)
    async with world.bot.database.transaction() as session:
        program = await programs.get(session, 1, program_id, lock=True)
        row = (await session.execute(select(Round).where(Round.program_id == program_id))).scalar_one()
        assert "no closing line" in await rounds.stop_round(session, row, program, world.clock())
    await world.move(days=6)
    assert world.slack.thread(channel, post["ts"])[1:] == []


async def test_a_lead_reads_how_the_last_round_went_in_a_sentence(world: World):
    channel, program_id = await found(world)
    ada = await join(world, channel, "Ada")
    async with world.bot.database.reading() as session:
        program = await programs.get(session, 1, program_id)
        assert await kind.summary(session, program) == "No round has closed so far."
    await world.move_to(datetime.fromisoformat("2026-03-06T10:00:10+00:00"))
    await press(world, ada, channel, posts(world, channel)[0], "reflections.shared_one")
    await world.move(days=5)
    async with world.bot.database.reading() as session:
        assert await kind.summary(session, program) == "Round 1: one shared something."


@pytest.mark.parametrize(
    ("text", "right"), [("4", True), ("0", False), ("14", False), ("", False), ("²", False), ("1e1", False)]
)
def test_a_round_is_open_between_one_day_and_thirteen(text: str, right: bool):
    state = {open_days.FIELD: {open_days.FIELD: {"type": "plain_text_input", "value": text}}}
    read = kind.read_options(state, kind.RitualOptions())
    assert (read.options == {"open_days": 4}) is right
    assert bool(read.errors) is not right


async def test_a_forged_round_counts_nobody(world: World):
    channel, _ = await found(world)
    (eve,) = await writing.joined(world, "Eve")
    await walk.open_home(world, eve)
    for value in ("999", "x", ""):
        await walk.press(world, eve, action_id="reflections.shared_one", value=value, anyway=True)
        assert "no longer exists" in walk.said(walk.modal(world, eve))
        await world.acts.close(eve, walk.modal(world, eve)["id"], all_views=True)
    assert channel


async def test_a_lead_makes_it_in_the_same_forms_as_any_program(world: World):
    lead = world.person("Lead", is_admin=True, tz="Europe/Lisbon")
    channel = world.slack.add_channel("design", creator=lead)
    await walk.open_home(world, lead)
    await walk.press(world, lead, action_id="programs.new")
    first = walk.modal(world, lead)
    assert "Once a week a question in the channel" in walk.said(first)
    (field,) = [block for block in first["blocks"] if block["type"] == "input"]
    chosen = {field["block_id"]: {field["element"]["action_id"]: "rituals"}}
    assert (await world.acts.submit(lead, first["id"], chosen)).ok
    form = walk.modal(world, lead)
    values = {"name": {"name": "One thing"}, "channel": {"channel": channel}}
    assert (await world.acts.submit(lead, form["id"], values)).errors == {}
    await world.settle()
    options = walk.modal(world, lead)
    assert "Days until a round closes" in walk.said(options)
    refused = await world.acts.submit(lead, options["id"], {open_days.FIELD: {open_days.FIELD: "99"}})
    assert refused.errors == {open_days.FIELD: "Write a number from 1 to 13."}
    assert (await world.acts.submit(lead, options["id"], {open_days.FIELD: {open_days.FIELD: "2"}})).errors == {}
    await world.settle()
    async with world.bot.database.reading() as session:
        program = (await session.execute(select(Program))).scalar_one()
    assert (program.kind, program.state, program.options) == ("rituals", "active", {"open_days": 2})
    shown = await writing.go(world, lead, f"program:{program.id}")
    assert "One thing" in shown
    await world.move(days=10)
    assert len(posts(world, channel)) == 1
