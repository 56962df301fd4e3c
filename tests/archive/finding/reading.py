"""How people search, read and keep in tests: as they would, by signed requests."""

from typing import Any

from sqlalchemy import select

from bot.archive.models import Insight
from bot.members.models import Member, Workspace
from playground.events import Reply
from tests.archive.finding import shelf
from tests.features.reflections.writing import go as go
from tests.features.reflections.writing import joined as joined
from tests.features.reflections.writing import press_home as press_home
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]


async def published(world: World, *questions: str, **facts: Any) -> list[int]:
    """Cards in the world's workspace; their ids."""
    async with world.bot.database.transaction() as session:
        workspace_id = (await session.execute(select(Workspace.id))).scalar_one()
        facts.setdefault("published_at", world.clock())
        return [(await shelf.publish(session, workspace_id, each, **facts)).id for each in questions]


async def member_of(world: World, user: str) -> Member:
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Member).where(Member.slack_id == user))).scalar_one()


async def insight(world: World, insight_id: int) -> Insight:
    async with world.bot.database.reading() as session:
        return await session.get_one(Insight, insight_id)


async def open_form(world: World, user: str) -> None:
    """[Search insights] on the Home tab."""
    await world.acts.open_home(user)
    await world.settle()
    assert (await press_home(world, user, "archive.search")).ok


def typed(words: str = "", **more: Any) -> Doc:
    """The form, filled in. `tags`: (name, slug)."""
    filled: Doc = {"words": {"words": words}}
    if tags := more.get("tags"):
        options = [{"text": {"type": "plain_text", "text": name}, "value": slug} for name, slug in tags]
        filled["tags"] = {"archive.find_tag": {"selected_options": options}}
    for name in ("people", "since", "outcome"):
        if more.get(name):
            filled[name] = {name: more[name]}
    return filled


async def search(world: World, user: str, words: str = "", **more: Any) -> str:
    """Hand the form in; what is read afterwards."""
    reply = await world.acts.submit(user, walk.modal(world, user)["id"], typed(words, **more))
    assert reply.ok and not reply.errors, reply.errors
    return walk.said(walk.modal(world, user))


async def press(world: World, user: str, action_id: str, value: str | None = None) -> Reply:
    """Press a button in the form or card that is on top."""
    reply = await walk.press(world, user, view_id=walk.modal(world, user)["id"], action_id=action_id, value=value)
    await world.settle()
    return reply
