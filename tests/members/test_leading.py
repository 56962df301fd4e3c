"""Leads name leads and let guests in; nobody else does, whatever they send."""

from typing import Any

import pytest

from bot.members import store
from bot.members.models import Workspace
from tests.members.walk import look, member, modal, open_home, press, said
from tests.world import World


@pytest.fixture
async def lead(world: World) -> str:
    return world.person("Lea", is_admin=True)


async def leads_form(world: World, user: str) -> str:
    await open_home(world, user)
    await press(world, user, action_id="members.go", value="settings", anyway=True)
    await world.move(seconds=6)
    assert (await press(world, user, action_id="members.leads")).ok
    return str(modal(world, user)["id"])


async def test_a_lead_makes_a_lead_and_both_hear_about_it(world: World, lead: str):
    ben = world.person("Ben")
    view_id = await leads_form(world, lead)
    assert "Always leads: Lea" in said(modal(world, lead))
    assert (await world.acts.submit(lead, view_id, {"people": {"members.pick": [ben]}})).ok
    await world.settle()
    assert (await member(world, ben)).is_lead
    assert world.last_message_to(ben)["text"] == "Lea made you a lead of Perennial."
    view_id = await leads_form(world, ben)
    assert (await world.acts.submit(ben, view_id, {"people": {"members.pick": []}})).ok
    await world.move(seconds=10)
    assert not (await member(world, ben)).is_lead
    assert len(world.messages_to(ben)) == 1  # whoever steps down by themselves needs no message
    view_id = await leads_form(world, lead)
    await world.acts.submit(lead, view_id, {"people": {"members.pick": [ben]}})
    view_id = await leads_form(world, lead)
    await world.acts.submit(lead, view_id, {"people": {"members.pick": []}})
    await world.move(seconds=10)
    assert "took you off" in world.last_message_to(ben)["text"]


async def test_guests_apps_and_the_unknown_cannot_lead(world: World, lead: str):
    gus, old = world.person("Gus", is_restricted=True), world.person("Old", deleted=True)
    view_id = await leads_form(world, lead)
    for who in (gus, old, world.slack.bot_user_id, "U0NOBODY"):
        reply = await world.acts.submit(lead, view_id, {"people": {"members.pick": [who]}})
        assert "can't be a lead" in reply.errors["people"]


async def test_a_forged_press_or_form_makes_nobody_a_lead(world: World, lead: str):
    mallory = world.person("Mallory")
    view_id = await leads_form(world, lead)
    for action_id in ("leads", "allow_guests", "stop_guests"):
        await open_home(world, mallory)
        assert (await press(world, mallory, action_id=f"members.{action_id}", anyway=True)).ok
        assert "Only a lead" in said(modal(world, mallory))
        await world.acts.close(mallory, modal(world, mallory)["id"])
    reply = await world.acts.submit(mallory, view_id, {"people": {"members.pick": [mallory]}}, anyway=True)
    assert "Only a lead" in reply.errors["people"]
    assert not (await member(world, mallory)).is_lead
    async with world.bot.database.reading() as session:
        workspace = await session.get(Workspace, 1)
        assert workspace is not None
        assert not workspace.guests_allowed


async def test_a_payload_that_names_another_team_finds_no_one(world: World, lead: str):
    view_id = await leads_form(world, lead)
    request = (await world.acts.submit(lead, view_id, {"people": {"members.pick": ["U0NOBODY"]}})).request
    assert request is not None
    request.payload["team"]["id"] = "T0SOMEWHERE"
    answer = await world.acts.resend(request)
    assert not isinstance(answer.body, dict) or "view" not in answer.body


async def test_the_settings_page_shows_a_member_nothing_of_the_leads(world: World, lead: str):
    ada = world.person("Ada")
    await open_home(world, ada)
    await press(world, ada, action_id="members.go", value="settings", anyway=True)
    await world.settle()
    assert "For leads" not in said(look(world, ada))


@pytest.mark.parametrize("facts", [{"perennial_leads": "U0LEAD"}, {"installed_by": True}, {"is_lead": True}, {}])
async def test_who_leads(world: World, facts: dict[str, Any]):
    ada = world.person("Ada")
    if "perennial_leads" in facts:
        await world.start_bot(perennial_leads=f"U1, {ada}")
    await world.settle()
    row = await member(world, ada)
    async with world.bot.database.transaction() as session:
        found = await store.by_id(session, row.workspace_id, row.id)
        workspace = await session.get(Workspace, row.workspace_id)
        assert found is not None
        assert workspace is not None
        found.is_lead = bool(facts.get("is_lead"))
        if facts.get("installed_by"):
            workspace.installed_by = ada
    async with world.bot.database.reading() as session:
        found = await store.by_id(session, row.workspace_id, row.id)
        assert found is not None
        assert await store.is_lead(session, found) is bool(facts)
        assert [each.id for each in await store.leads(session, row.workspace_id)] == ([row.id] if facts else [])
