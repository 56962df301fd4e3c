"""How people say thanks and read them in tests of recognition: as they would, by signed requests."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.features.recognition import store
from bot.features.recognition.models import Milestone, Thanks
from bot.members import changes
from bot.members import store as members
from playground.events import Reply
from tests.features.goals.people import People
from tests.members import walk

WORDS = "You drew the whole contract on one page. I have used it twice."


async def offers(people: People, name: str, *skills: str) -> None:
    """They list these as what they offer."""
    async with people.database.transaction() as session:
        member = await members.by_id(session, people.workspace_id, people.ids[name])
        assert member is not None
        await changes.set_skills(session, member, changes.Skills(offers=skills))


async def open_form(people: People, giver: str) -> None:
    """By the shortcut, from wherever they are."""
    assert people.world.side is not None
    assert (await people.world.acts.shortcut(people.users[giver], "recognition.give")).ok
    await people.world.side.quiet()


async def choose(people: People, giver: str, *names: str) -> None:
    """Choose people in the form that is open: the form follows."""
    users = [people.users[each] for each in names]
    form = people.form(giver)
    reply = await walk.press(
        people.world, people.users[giver], view_id=form["id"], action_id="recognition.people", value=users
    )
    assert reply.ok, reply.problems


async def hand_in(people: People, giver: str, to: Sequence[str], words: str, **more: Any) -> Reply:
    """Hand in the form that is open. `more`: skill, evidence, share."""
    given: dict[str, Any] = {"to": [people.users[each] for each in to], "words": words}
    if "skill" in more:
        given[f"skill-{people.ids[to[0]]}"] = more["skill"]
        given["evidence"] = more.get("evidence", "")
    if more.get("share"):
        given["share"] = ["yes"]
    return await people.submit(giver, given)


async def thank(people: People, giver: str, *to: str, words: str = WORDS, **more: Any) -> Thanks:
    """Say thanks by the shortcut; what was kept."""
    await open_form(people, giver)
    if "skill" in more:
        await choose(people, giver, *to)
    reply = await hand_in(people, giver, to, words, **more)
    assert reply.ok, reply.errors or reply.problems
    await people.world.acts.close(people.users[giver], people.form(giver)["id"])
    return (await kept(people))[-1]


async def kept(people: People) -> list[Thanks]:
    """Everything that was said, oldest first."""
    async with people.database.reading() as session:
        return list((await session.execute(select(Thanks).order_by(Thanks.id))).scalars())


async def said(people: People) -> list[str]:
    """The words of it, where they still can be read."""
    async with people.database.reading() as session:
        rows = list((await session.execute(select(Thanks).order_by(Thanks.id))).scalars())
        return [each.said.words for each in await store.opened(session, rows)]


async def milestones(people: People) -> list[Milestone]:
    async with people.database.reading() as session:
        return list((await session.execute(select(Milestone).order_by(Milestone.id))).scalars())


def texts(message: dict[str, Any]) -> str:
    """Every word of a message."""
    return walk.said(message)
