"""Leads name moderators; whoever is named may decline; nobody else names anybody."""

from typing import Any

from bot.members.moderation.naming import store
from tests.members import walk
from tests.members.moderation.crew import Crew, found
from tests.world import World


async def form(crew: Crew) -> str:
    await crew.home("Lea", "settings")
    await crew.press_home("Lea", "moderation.moderators")
    return str(walk.modal(crew.world, crew.users["Lea"])["id"])


async def choose(crew: Crew, *names: str) -> Any:
    view_id = await form(crew)
    chosen = {"people": {"moderation.pick": [crew.users.get(name, name) for name in names]}}
    reply = await crew.world.acts.submit(crew.users["Lea"], view_id, chosen)
    await crew.settle()
    if reply.errors:
        await crew.world.acts.close(crew.users["Lea"], view_id)
    return reply


async def moderating(crew: Crew) -> list[str]:
    async with crew.database.reading() as session:
        return [each.name for each in await store.moderators(session, crew.workspace_id)]


async def test_a_lead_names_moderators_and_both_sides_hear_of_every_change(world: World):
    crew = await found(world)
    assert "Nobody is named, so leads look at reports" in walk.said(await crew.home("Lea", "settings"))
    assert (await choose(crew, "Mia", "Omar")).ok
    assert await moderating(crew) == ["Mia", "Omar"]
    assert "Lea asked you to moderate" in crew.said_to("Mia")[-1]
    assert "Mia and Omar" in walk.said(await crew.home("Lea", "settings"))
    assert "Nothing waits." in walk.said(await crew.home("Mia", "settings"))
    assert "Reports are for moderators" in walk.said(await crew.home("Lea", "reports"))
    assert (await choose(crew, "Omar")).ok
    assert "Lea took you off the list of moderators" in crew.said_to("Mia")[-1]
    assert len(crew.said_to("Omar")) == 1, "nothing changed for him"
    assert "*Reports*" not in walk.said(await crew.home("Mia", "settings"))


async def test_whoever_is_named_may_decline_with_one_press(world: World):
    crew = await found(world)
    await choose(crew, "Mia")
    reply = await crew.press("Mia", "moderation.step_down")
    assert reply.ok
    assert await moderating(crew) == []
    assert "you don't moderate" in crew.said_to("Mia")[-1]
    assert "Mia no longer moderates" in crew.said_to("Lea")[-1]
    assert "reports come to the leads" in crew.said_to("Lea")[-1]


async def test_guests_and_people_who_are_gone_cannot_moderate(world: World):
    crew = await found(world)
    await crew.change("Ben", lambda session, member: setattr(member, "is_guest", True))
    await crew.change("Mia", lambda session, member: setattr(member, "left_at", world.clock()))
    reply = await choose(crew, "Ben", "Mia", "Omar")
    assert reply.errors["people"].startswith("Ben and Mia can't moderate")
    assert await moderating(crew) == []


async def test_only_leads_name_moderators_wherever_the_form_comes_from(world: World):
    crew = await found(world)
    view_id = await form(crew)
    await crew.home("Ada")
    await crew.press_home("Ada", "moderation.moderators", anyway=True)
    assert "Only a lead" in walk.said(walk.modal(world, crew.users["Ada"]))
    chosen = {"people": {"moderation.pick": [crew.users["Ada"]]}}
    request = (await world.acts.submit(crew.users["Ada"], view_id, chosen, anyway=True)).request
    assert request is not None
    assert await moderating(crew) == []

    await crew.change("Lea", lambda session, member: setattr(member, "joined_at", None))
    page = walk.said(await crew.home("Lea", "settings"))
    for row in ("*Moderators*", "*Conduct and help contacts*", "*Reports*"):
        assert row in page
    assert page.count("*Reports*") == 1
