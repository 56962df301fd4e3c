"""How a person walks through Perennial's forms in tests: opening Home, joining, reading what is drawn."""

from typing import Any

from sqlalchemy import select

from bot.members.models import Member
from playground.events import Reply
from tests.world import World


def option(word: str) -> dict[str, Any]:
    """A choice of a type-ahead, as Slack sends it back."""
    return {"text": {"type": "plain_text", "text": word[:75] or " "}, "value": word}


def about(team: str = "Design", function: str = "design", level: str = "2") -> dict[str, Any]:
    """Step one, filled in."""
    return {
        "team": {"members.find_team": {"selected_option": option(team)}},
        "function": {"members.pick": function},
        "level": {"members.pick": level},
    }


def skills(
    offers: tuple[str, ...] = (), wants: tuple[str, ...] = (), interests: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Step two, filled in."""
    return {
        "offers": {"members.find_skill": {"selected_options": [option(word) for word in offers]}},
        "wants": {"members.find_skill": {"selected_options": [option(word) for word in wants]}},
        "interests": {"members.find_interest": {"selected_options": [option(word) for word in interests]}},
    }


def hours(
    start: str = "09:00", end: str = "17:00", days: tuple[str, ...] = ("0", "1", "2", "3", "4"), budget: str = "4"
) -> dict[str, Any]:
    """Step three, filled in."""
    return {
        "start": {"members.pick": start},
        "end": {"members.pick": end},
        "days": {"members.pick": list(days)},
        "budget": {"members.pick": budget},
    }


async def open_home(world: World, user: str) -> dict[str, Any]:
    """Open the Home tab and look at it."""
    await world.acts.open_home(user)
    await world.settle()
    return look(world, user)


async def press(world: World, user: str, **what: Any) -> Reply:
    """Press a button and wait until whatever it opens is open: a listener answers before it is through."""
    assert world.side is not None
    reply = await world.acts.click(user, **what)
    await world.side.quiet()
    return reply


def look(world: World, user: str) -> dict[str, Any]:
    """The Home tab as it is drawn now."""
    home = world.slack.home(user)
    assert home is not None, "the Home tab was never drawn"
    return home


def modal(world: World, user: str) -> dict[str, Any]:
    """The form on top of everything, for this person."""
    return world.slack.modals(user)[-1]


def said(view: dict[str, Any]) -> str:
    """Every word of a view or message, in order."""
    return "\n".join(_texts(view.get("blocks", view)))


async def start_joining(world: World, user: str) -> str:
    """Open the Home tab and press [Join]; the id of the form."""
    await open_home(world, user)
    assert (await press(world, user, action_id="members.join")).ok
    return str(modal(world, user)["id"])


async def join(world: World, user: str, **answers: Any) -> None:
    """Walk through all three steps; `answers` may name step values: about=…, skills=…, hours=…."""
    await answer_steps(world, user, await start_joining(world, user), **answers)


async def answer_steps(world: World, user: str, view_id: str, **answers: Any) -> None:
    """The same from the first step on, however it was opened."""
    for step in (answers.get("about", about()), answers.get("skills", skills()), answers.get("hours", hours())):
        reply = await world.acts.submit(user, view_id, step)
        assert reply.ok, reply.errors
        assert not reply.errors
    await world.acts.close(user, view_id)
    await world.settle()


async def member(world: World, user: str) -> Member:
    """The row of somebody."""
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Member).where(Member.slack_id == user))).scalar_one()


def _texts(thing: Any) -> list[str]:
    if isinstance(thing, list):
        return [text for each in thing for text in _texts(each)]
    if not isinstance(thing, dict):
        return []
    own = [thing["text"]] if isinstance(thing.get("text"), str) else []
    return own + [text for key, each in thing.items() if key != "initial_value" for text in _texts(each)]
