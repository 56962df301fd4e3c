"""A lead makes a program and edits it, in the real forms."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.programs.models import Program
from tests.programs.conftest import Tea, click, serve_tea
from tests.world import World


async def programs_of(world: World) -> list[Program]:
    async with world.bot.database.reading() as session:
        return list((await session.execute(select(Program).order_by(Program.id))).scalars())


async def home_of(world: World, who: str) -> str:
    """All that is written on somebody's Home tab."""
    await world.move(seconds=6)
    return str(world.slack.home(world.users[who]))


async def open_form(world: World, who: str = "Linus", action_id: str = "programs.new") -> dict[str, Any]:
    user = world.users[who]
    await world.acts.open_home(user)
    await world.settle()
    await click(world, user, action_id=action_id)
    return world.slack.modals(user)[-1]


def filled(channel: str, **other: Any) -> dict[str, Any]:
    fields = {"name": {"name": "Tea across teams"}, "channel": {"channel": channel}}
    return fields | {block: {action: value} for block, (action, value) in other.items()}


def written(view: dict[str, Any]) -> str:
    return str(view["blocks"])


async def make(world: World, **other: Any) -> Program:
    """A program as a lead makes it, started."""
    linus = world.users["Linus"]
    channel = world.slack.add_channel("tea", creator=linus)
    form = await open_form(world)
    reply = await world.acts.submit(linus, form["id"], filled(channel, **other))
    assert reply.errors == {}, reply
    options = world.slack.modals(linus)[-1]
    reply = await world.acts.submit(linus, options["id"], {})
    assert reply.errors == {}
    assert world.slack.modals(linus) == []
    await world.move(seconds=6)
    return (await programs_of(world))[-1]


async def test_a_lead_makes_a_program_in_two_steps_and_sees_its_dates(tea_world: World):
    linus = tea_world.users["Linus"]
    channel = tea_world.slack.add_channel("tea", creator=linus)
    form = await open_form(tea_world)
    assert "Tuesday 10 March, Tuesday 24 March and Tuesday 7 April" in written(form)
    await tea_world.acts.submit(linus, form["id"], filled(channel))
    (made,) = await programs_of(tea_world)
    assert (made.state, made.due_at, made.name, made.channel) == ("draft", None, "Tea across teams", channel)
    assert tea_world.slack.is_member(tea_world.slack.bot_user_id, channel)
    options = tea_world.slack.modals(linus)[-1]
    assert "Tuesday 10 March" in written(options)
    await tea_world.acts.submit(linus, options["id"], {})
    assert tea_world.slack.modals(linus) == []
    (made,) = await programs_of(tea_world)
    assert (made.state, made.next_date, made.options) == ("active", date(2026, 3, 10), {"cups": 2})
    assert made.due_at is not None
    assert "Tea across teams" in await home_of(tea_world, "Linus")


async def test_the_dates_follow_the_calendar_while_it_is_filled_in_and_nothing_typed_is_lost(tea_world: World):
    linus = tea_world.users["Linus"]
    form = await open_form(tea_world)
    await click(
        tea_world,
        linus,
        view_id=form["id"],
        action_id="programs.often",
        selected="m-1",
        state=form["state"]["values"] | {"name": {"name": {"type": "plain_text_input", "value": "Half typed"}}},
    )
    shown = tea_world.slack.modals(linus)[-1]
    assert "Tuesday 31 March, Tuesday 28 April and Tuesday 26 May" in written(shown)
    assert shown["state"]["values"]["name"]["name"]["value"] == "Half typed"
    await click(tea_world, linus, view_id=form["id"], action_id="programs.weekday", selected="4")
    assert "Friday 27 March" in written(tea_world.slack.modals(linus)[-1])


async def test_what_is_missing_or_past_is_said_under_its_field(tea_world: World):
    linus = tea_world.users["Linus"]
    form = await open_form(tea_world)
    fields = {"starts": {"programs.starts": "2026-03-01"}, "name": {"name": "   "}}
    reply = await tea_world.acts.submit(linus, form["id"], fields, anyway=True)
    assert set(reply.errors) == {"name", "channel", "starts"}
    assert reply.errors["starts"] == "A date in the past can't be a start. Pick today or later."
    assert await programs_of(tea_world) == []


async def test_a_private_channel_asks_for_an_invitation_a_shared_or_archived_one_is_refused(tea_world: World):
    linus = tea_world.users["Linus"]
    form = await open_form(tea_world)
    private = tea_world.slack.add_channel("secret", creator=linus, is_private=True)
    shared = tea_world.slack.add_channel("partners", creator=linus, is_ext_shared=True)
    archived = tea_world.slack.add_channel("old", creator=linus)
    tea_world.slack.archive(archived)
    for channel, word in ((private, "/invite"), (shared, "shared with another company"), (archived, "archived")):
        reply = await tea_world.acts.submit(linus, form["id"], filled(channel))
        assert word in reply.errors["channel"]
    tea_world.slack.join(tea_world.slack.bot_user_id, private, inviter=linus)
    reply = await tea_world.acts.submit(linus, form["id"], filled(private))
    assert reply.errors == {}
    assert len(await programs_of(tea_world)) == 1


async def test_a_form_handed_in_twice_makes_one_program(tea_world: World):
    linus = tea_world.users["Linus"]
    channel = tea_world.slack.add_channel("tea", creator=linus)
    form = await open_form(tea_world)
    reply = await tea_world.acts.submit(linus, form["id"], filled(channel))
    assert reply.request is not None
    await tea_world.acts.resend(reply.request)
    assert len(await programs_of(tea_world)) == 1


async def test_whatever_people_type_is_kept_and_shown_as_text(tea_world: World):
    for name in ("<!channel> *bold* & <@U1>", "קפה עם כולם ☕️", "x" * 60):
        linus = tea_world.users["Linus"]
        channel = tea_world.slack.add_channel(f"c{len(name)}", creator=linus)
        form = await open_form(tea_world)
        reply = await tea_world.acts.submit(
            linus, form["id"], {"name": {"name": name}, "channel": {"channel": channel}}
        )
        assert reply.errors == {}
        assert reply.problems == []
        await tea_world.acts.close(linus, tea_world.slack.modals(linus)[-1]["id"])
        assert (await programs_of(tea_world))[-1].name == name
    await tea_world.move(seconds=6)
    await click(tea_world, linus, action_id="programs.back")
    await home_of(tea_world, "Linus")
    shown = [block["text"]["text"] for block in tea_world.slack.home(linus)["blocks"] if block["type"] == "section"]
    assert "*&lt;!channel&gt; *bold* &amp; &lt;@U1&gt;*\nNot started yet." in shown


async def test_a_wrong_option_stays_in_the_form_with_its_reason(tea_world: World):
    linus = tea_world.users["Linus"]
    channel = tea_world.slack.add_channel("tea", creator=linus)
    form = await open_form(tea_world)
    await tea_world.acts.submit(linus, form["id"], filled(channel))
    options = tea_world.slack.modals(linus)[-1]
    reply = await tea_world.acts.submit(linus, options["id"], {"cups": {"cups": "3"}})
    assert reply.errors == {"cups": "Three is one too many."}
    assert (await programs_of(tea_world))[0].state == "draft"


async def test_a_second_kind_of_program_asks_which_one_first(tea_world: World, tea: Tea):
    from dataclasses import replace

    kinds = tea_world.bot.registry.program_kinds
    kinds["talk"] = replace(tea.kind(), name="talk", title="Talk", about="Everybody talks.")
    linus = tea_world.users["Linus"]
    form = await open_form(tea_world)
    await tea_world.acts.submit(linus, form["id"], {"kind": {"programs.choose_kind": "talk"}})
    form = tea_world.slack.modals(linus)[-1]
    assert "Everybody talks." in written(form)
    channel = tea_world.slack.add_channel("tea", creator=linus)
    await tea_world.acts.submit(linus, form["id"], filled(channel))
    assert (await programs_of(tea_world))[0].kind == "talk"


async def test_an_edit_takes_effect_at_once(tea_world: World):
    await make(tea_world)
    linus = tea_world.users["Linus"]
    await click(tea_world, linus, action_id="programs.edit")
    form = tea_world.slack.modals(linus)[-1]
    reply = await tea_world.acts.submit(
        linus, form["id"], {"weekday": {"programs.weekday": "3"}, "time": {"programs.time": "15:30"}}
    )
    assert reply.errors == {}
    (made,) = await programs_of(tea_world)
    assert (made.next_date, made.weekday, made.at_minute, made.version) == (date(2026, 3, 12), 3, 930, 3)
    assert tea_world.slack.modals(linus) == []


async def test_of_two_leads_who_edit_at_once_the_second_is_told(tea_world: World):
    await make(tea_world)
    linus, hana = tea_world.users["Linus"], tea_world.person("Hana", is_admin=True)
    await tea_world.settle()
    await tea_world.acts.open_home(hana)
    await tea_world.settle()
    await click(tea_world, hana, action_id="programs.open")
    await tea_world.move(seconds=6)
    for lead in (linus, hana):
        await click(tea_world, lead, action_id="programs.edit")
    forms = {lead: tea_world.slack.modals(lead)[-1]["id"] for lead in (linus, hana)}
    assert (await tea_world.acts.submit(linus, forms[linus], {"name": {"name": "Linus' tea"}})).errors == {}
    reply = await tea_world.acts.submit(hana, forms[hana], {"name": {"name": "Hana's tea"}})
    assert "Somebody else changed this program" in reply.errors["name"]
    assert (await programs_of(tea_world))[0].name == "Linus' tea"


@pytest.mark.parametrize(
    ("action_id", "said"),
    [("programs.edit", {"name": {"name": "Tea at three"}}), ("programs.edit_options", {"cups": {"cups": "4"}})],
    ids=["what it is", "its options"],
)
async def test_what_is_saved_already_is_no_conflict_when_it_is_handed_in_again(
    tea_world: World, action_id: str, said: dict[str, Any]
):
    """The same form twice, because Slack lost our answer; or two leads who meant the same."""
    await make(tea_world)
    linus, hana = tea_world.users["Linus"], tea_world.person("Hana", is_admin=True)
    await tea_world.settle()
    await tea_world.acts.open_home(hana)
    await tea_world.settle()
    await click(tea_world, hana, action_id="programs.open")
    await tea_world.move(seconds=6)
    for lead in (linus, hana):
        await click(tea_world, lead, action_id=action_id)
    forms = {lead: tea_world.slack.modals(lead)[-1]["id"] for lead in (linus, hana)}
    assert (await tea_world.acts.submit(linus, forms[linus], said)).errors == {}
    (saved,) = await programs_of(tea_world)
    assert (await tea_world.acts.submit(hana, forms[hana], said)).errors == {}
    assert tea_world.slack.modals(hana) == []
    assert (await programs_of(tea_world))[0].version == saved.version == 3


async def test_nobody_but_a_lead_gets_the_form_or_gets_one_in(tea_world: World):
    made = await make(tea_world)
    eve, linus = tea_world.person("Eve"), tea_world.users["Linus"]
    await tea_world.acts.open_home(eve)
    await tea_world.settle()
    assert "programs.new" not in str(tea_world.slack.home(eve))
    for action_id in ("programs.new", "programs.edit", "programs.edit_options", "programs.open_holidays"):
        await click(tea_world, eve, action_id=action_id, value=str(made.id), anyway=True)
        (shown,) = tea_world.slack.modals(eve)
        assert "Only a lead" in written(shown)
        await tea_world.acts.close(eve, shown["id"])
    await click(tea_world, linus, action_id="programs.edit")
    form = tea_world.slack.modals(linus)[-1]
    reply = await tea_world.acts.submit(eve, form["id"], {"name": {"name": "Mine now"}}, anyway=True)
    assert "Only a lead" in reply.errors["name"]
    assert [each.name for each in await programs_of(tea_world)] == ["Tea across teams"]


async def test_a_new_program_waits_for_its_lead_who_may_come_back_to_it(tea_world: World):
    linus = tea_world.users["Linus"]
    channel = tea_world.slack.add_channel("tea", creator=linus)
    form = await open_form(tea_world)
    await tea_world.acts.submit(linus, form["id"], filled(channel))
    await tea_world.acts.close(linus, tea_world.slack.modals(linus)[-1]["id"])
    assert "It has not started" in await home_of(tea_world, "Linus")
    await click(tea_world, linus, action_id="programs.edit_options")
    await tea_world.acts.submit(linus, tea_world.slack.modals(linus)[-1]["id"], {})
    assert (await programs_of(tea_world))[0].state == "active"


async def test_zones_are_found_as_they_are_typed(tea_world: World):
    linus = tea_world.users["Linus"]
    form = await open_form(tea_world)
    reply = await tea_world.acts.suggest(linus, view_id=form["id"], action_id="programs.zone", text="new y")
    assert [option["value"] for option in reply.options] == ["America/New_York"]


async def test_without_any_kind_of_program_there_is_nothing_to_set_up(world: World):
    serve_tea(world, Tea())
    world.bot.registry.program_kinds.clear()
    world.person("Linus", is_admin=True)
    await world.settle()
    await open_form(world)
    assert "nothing to set up" in written(world.slack.modals(world.users["Linus"])[-1])
