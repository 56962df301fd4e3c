"""How people ask by the form, press the card of their question, and read what the database holds."""

from typing import Any

from sqlalchemy import select

from bot.features.questions.models import Question
from playground import events_elements as elements
from playground.events import Reply
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]
WORDS = "How do I say no to a client?"


async def all_kept(world: World) -> list[Question]:
    """Every question there is, oldest first."""
    async with world.bot.database.reading() as session:
        return list((await session.execute(select(Question).order_by(Question.id))).scalars())


def dm(world: World, user: str) -> str:
    return world.slack.open_dm(world.slack.bot_user_id, user)


async def open_form(world: World, user: str, words: str = "") -> Doc:
    """`/mentor ask …`; the form."""
    assert world.side is not None
    channel = await world.acts.open_messages(user)
    reply = await world.acts.command(user, channel, f"ask {words}".strip())
    assert reply.ok, reply
    await world.side.quiet()
    return walk.modal(world, user)


def fields(world: World, user: str, **given: Any) -> Doc:
    """Values by block id, as the form on top takes them."""
    filled = {}
    for block in walk.modal(world, user)["blocks"]:
        if block["type"] == "input" and block["block_id"] in given:
            value = given[block["block_id"]]
            if block["block_id"] == "skills":
                value = {"selected_options": [walk.option(each) for each in value]}
            filled[block["block_id"]] = {block["element"]["action_id"]: value}
    return filled


def typed(world: World, user: str, **given: Any) -> Doc:
    """The same as Slack tells it while the form is open."""
    view = walk.modal(world, user)
    plain = fields(world, user, **given)
    return {
        block["block_id"]: {action: elements.filled(block["element"], value)}
        for block in view["blocks"]
        for action, value in plain.get(block.get("block_id"), {}).items()
    }


async def hand_in(world: World, user: str, *, anyway: bool = False, **given: Any) -> Reply:
    """Send the form on top."""
    assert world.side is not None
    view_id = walk.modal(world, user)["id"]
    reply = await world.acts.submit(user, view_id, fields(world, user, **given), anyway=anyway)
    await world.side.quiet()
    await settle(world)
    return reply


async def ask_by_form(world: World, user: str, question: str = WORDS, **given: Any) -> Reply:
    """The whole way from the command to the question; the answer to the form, which is closed after."""
    await open_form(world, user)
    reply = await hand_in(world, user, question=question, **given)
    if reply.ok and not reply.errors:
        await world.acts.close(user, walk.modal(world, user)["id"], all_views=True)
    return reply


def card(world: World, user: str) -> Doc:
    """The card of somebody's newest question."""
    return [each for each in world.messages_to(user) if each["text"].startswith("You asked:")][-1]


async def press(world: World, user: str, action_id: str, **how: Any) -> Reply:
    """Press a button of the newest card."""
    reply = await walk.press(
        world, user, channel=dm(world, user), ts=card(world, user)["ts"], action_id=action_id, **how
    )
    await settle(world)
    return reply


async def choose(world: World, user: str, who: str, **state: Any) -> None:
    """Choose who may see it, in the form on top."""
    view = walk.modal(world, user)
    await walk.press(
        world, user, view_id=view["id"], action_id="questions.who", selected=who, state=typed(world, user, **state)
    )


async def settle(world: World) -> None:
    await world.settle()
    await world.move(seconds=6)
