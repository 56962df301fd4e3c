"""A lead words how people speak with each other and whom they can turn to; it is looked at before it holds."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.members.models import Workspace
from bot.members.moderation import conduct_blocks
from bot.members.moderation.conduct import rules
from bot.members.moderation.conduct.words import Conduct, default_text
from playground.events import Reply
from tests.members import walk
from tests.members.moderation.crew import Crew, found
from tests.world import World

CONTACTS = "Dana Roy, person of trust, room 4.12\n\n  Works council: <!here>  \n"


async def open_form(crew: Crew) -> dict[str, Any]:
    await crew.home("Lea", "settings")
    await crew.press_home("Lea", "moderation.edit_conduct")
    return walk.modal(crew.world, crew.users["Lea"])


async def hand_in(crew: Crew, form: dict[str, Any], text: str | None, contacts: str | None) -> Reply:
    filled = {}
    for block in form["blocks"]:
        given = contacts if block["block_id"] == "contacts" else text
        if block["type"] == "input" and given is not None:
            filled[block["block_id"]] = {"moderation.write": given}
    reply = await crew.world.acts.submit(crew.users["Lea"], form["id"], filled)
    await crew.settle()
    return reply


async def save(crew: Crew) -> Reply:
    top = walk.modal(crew.world, crew.users["Lea"])
    reply = await crew.world.acts.submit(crew.users["Lea"], top["id"], {})
    await crew.settle()
    return reply


async def conduct_for(crew: Crew, name: str = "Ada") -> str:
    """What `/mentor conduct` says."""
    await crew.world.acts.command(crew.users[name], crew.dm(name), "conduct")
    return walk.said(crew.world.last_message_to(crew.users[name]))


async def test_our_words_hold_until_a_lead_has_looked_at_theirs_and_saved(world: World):
    crew = await found(world)
    assert default_text() in await conduct_for(crew)
    assert "Whom you can turn to" not in await conduct_for(crew)
    assert "No help contacts yet" in walk.said(await crew.home("Lea", "settings"))
    form = await open_form(crew)
    assert (await hand_in(crew, form, "Be kind & clear. <!channel>", CONTACTS)).ok
    preview = walk.said(walk.modal(world, crew.users["Lea"]))
    assert "Be kind &amp; clear. &lt;!channel&gt;" in preview
    assert "Be kind" not in await conduct_for(crew), "nothing holds yet"
    saved = await save(crew)
    assert saved.request is not None
    assert (await world.acts.resend(saved.request)).body == {"response_action": "clear"}, "repeated by Slack, it is one"
    assert not world.slack.modals(crew.users["Lea"])
    said = await conduct_for(crew)
    assert "Be kind &amp; clear. &lt;!channel&gt;" in said
    assert "• Dana Roy, person of trust, room 4.12\n• Works council: &lt;!here&gt;" in said
    assert "two help contacts" in walk.said(await crew.home("Lea", "settings")).lower()
    async with crew.database.reading() as session:
        options = (await session.execute(select(Workspace.options))).scalar_one()
    assert options["nudges"] == "off", "other options of the workspace stay"
    assert "conduct_draft" not in options


async def test_back_to_our_words_keeps_the_contacts_that_were_typed(world: World):
    crew = await found(world)
    await hand_in(crew, await open_form(crew), "Our own words.", "Dana")
    await save(crew)
    form = await open_form(crew)
    typed = {"contacts": {"moderation.write": {"type": "plain_text_input", "value": "Dana\nOmar"}}}
    for _ in range(2):  # pressed twice, it is our words twice
        await walk.press(world, crew.users["Lea"], view_id=form["id"], action_id="moderation.our_conduct", state=typed)
        form = walk.modal(world, crew.users["Lea"])
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert fields["text-2"]["initial_value"] == default_text()
    assert fields["contacts"]["initial_value"] == "Dana\nOmar"
    assert "Our own words" in await conduct_for(crew), "nothing holds yet"
    await hand_in(crew, form, None, None)
    await save(crew)
    assert default_text() in await conduct_for(crew)
    assert "• Omar" in await conduct_for(crew)
    async with crew.database.reading() as session:
        options = (await session.execute(select(Workspace.options))).scalar_one()
    assert options["conduct"]["text"] == "", "a better text of ours reaches them"


async def test_only_leads_word_it_and_the_second_of_two_does_not_save_what_they_did_not_see(world: World):
    crew = await found(world)
    form = await open_form(crew)
    await crew.home("Ada")
    for action in ("edit_conduct", "our_conduct"):
        await walk.press(world, crew.users["Ada"], action_id=f"moderation.{action}", anyway=True)
        assert "Only a lead" in walk.said(walk.modal(world, crew.users["Ada"]))
    forged = await world.acts.submit(
        crew.users["Ada"], form["id"], {"text": {"moderation.write": "Ada's"}}, anyway=True
    )
    assert "push" not in str(forged.body)
    await crew.change("Omar", lambda session, member: setattr(member, "is_lead", True))
    await hand_in(crew, form, "Seen by Lea", "")
    await crew.home("Omar", "settings")
    await crew.press_home("Omar", "moderation.edit_conduct")
    other = walk.modal(world, crew.users["Omar"])
    await world.acts.submit(crew.users["Omar"], other["id"], {"text": {"moderation.write": "Seen by Omar"}})
    await save(crew)
    assert "Another lead changed this" in walk.said(walk.modal(world, crew.users["Lea"]))
    assert default_text() in await conduct_for(crew)


async def test_whoever_joins_reads_it_and_a_form_of_any_feature_leads_to_it(world: World):
    crew = await found(world, "Ada")
    nils = world.person("Nils")
    view_id = await walk.start_joining(world, nils)
    for step in (walk.about(), walk.skills(), walk.hours()):
        await world.acts.submit(nils, view_id, step)
    assert default_text() in walk.said(walk.modal(world, nils))
    async with crew.database.reading() as session:
        short, more = await conduct_blocks(session, crew.workspace_id)
    assert "accessory" not in short, "a phone would squeeze the words beside it"
    assert more["elements"][0]["action_id"] == "moderation.conduct"
    await walk.press(world, nils, view_id=view_id, action_id="moderation.conduct", anyway=True)
    assert len(world.slack.modals(nils)) == 2, "on top of what is open"
    await crew.home("Ada", "settings")
    await crew.press_home("Ada", "moderation.conduct")
    assert default_text() in walk.said(walk.modal(world, crew.users["Ada"]))


@pytest.mark.parametrize(
    ("text", "contacts", "wrong"),
    [
        ("x" * 1500, "a\nb\nc\nd\ne", ()),
        ("x" * 1501, "", ("text",)),
        ("", "a\nb\nc\nd\ne\nf", ("contacts",)),
        ("", "x" * 151, ("contacts",)),
    ],
)
def test_how_much_of_it_fits(text: str, contacts: str, wrong: tuple[str, ...]):
    read = rules.read(text, contacts)
    problems = {"text": rules.problem_with_text(read), "contacts": rules.problem_with_contacts(read)}
    assert tuple(field for field, problem in problems.items() if problem) == wrong


def test_what_only_disturbs_is_taken_out_and_our_own_words_stay_ours():
    assert rules.read("\u202e Be\x00 kind.\n\nReally. ", "  a \t b \n\n") == Conduct("Be kind.\n\nReally.", ("a b",))
    assert rules.read(default_text(), "") == Conduct()
    assert rules.read("   ", " \n ").text == default_text()


def test_the_beginning_ends_with_a_sentence_where_one_fits():
    assert rules.first_sentences("One. Two is longer. Three", 12) == "One."
    assert rules.first_sentences("No sentence ends in here at all", 12) == "No sentence…"
    assert rules.first_sentences("Short") == "Short"
