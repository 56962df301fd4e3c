"""The confidential list: it works both ways, only its owner sees it, and nothing else ever names it."""

import pytest

from bot.members import store
from tests.members.walk import join, look, member, modal, press, said
from tests.world import World


async def open_list(world: World, user: str) -> str:
    await press(world, user, action_id="members.go", value="settings", anyway=True)
    await world.settle()
    assert (await press(world, user, action_id="members.apart")).ok
    return str(modal(world, user)["id"])


async def test_a_list_works_both_ways_and_shows_to_its_owner_alone(world: World, capsys: pytest.CaptureFixture[str]):
    ada, ben = world.person("Ada"), world.person("Ben", is_admin=True)
    await join(world, ada)
    await join(world, ben)
    capsys.readouterr()
    view_id = await open_list(world, ada)
    assert (await world.acts.submit(ada, view_id, {"people": {"members.pick": [ben]}})).ok
    await open_list(world, ada)
    assert modal(world, ada)["blocks"][1]["element"]["initial_users"] == [ben]
    await open_list(world, ben)
    assert "initial_users" not in modal(world, ben)["blocks"][1]["element"]
    one, other = (await member(world, ada)).id, (await member(world, ben)).id
    async with world.bot.database.reading() as session:
        assert await store.aparts(session, 1) == {(min(one, other), max(one, other))}
        assert await store.aparts(session, 2) == set()
    for user in (ada, ben):
        assert "<@" not in said(look(world, user))
    printed = capsys.readouterr()
    assert ben not in printed.out + printed.err
    assert world.messages_to(ben) == []


async def test_taking_somebody_off_lets_you_meet_again(world: World):
    ada, ben = world.person("Ada"), world.person("Ben")
    await join(world, ada)
    await world.acts.submit(ada, await open_list(world, ada), {"people": {"members.pick": [ben]}})
    await world.acts.submit(ada, await open_list(world, ada), {"people": {"members.pick": []}})
    async with world.bot.database.reading() as session:
        assert await store.aparts(session, 1) == set()


async def test_what_cannot_be_on_the_list_is_said_under_the_field(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    view_id = await open_list(world, ada)
    reply = await world.acts.submit(ada, view_id, {"people": {"members.pick": [ada]}})
    assert "yourself" in reply.errors["people"]
    reply = await world.acts.submit(ada, view_id, {"people": {"members.pick": [f"U{n}" for n in range(51)]}})
    assert "50 people" in reply.errors["people"]
    assert (await world.acts.submit(ada, view_id, {"people": {"members.pick": ["U0NOBODY"]}})).ok
    async with world.bot.database.reading() as session:
        assert await store.aparts(session, 1) == set()


async def test_a_forged_form_changes_only_the_list_of_who_sent_it(world: World):
    ada, mallory = world.person("Ada"), world.person("Mallory")
    await join(world, ada)
    await join(world, mallory)
    view_id = await open_list(world, ada)
    request = (await world.acts.submit(ada, view_id, {"people": {"members.pick": [mallory]}})).request
    assert request is not None
    request.payload["user"]["id"] = mallory
    request.payload["view"]["state"]["values"]["people"]["members.pick"]["selected_users"] = []
    assert (await world.acts.resend(request)).ok
    async with world.bot.database.reading() as session:
        assert len(await store.aparts(session, 1)) == 1
