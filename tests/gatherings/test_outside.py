"""Members of a program who are not in its channel are asked in direct message; whoever can read the post is not."""

from bot.gatherings import acts
from bot.programs import store as programs
from tests.gatherings.conftest import Supper, serve_supper
from tests.gatherings.table import Table, at, laid
from tests.members import walk
from tests.world import World

ASKED = "Supper: Tuesday 17 March, 10:00, your time. Will you come?"


async def enrolled(table: Table, *names: str) -> None:
    async with table.database.transaction() as session:
        program = await programs.get(session, table.workspace_id, table.program_id)
        for name in names:
            await programs.enrol(session, program, table.ids[name], "joined", table.world.clock())


async def club(world: World, supper: Supper) -> Table:
    """Ada and Ben are in the program and Ben is not in its channel; Cleo is in neither. Supper is planned a while later."""
    serve_supper(world, supper)
    table = await laid(world, "Ada", "Ben", "Cleo", state="paused")
    await enrolled(table, "Ada", "Ben", "Lead")
    for name in ("Ben", "Cleo"):
        world.slack.leave(table.users[name], table.channel)
    async with table.database.transaction() as session:
        program = await programs.get(session, table.workspace_id, table.program_id, lock=True)
        program.state = "active"
        await programs.reschedule(session, program, world.clock())
    await table.settle()
    await world.move(hours=2)
    return table


async def test_a_member_outside_the_channel_is_asked_once_and_whoever_is_in_it_is_not(any_world: World, supper: Supper):
    table = await club(any_world, supper)
    assert table.texts("Ben").count(ASKED) == 1
    for name in ("Ada", "Cleo", "Lead"):
        assert ASKED not in table.texts(name), name
    (asked,) = await table.queued("gatherings.outside")
    assert asked.message_class == "suggestion"
    said = walk.said(table.last("Ben"))
    assert f"You are in *Supper club*, but not in <#{table.channel}>" in said
    await table.press("Ben", acts.COME)
    assert (await table.seats())["Ben"] == "coming"
    assert any("You come to" in each for each in table.texts("Ben"))


async def test_whoever_leaves_the_program_by_it_is_not_asked_again(world: World, supper: Supper):
    table = await club(world, supper)
    await table.press("Ben", "programs.leave")
    await table.home("Lead", "gathering:1")
    await table.press_home("Lead", acts.MOVE)
    assert (await table.submit("Lead", {"day": "2026-03-19", "time": "15:30"})).ok
    await world.move(days=1)
    assert len(await table.queued("gatherings.outside")) == 1


async def test_after_a_move_whoever_said_nothing_is_asked_for_the_new_date(world: World, supper: Supper):
    table = await club(world, supper)
    await table.home("Lead", "gathering:1")
    await table.press_home("Lead", acts.MOVE)
    assert (await table.submit("Lead", {"day": "2026-03-19", "time": "15:30"})).ok
    await world.move(days=1)
    assert "Supper: Thursday 19 March, 15:30, your time. Will you come?" in table.texts("Ben")
    await world.move_to(at(19, 16))
    assert (await table.gathering()).state == "over"


async def test_where_slack_does_not_say_who_is_there_nobody_is_told_twice_and_it_is_asked_again(
    world: World, supper: Supper
):
    world.server.faults.fail("conversations.members", error="internal_error")
    table = await club(world, supper)
    assert ASKED in table.texts("Ben")
    assert ASKED not in table.texts("Ada")


async def test_where_slack_never_says_who_is_there_reminders_come_all_the_same(world: World, supper: Supper):
    world.server.faults.fail("conversations.members", error="fatal_error", times=1000)
    table = await club(world, supper)
    await table.press_post("Ada", acts.COME)
    await world.move_to(at(10, 11))
    assert any(each.startswith("Tuesday 17 March, 10:00, your time: Supper.") for each in table.texts("Ada"))
    assert await table.queued("gatherings.outside") == []


async def test_without_a_channel_everybody_in_the_program_is_asked(world: World, supper: Supper):
    serve_supper(world, supper)
    table = await laid(world, "Ada", "Ben", state="paused")
    await enrolled(table, "Ada")
    async with table.database.transaction() as session:
        program = await programs.get(session, table.workspace_id, table.program_id, lock=True)
        program.state, program.channel = "active", None
        await programs.reschedule(session, program, world.clock())
    await table.settle()
    await world.move(hours=2)
    assert ASKED in table.texts("Ada") and ASKED not in table.texts("Ben")
    assert "not in <#" not in walk.said(table.last("Ada"))
