"""A lead's library: reading, changing, switching off, importing; and nobody else, whatever they press."""

import json
from typing import Any

import pytest
import yaml

from bot.features.nudges import entries
from bot.features.nudges.front import GO, LIBRARY
from bot.features.nudges.lead import importing, views
from bot.features.nudges.library import built_in
from tests.features.nudges.crew import join, member_of, nudges_of, rhythm_of, words
from tests.features.nudges.test_library import GOOD
from tests.world import World

SLUG = "one-word-of-theirs"
FORM = {
    views.TITLE: {views.TITLE: "Ask about the <!channel> *first* word"},
    views.ACT: {views.ACT: "Ask somebody which word they wrote first today."},
    views.REASON: {views.REASON: "The first word is often the honest one."},
    views.FOR: {views.FOR: ["peer"]},
    views.THEMES: {views.THEMES: ["active-listening"]},
    views.MOMENT: {views.MOMENT: "any"},
    views.CHECKLIST: {views.CHECKLIST: ""},
}


def written(raw: list[dict[str, Any]]) -> str:
    """As a lead would write it: every entry in full."""
    return yaml.safe_dump([json.loads(json.dumps(each)) for each in raw], sort_keys=False)


async def to_library(world: World, user: str, place: str = LIBRARY) -> dict[str, Any]:
    await world.acts.open_home(user)
    await world.settle()
    await world.acts.click(user, action_id=GO, value=place, anyway=True)
    await world.settle()
    await world.move(seconds=6)
    return look(world, user)


def look(world: World, user: str) -> dict[str, Any]:
    view = world.slack.home(user)
    assert view is not None
    return view


async def use(world: World, user: str, action_id: str, **how: Any) -> Any:
    reply = await world.acts.click(user, action_id=action_id, **how)
    assert world.side is not None
    await world.side.quiet()
    await world.move(seconds=6)
    return reply


async def shelved(world: World, user: str, slug: str) -> entries.Shelved | None:
    who = await member_of(world, user)
    async with world.bot.database.reading() as session:
        return await entries.find(session, who.workspace_id, slug)


async def test_a_lead_pages_through_the_library_and_filters_it(world: World):
    lead = await join(world, "Lead", is_admin=True)
    page = await to_library(world, lead)
    assert f"{len(built_in())} nudges." in words(page)
    assert "Page 1 of 17" in words(page)
    await use(world, lead, views.NEXT)
    assert "Page 2 of 17" in words(look(world, lead))
    await use(world, lead, views.FILTER, selected="saying-no")
    page = look(world, lead)
    assert "Page 1 of 2" in words(page)
    assert words(page).count("saying no") >= 10


async def test_nobody_else_sees_it_or_changes_anything_by_forged_presses(world: World):
    ada = await join(world, "Ada")
    page = await to_library(world, ada)
    assert "The library" not in words(page)
    for action_id, value in (
        (views.EDIT, f"switch:{SLUG}"), (views.EDIT, f"edit:{SLUG}"), (views.EDIT, f"restore:{SLUG}"),
        (views.ADD, "new"), (views.IMPORT, "import"), (views.USUAL, "daily"), (views.NEXT, f"{LIBRARY}:all:2"),
        (views.FILTER, "saying-no"),
    ):  # fmt: skip
        await use(world, ada, action_id, value=value, anyway=True)
        shown = world.slack.modals(ada)
        assert [each["callback_id"] for each in shown] == ["notice"], action_id
        await world.acts.close(ada, shown[-1]["id"])
    found = await shelved(world, ada, SLUG)
    assert found is not None and (found.off, found.version) == (False, 0)
    assert "The library" not in words(look(world, ada))


async def test_somebody_who_leads_no_more_cannot_hand_in_an_open_form(world: World):
    lead = await join(world, "Lead", is_admin=True)
    await to_library(world, lead)
    await use(world, lead, views.ADD)
    (form,) = world.slack.modals(lead)
    who = await member_of(world, lead)
    async with world.bot.database.transaction() as session:
        (await session.merge(who)).is_admin = False
    reply = await world.acts.submit(lead, form["id"], FORM)
    assert "Only a lead" in next(iter(reply.errors.values()))
    assert await shelved(world, lead, "ask-about-the-channel-first-word") is None


async def test_a_lead_adds_one_and_people_get_it(nudging: World):
    lead = await join(nudging, "Lead", is_admin=True)
    await to_library(nudging, lead)
    await use(nudging, lead, views.ADD)
    (form,) = nudging.slack.modals(lead)
    assert not (await nudging.acts.submit(lead, form["id"], FORM)).errors
    await nudging.settle()
    slug = "ask-about-the-channel-first-word"
    found = await shelved(nudging, lead, slug)
    assert found is not None and found.by_lead
    async with nudging.bot.database.transaction() as session:
        for each in built_in():
            await entries.switch(
                session, 1, each, off=True, lead_id=(await member_of(nudging, lead)).id, now=nudging.clock()
            )
    ada = await join(nudging, "Ada")
    await nudging.move(days=7)
    assert [each.slug for each in await nudges_of(nudging, ada)] == [slug]
    message = nudging.messages_to(ada)[0]
    assert "<!channel>" not in words(message)
    assert "&lt;!channel&gt;" in words(message)


async def test_what_is_wrong_is_said_under_its_field(world: World):
    lead = await join(world, "Lead", is_admin=True)
    await to_library(world, lead)
    await use(world, lead, views.ADD)
    (form,) = world.slack.modals(lead)
    wrong = FORM | {
        views.TITLE: {views.TITLE: "  "},
        views.CHECKLIST: {views.CHECKLIST: "only one line"},
        views.FOR: {views.FOR: []},
        views.ACT: {views.ACT: "x" * 3000},
    }
    reply = await world.acts.submit(lead, form["id"], wrong, anyway=True)
    assert set(reply.errors) == {views.TITLE, views.CHECKLIST, views.FOR, views.ACT}
    assert reply.errors[views.ACT] == "This is too long; 350 characters are the most."
    assert not (await world.acts.submit(lead, form["id"], FORM)).errors
    assert await shelved(world, lead, "ask-about-the-channel-first-word-2") is None


async def test_one_of_ours_is_changed_switched_off_and_restored_from_its_dots(world: World):
    lead = await join(world, "Lead", is_admin=True)
    await to_library(world, lead, f"{LIBRARY}:active-listening:1")
    block = f"entry-{SLUG}"
    await use(world, lead, views.EDIT, block_id=block, selected=f"edit:{SLUG}")
    (form,) = world.slack.modals(lead)
    assert form["blocks"][0]["element"]["initial_value"] == built_in()[SLUG].title
    changed = {views.TITLE: {views.TITLE: "Ask about one word of theirs"}}
    assert not (await world.acts.submit(lead, form["id"], changed)).errors
    await world.move(seconds=6)
    found = await shelved(world, lead, SLUG)
    assert found is not None and (found.by_lead, found.entry.title) == (True, "Ask about one word of theirs")
    await use(world, lead, views.EDIT, block_id=block, selected=f"switch:{SLUG}")
    assert "switched off" in words(look(world, lead))
    await use(world, lead, views.EDIT, block_id=block, selected=f"restore:{SLUG}")
    found = await shelved(world, lead, SLUG)
    assert found is not None and (found.by_lead, found.off, found.entry) == (False, False, built_in()[SLUG])


async def test_two_leads_with_the_same_form_open_do_not_overwrite_each_other(world: World):
    lead, other = await join(world, "Lead", is_admin=True), await join(world, "Other", is_admin=True)
    forms = []
    for user in (lead, other):
        await to_library(world, user, f"{LIBRARY}:active-listening:1")
        await use(world, user, views.EDIT, block_id=f"entry-{SLUG}", selected=f"edit:{SLUG}")
        forms.append(world.slack.modals(user)[-1]["id"])
    assert not (await world.acts.submit(lead, forms[0], {views.TITLE: {views.TITLE: "The first title"}})).errors
    reply = await world.acts.submit(other, forms[1], {views.TITLE: {views.TITLE: "The second title"}})
    assert "while your form was open" in reply.errors[views.TITLE]
    found = await shelved(world, lead, SLUG)
    assert found is not None and found.entry.title == "The first title"


async def imports(world: World, lead: str, text: str, *, keep_good: bool = False) -> Any:
    await to_library(world, lead)
    await use(world, lead, views.IMPORT)
    (form,) = world.slack.modals(lead)
    values = {views.YAML: {views.YAML: text}, views.KEEP_GOOD: {views.KEEP_GOOD: ["yes"] if keep_good else []}}
    return await world.acts.submit(lead, form["id"], values)


async def test_an_import_with_a_mistake_keeps_nothing_unless_the_lead_says_so(world: World):
    lead = await join(world, "Lead", is_admin=True)
    text = written([GOOD, GOOD | {"slug": "bad", "moment": "friday", "colour": "red"}])
    said = (await imports(world, lead, text)).errors[views.YAML]
    assert "entry bad, moment: takes only any, before-first-meeting" in said
    assert "entry bad, colour: is no field of a nudge" in said
    assert await shelved(world, lead, GOOD["slug"]) is None
    for view in world.slack.modals(lead):
        await world.acts.close(lead, view["id"])
    assert not (await imports(world, lead, text, keep_good=True)).errors
    shown = world.slack.modals(lead)[-1]
    assert "One nudge is in the library now." in words(shown)
    assert "entry bad, moment" in words(shown)
    assert await shelved(world, lead, GOOD["slug"]) is not None
    assert await shelved(world, lead, "bad") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must be a list"),
        ("slug: one", "must be a list"),
        ("- slug: [", "can't be read as YAML"),
        ("- title: a: b", "Look at line 1"),
        ("- just words", "entry 1, entry: write its fields"),
        ("[" * 3000, "nested too deeply"),
        ("- &a [x]\n- *a", "Aliases"),
        ("- !!python/object/apply:os.system [ls]", "can't be read"),
        ("- {slug: 7, title: مرحبا}", "entry 1, slug: is not written as it should be"),
    ],
)
def test_what_is_no_list_of_nudges_is_refused_in_words(text: str, said: str):
    read = importing.read_entries(text)
    assert read.entries == []
    assert said in "\n".join(read.problems)


def test_every_problem_is_named_by_entry_and_field():
    bad = [GOOD, GOOD, {"slug": "empty"}, GOOD | {"slug": "long", "why": "x" * 251}]
    read = importing.read_entries(written(bad))
    assert [each.slug for each in read.entries] == [GOOD["slug"]]
    assert read.problems == [
        "entry ask-the-night-shift, slug: is there twice",
        "entry empty, for: is missing",
        "entry empty, themes: is missing",
        "entry empty, title: is missing",
        "entry empty, act: is missing",
        "entry empty, why: is missing",
        "entry long, why: is too long; 250 characters are the most",
    ]


def test_the_example_in_the_form_can_be_imported():
    read = importing.read_entries(views.EXAMPLE)
    assert (len(read.entries), read.problems) == (1, [])


async def test_a_lead_sets_how_often_newcomers_get_one(world: World):
    lead = await join(world, "Lead", is_admin=True)
    await to_library(world, lead)
    await use(world, lead, views.USUAL, selected="weekly")
    ada = await join(world, "Ada")
    assert (await rhythm_of(world, ada)).cadence == "weekly"
    assert (await rhythm_of(world, lead)).cadence == "off"
