"""From the form to the round and back, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.programs.models import Program
from tests.programs.conftest import Tea, click, serve_tea
from tests.programs.test_joining import in_perennial, said
from tests.programs.test_leads import rounds_of
from tests.programs.test_making import filled, open_form
from tests.world import World


async def test_a_program_is_made_joined_told_of_opened_and_ended(any_world: World, tea: Tea):
    world = any_world
    serve_tea(world, tea)
    linus = world.person("Linus", is_admin=True, tz="Europe/Lisbon")
    await world.settle()
    channel = world.slack.add_channel("tea", creator=linus)
    form = await open_form(world)
    weekly = filled(channel, often=("programs.often", "w1"), starts=("programs.starts", "2026-03-02"))
    assert (await world.acts.submit(linus, form["id"], weekly)).errors == {}
    await world.acts.submit(linus, world.slack.modals(linus)[-1]["id"], {})
    await world.move(seconds=6)
    await click(world, linus, action_id="programs.invite")
    ada = await in_perennial(world, "Ada")
    await world.acts.open_home(ada)
    await world.settle()
    await click(world, ada, action_id="programs.join")
    assert await said(world, ada) == "joined"
    await world.move_to(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
    assert [message["text"] for message in world.messages_to(ada)] == ["Tea across teams: tea on Tuesday."]
    async with world.bot.database.reading() as session:
        made = (await session.execute(select(Program))).scalar_one()
    assert [(each.number, each.state) for each in await rounds_of(world, made)] == [(1, "claimed")]
    await world.acts.open_home(linus)
    await world.move(seconds=6)
    for action_id in ("open", "send_now", "undo_send", "skip_next", "undo_skip", "pause", "resume", "end"):
        await click(world, linus, action_id=f"programs.{action_id}")
        await world.move(seconds=6)
    assert [each.state for each in await rounds_of(world, made)] == ["claimed", "stopped"]
    await click(world, ada, action_id="programs.leave", value=str(made.id), anyway=True)
    assert await said(world, ada) == "left"
