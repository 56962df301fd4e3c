"""Reminders reach whoever comes, in their own time and hours, never after the start, and never twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.delivery.models import Delivery
from bot.gatherings import acts, changing, jobs, messages, planning, reminding, store
from bot.gatherings.models import Seat
from bot.registry import Tools
from tests.gatherings.conftest import person, supper_program, workspace
from tests.gatherings.table import at, laid
from tests.members import walk
from tests.programs.conftest import MONDAY
from tests.world import World

START = at(17, 10)


async def test_whoever_comes_hears_a_week_a_day_and_a_quarter_of_an_hour_before(supper_world: World):
    table = await laid(supper_world, "Ada", "Ben")
    await table.world.move_to(at(5, 12))
    await table.press_post("Ada", acts.COME)
    before = len(table.messages("Ada"))
    await table.world.move_to(at(10, 10, 1))
    assert table.last("Ada")["text"] == (
        "Tuesday 17 March, 10:00, your time: Supper. Told by Femi. Twenty minutes. Kitchen, third floor."
    )
    await table.world.move_to(at(16, 10, 1))
    assert len(table.messages("Ada")) == before + 2
    await table.world.move_to(START - timedelta(minutes=16))
    assert len(table.messages("Ada")) == before + 2
    assert [each.state for each in await table.queued(messages.SOON.name)] == ["queued", "queued"]  # Ada and her host
    await table.world.move_to(START - timedelta(minutes=15))
    assert table.last("Ada")["text"] == "10:00, your time: Supper. Told by Femi. Twenty minutes. Kitchen, third floor."
    join, cannot = table.last("Ada")["blocks"][1]["elements"]
    assert (join["text"]["text"], join["url"]) == ("Join", "https://call.example/1")
    assert cannot["text"]["text"] == "Can't today"
    await walk.press(
        table.world, table.users["Ada"], action_id=acts.JOIN, channel=table.dm("Ada"), ts=table.last("Ada")["ts"]
    )
    await table.world.move_to(START + timedelta(hours=2))
    assert len(table.messages("Ada")) == before + 3
    assert not [each for each in table.texts("Ben") if "Supper" in each]


async def test_a_reminder_waits_for_somebodys_own_morning_where_that_comes_in_time(supper_world: World):
    table = await laid(supper_world, "Ada", "Mia", weekday=0, starts_on=at(16, 0).date())  # a Monday, at ten in Lisbon
    table.world.slack.update_user(table.users["Mia"], tz="America/New_York")
    for name in ("Ada", "Mia"):
        await table.press_post(name, acts.COME)
    await table.world.move_to(at(9, 10, 5))
    assert not [each for each in table.texts("Mia") if "your time: Supper" in each]  # five in the morning over there
    await table.world.move_to(at(9, 13, 5))
    assert table.last("Mia")["text"].startswith("Monday 16 March, 06:00, your time: Supper.")
    await table.world.move_to(at(16, 9, 10))
    # For Ada a Sunday became Monday at nine; for Mia no working hour comes before it, so hers came when it was due.
    days = [each for each in await table.queued(messages.REMINDER.name) if ":day:" in each.dedupe_key]
    sent = {each.member_ids[0]: each.due_at for each in days}
    assert sent[table.ids["Ada"]] == at(16, 9)
    assert sent[table.ids["Mia"]] == at(15, 10)


async def test_saying_yes_late_brings_only_what_still_lies_ahead(supper_world: World):
    table = await laid(supper_world, "Ada", "Ben", "Cleo")
    await table.world.move_to(START - timedelta(minutes=30))
    await table.press_post("Ada", acts.COME)
    await table.world.move_to(START - timedelta(minutes=10))
    await table.press_post("Ben", acts.COME)
    await table.world.move_to(START + timedelta(minutes=5))
    await table.press_post("Cleo", acts.COME)
    soon = [each for each in await table.queued(messages.SOON.name) if each.member_ids[0] != table.ids["Lead"]]
    assert [(each.member_ids, each.due_at) for each in soon] == [([table.ids["Ada"]], START - timedelta(minutes=15))]
    reminders = [each.member_ids for each in await table.queued(messages.REMINDER.name)]
    assert reminders == [[table.ids["Lead"]]] * 2  # who hosts it


async def test_whoever_can_not_come_any_more_is_not_reminded(supper_world: World):
    table = await laid(supper_world, "Ada")
    await table.press_post("Ada", acts.COME)
    await table.world.move_to(START - timedelta(minutes=20))
    await table.press_post("Ada", acts.CANNOT)
    await table.world.move_to(START)
    assert not [each for each in table.texts("Ada") if each.startswith("10:00, your time")]
    states = {each.member_ids[0]: each.state for each in await table.queued(messages.SOON.name)}
    assert states == {table.ids["Ada"]: "dropped", table.ids["Lead"]: "sent"}


async def test_after_a_stop_of_days_nobody_hears_several_at_once_and_nobody_after_the_start(supper_world: World):
    table = await laid(supper_world, "Ada")
    await table.press_post("Ada", acts.COME)
    before = len(table.messages("Ada"))
    table.world.clock.move_to(at(16, 20))  # nothing ran for two weeks
    await table.settle()
    await table.world.move_to(at(17, 9, 5))  # her next morning
    assert [each["text"][:16] for each in table.messages("Ada")[before:]] == ["10:00, your time"]
    table.world.clock.move_to(at(17, 10, 5))
    await table.settle()
    assert len(table.messages("Ada")) == before + 1


@pytest.mark.parametrize("crash_after", [1, 2])
async def test_a_thousand_are_reminded_in_batches_and_a_crash_between_them_reminds_nobody_twice(
    kitchen: Database, tools: Tools, monkeypatch: pytest.MonkeyPatch, crash_after: int
):
    monkeypatch.setattr(reminding, "BATCH", 100)
    gathering = await _with_guests(kitchen, 250)
    now = START - timedelta(minutes=45)
    parts = 0
    took = jobs._take_part

    async def crashing(*args: object, **more: object) -> object:
        nonlocal parts
        if parts == crash_after:
            raise RuntimeError("the power went")
        parts += 1
        return await took(*args, **more)  # type: ignore[arg-type]

    tools.clock = lambda: now
    monkeypatch.setattr(jobs, "_take_part", crashing)
    with pytest.raises(RuntimeError):
        await jobs.take_step(tools, gathering)
    assert await _queued(kitchen) == 100 * crash_after
    monkeypatch.setattr(jobs, "_take_part", took)
    await jobs.take_step(tools, gathering)
    await jobs.take_step(tools, gathering)
    assert await _queued(kitchen) == 250
    async with kitchen.reading() as session:
        found = await store.get(session, *gathering)
        assert (found.step, found.due_at) == ("over", START + timedelta(minutes=20))


async def test_a_move_between_two_batches_begins_again_with_the_first_of_its_people(
    kitchen: Database, tools: Tools, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reminding, "BATCH", 100)
    monkeypatch.setattr(changing, "BATCH", 40)
    gathering = await _with_guests(kitchen, 150)
    tools.clock = lambda: START - timedelta(minutes=45)
    took, moved = jobs._take_part, False

    async def with_a_move(*args: object, **more: object) -> object:
        nonlocal moved
        reached = await took(*args, **more)  # type: ignore[arg-type]
        if not moved:
            moved = True
            await planning.move(args[0], args[1], START + timedelta(days=3), now=tools.clock())  # type: ignore[arg-type]
        return reached

    monkeypatch.setattr(jobs, "_take_part", with_a_move)
    await jobs.take_step(tools, gathering)
    assert await _queued(kitchen) == 0  # the hundred of the old date were taken back
    await jobs.take_step(tools, gathering)
    async with kitchen.reading() as session:
        told = select(func.count()).where(Delivery.kind == messages.NEWS.name)
        assert (await session.execute(told)).scalar_one() == 150


async def _with_guests(kitchen: Database, many: int) -> tuple[int, int]:
    """A supper in three quarters of an hour, to which so many come; nobody hosts it."""
    async with kitchen.transaction() as session:
        home = await workspace(session)
        club = await supper_program(session, home.id, MONDAY, owner_id=None)
        made = await planning.plan(session, club, START, minutes=20, now=MONDAY)
        made.step, made.due_at = "soon", START - timedelta(minutes=45)
        for number in range(many):
            guest = await person(session, home.id, f"P{number}")
            session.add(
                Seat(gathering_id=made.id, member_id=guest.id, workspace_id=home.id, state=store.COMING, since=MONDAY)
            )
        return home.id, made.id


async def _queued(database: Database) -> int:
    async with database.reading() as session:
        query = select(func.count()).where(Delivery.kind == messages.SOON.name, Delivery.state == "queued")
        return int((await session.execute(query)).scalar_one())
