"""A message to the bot can become an entry: read back by its writer's own press, and kept only once they save."""

import pytest

from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

WORDS = "Today I asked <before> I answered, & it helped."


async def offered(world: World, name: str = "Ada") -> tuple[str, str, dict]:
    """Somebody who wrote to the bot; the place of their message, and the bot's answer."""
    (user,) = await writing.joined(world, name)
    ts = await world.acts.post(user, writing.dm(world, user), WORDS)
    await world.settle()
    return user, f"{writing.dm(world, user)}:{ts}", world.last_message_to(user)


async def test_it_opens_the_form_with_the_words_and_keeps_nothing_before_it_is_saved(any_world: World):
    world = any_world
    ada, _, answer = await offered(world)
    assert "Keep as reflection" in walk.said(answer)
    await writing.press(world, ada, answer, "reflections.keep_message")
    form = walk.modal(world, ada)
    assert next(block for block in form["blocks"] if block["type"] == "input")["element"]["initial_value"] == WORDS
    assert await writing.texts(world, ada) == []
    assert (await writing.hand_in(world, ada, {})).ok
    assert await writing.texts(world, ada) == [WORDS]


@pytest.mark.parametrize("where", ["there", "here"])
async def test_nobody_reads_the_message_of_another_with_a_forged_place(world: World, where: str):
    _, place, _ = await offered(world)
    eve, _, answer = await offered(world, "Eve")
    channel = writing.dm(world, eve) if where == "here" else place.partition(":")[0]
    forged = f"{channel}:{place.partition(':')[2]}"
    await walk.press(
        world, eve, channel=writing.dm(world, eve), ts=answer["ts"], action_id="reflections.keep_message", value=forged
    )
    await world.settle()
    assert world.slack.modals(eve) == []
    assert "nothing" in world.last_message_to(eve)["text"]


async def test_the_bots_own_words_are_not_kept_as_somebodys(world: World):
    ada, _, answer = await offered(world)
    forged = f"{writing.dm(world, ada)}:{answer['ts']}"
    await walk.press(
        world, ada, channel=writing.dm(world, ada), ts=answer["ts"], action_id="reflections.keep_message", value=forged
    )
    await world.settle()
    assert world.slack.modals(ada) == []
    assert "somebody else" in world.last_message_to(ada)["text"]


async def test_a_message_that_was_deleted_meanwhile_is_not_there_to_keep(world: World):
    ada, place, answer = await offered(world)
    await world.acts.delete(ada, writing.dm(world, ada), place.partition(":")[2])
    await world.settle()
    await writing.press(world, ada, answer, "reflections.keep_message")
    assert world.slack.modals(ada) == []
    assert "no longer there" in world.last_message_to(ada)["text"]
