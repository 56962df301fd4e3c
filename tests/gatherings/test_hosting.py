"""A host edits, moves, calls off, invites and names a co-host; everybody who was told hears, and nobody else does."""

from datetime import timedelta
from typing import Any

import pytest

from bot.gatherings import acts, store
from bot.members import changes
from bot.members import store as members
from bot.programs import store as programs
from tests.gatherings.conftest import Supper, serve_supper
from tests.gatherings.table import Table, at, laid
from tests.members import walk
from tests.world import World

START = at(17, 10)
PAGE = "gathering:1"


async def hosted(world: World, *names: str, **facts: Any) -> Table:
    """Ada comes, Ben said that he can't, Cleo was invited; Lead hosts and looks at its page."""
    table = await laid(world, *(names or ("Ada", "Ben", "Cleo", "Dan")), **facts)
    await table.press_post("Ada", acts.COME)
    await table.press_post("Ben", acts.CANNOT)
    await table.home("Lead", PAGE)
    await table.press_home("Lead", acts.INVITE)
    assert (await table.submit("Lead", {"people": [table.users["Cleo"]]})).ok
    await table.world.move(hours=2)
    return table


async def form(table: Table, name: str, action_id: str) -> dict[str, Any]:
    await table.home(name, PAGE)
    await table.press_home(name, action_id)
    return table.form(name)


async def test_a_move_reaches_everybody_who_was_told_their_calendars_the_post_and_its_thread(
    supper_world: World, supper: Supper
):
    table = await hosted(supper_world)
    await form(table, "Lead", acts.MOVE)
    assert (await table.submit("Lead", {"day": "2026-03-19", "time": "15:30"})).ok
    assert (await table.gathering()).starts_at == at(19, 15, 30)
    moved = "Supper has another date. Now: Thursday 19 March, 15:30, your time, twenty minutes."
    for name in ("Ada", "Cleo", "Lead"):
        assert any(each.startswith(moved) for each in table.texts(name)), name
    assert not any("another date" in each for each in table.texts("Ben"))
    assert not any("another date" in each for each in table.texts("Dan"))
    assert await table.files("Ada") == [("REQUEST", 1000), ("REQUEST", 2000)]
    assert await table.files("Cleo") == []
    assert "15:30" in walk.said(table.post())
    (line,) = table.thread()
    assert line.startswith("Supper has another date.")
    assert supper.told == ["planned", "moved"]
    # Its reminders follow the new date, and none comes for the old one.
    before = len(table.messages("Ada"))
    await table.world.move_to(at(19, 15, 16))
    assert [each["text"][:16] for each in table.messages("Ada")[before:]] == ["Thursday 19 Marc"] * 2 + [
        "15:30, your time"
    ]


async def test_calling_off_withdraws_its_reminders_and_cancels_calendars(supper_world: World, supper: Supper):
    table = await hosted(supper_world)
    await table.world.move_to(START - timedelta(minutes=20))  # the last reminders are queued already
    await table.home("Lead", PAGE)
    await table.press_home("Lead", acts.CALL_OFF)
    said = "won't take place. There is nothing for you to do."
    assert any(said in each for each in table.texts("Ada"))
    assert any(said in each for each in table.texts("Cleo"))
    assert not any(said in each for each in table.texts("Ben"))
    assert (await table.files("Ada"))[-1] == ("CANCEL", 2000)
    assert "won't take place" in walk.said(table.post())
    await table.world.move_to(START + timedelta(hours=1))
    assert not any(each.startswith("10:00, your time: Supper. Told") for each in table.texts("Ada"))
    assert supper.told == ["planned", "called off"]
    assert "It won't take place." in walk.said(await table.home("Ada", PAGE))


async def test_an_edit_is_told_where_it_matters_and_two_at_once_never_overwrite_each_other(supper_world: World):
    table = await hosted(supper_world)
    first = await form(table, "Lead", acts.EDIT)
    await form(table, "Lead", acts.EDIT)
    assert (await table.submit("Lead", {"about": "Bring a story."})).ok
    assert not any("has changed" in each for each in table.texts("Ada"))
    late = await table.submit_elsewhere("Lead", first, {"title": "Mine"})
    assert "Somebody else changed this session" in str(late)

    await form(table, "Lead", acts.EDIT)
    reply = await table.submit("Lead", {"link": "the usual room", "seats": "one"})
    assert set(reply.errors) == {"link", "seats"}
    assert reply.errors["link"].startswith("That is not a link.")
    assert (
        await table.submit("Lead", {"title": "Soup <!channel>", "link": "https://call.example/2", "seats": "30"})
    ).ok
    told = next(each for each in table.messages("Ada") if "has changed" in each["text"])
    assert "Soup &lt;!channel&gt;" in walk.said(told)
    assert await table.files("Ada") == [("REQUEST", 1000), ("REQUEST", 3000)]
    assert (await table.gathering()).seats == 30
    assert "Bring a story." in walk.said(table.post())


@pytest.mark.parametrize(
    ("action_id", "values"),
    [
        (acts.EDIT, {"title": "Soup"}),
        (acts.MOVE, {"day": "2026-03-19", "time": "15:30"}),
        (acts.INVITE, {"people": ["Dan"]}),
        (acts.COHOST, {"cohost": "Dan"}),
        (acts.RECORDING, {"link": "https://call.example/recording"}),
    ],
)
async def test_a_form_handed_in_twice_is_done_once_and_closes_both_times(
    supper_world: World, action_id: str, values: dict[str, Any]
):
    table = await hosted(supper_world)
    if action_id == acts.RECORDING:
        await table.world.move_to(START + timedelta(hours=1))
    named = {"people": [table.users["Dan"]], "cohost": table.users["Dan"]}
    values = {name: named.get(name, given) for name, given in values.items()}
    opened = await form(table, "Lead", action_id)
    assert await table.submit_elsewhere("Lead", opened, values) == {}
    heard = {name: table.texts(name) for name in table.users}
    thread = table.thread()
    assert await table.submit_elsewhere("Lead", opened, values) == {}
    assert {name: table.texts(name) for name in table.users} == heard
    assert table.thread() == thread


async def test_a_form_that_stayed_open_can_be_handed_in_again(any_world: World, supper: Supper):
    serve_supper(any_world, supper)
    table = await hosted(any_world)
    opened = await form(table, "Lead", acts.MOVE)
    past = await table.submit_elsewhere("Lead", opened, {"day": "2026-03-01", "time": "10:00"})
    assert past["errors"] == {"day": "That moment has passed. Pick a later one."}
    assert await table.submit_elsewhere("Lead", opened, {"day": "2026-03-19", "time": "15:30"}) == {}
    assert (await table.gathering()).starts_at == at(19, 15, 30)
    opened = await form(table, "Lead", acts.COHOST)
    stranger = await table.submit_elsewhere("Lead", opened, {"cohost": any_world.person("Eve")})
    assert "not in Perennial" in str(stranger["errors"])
    assert await table.submit_elsewhere("Lead", opened, {"cohost": table.users["Dan"]}) == {}
    assert (await table.gathering()).cohost_id == table.ids["Dan"]


async def test_more_seats_let_those_in_who_wait(supper_world: World):
    table = await laid(supper_world, "Ada", "Ben", "Cleo")
    await form(table, "Lead", acts.EDIT)
    assert (await table.submit("Lead", {"seats": "2"})).ok
    for name in ("Ada", "Ben", "Cleo"):
        await table.press_post(name, acts.COME)
    assert (await table.seats())["Cleo"] == store.WAITING
    await form(table, "Lead", acts.EDIT)
    assert (await table.submit("Lead", {"seats": ""})).ok
    assert (await table.seats())["Cleo"] == store.COMING
    assert any("A seat became free" in each for each in table.texts("Cleo"))


async def test_a_move_into_the_past_onto_itself_or_over_another_is_refused_with_what_to_do(
    supper_world: World, supper: Supper
):
    table = await laid(supper_world, "Ada", every_weeks=1, starts_on=at(3, 0).date())
    await table.home("Lead", "gathering:2")
    await table.press_home("Lead", acts.MOVE)
    moves = {
        ("2026-03-01", "10:00"): "That moment has passed. Pick a later one.",
        ("2026-03-10", "10:00"): "That is when it is already.",
        ("2026-03-17", "10:10"): "That is over another session of this program: Supper, Tuesday 17 March, 10:00",
    }
    for (day, time), said in moves.items():
        reply = await table.submit("Lead", {"day": day, "time": time})
        assert said in str(reply.errors), day
    assert (await table.gathering(1)).starts_at == at(10, 10)
    assert "moved" not in supper.told


async def test_one_that_takes_longer_does_not_run_into_the_next(supper_world: World):
    table = await laid(supper_world, "Ada", every_weeks=1, starts_on=at(3, 0).date())
    await table.home("Lead", "gathering:2")
    await table.press_home("Lead", acts.MOVE)
    assert (await table.submit("Lead", {"day": "2026-03-17", "time": "11:00"})).ok
    await table.home("Lead", "gathering:3")
    await table.press_home("Lead", acts.EDIT)
    before = await table.gathering(2)
    reply = await table.submit("Lead", {"minutes": "90", "title": "Soup"})
    assert "it runs into another session of this program: Supper, Tuesday 17 March, 11:00" in str(reply)
    after = await table.gathering(2)
    assert (after.minutes, after.title) == (before.minutes, before.title)
    assert (await table.submit("Lead", {"minutes": "60", "title": "Soup"})).ok
    assert ((await table.gathering(2)).minutes, (await table.gathering(2)).title) == (60, "Soup")


async def test_this_one_and_all_later_ones_move_by_as_much_across_a_change_of_clocks(supper_world: World):
    table = await laid(supper_world, "Ada", every_weeks=2, starts_on=at(3, 0).date())
    await table.world.move_to(at(17, 9))
    starts = [(await table.gathering(place)).starts_at for place in range(3)]
    assert starts == [at(3, 10), at(17, 10), at(31, 9)]
    await table.home("Lead", "gathering:2")
    await table.press_home("Lead", acts.MOVE)
    assert (await table.submit("Lead", {"day": "2026-03-18", "time": "11:00", "which": "later"})).ok
    assert [(await table.gathering(place)).starts_at for place in range(3)] == [
        at(3, 10),
        at(18, 11),
        at(1, 10, month=4),
    ]


async def test_a_move_into_the_hour_that_clocks_skip_is_held_at_the_first_minute_after_it(supper_world: World):
    table = await laid(supper_world, "Ada")
    await form(table, "Lead", acts.MOVE)
    assert (await table.submit("Lead", {"day": "2026-03-29", "time": "01:30"})).ok  # Lisbon goes from 1:00 to 2:00
    assert (await table.gathering()).starts_at == at(29, 1)


async def test_hosts_and_leads_may_and_nobody_else_may(supper_world: World):
    table = await hosted(supper_world)
    assert acts.EDIT not in str(await table.home("Ada", PAGE))
    for action_id in (acts.EDIT, acts.MOVE, acts.INVITE, acts.COHOST, acts.RECORDING, acts.CALL_OFF):
        await table.forge("Ada", action_id, "1")
    assert (await table.gathering()).state == store.PLANNED
    await form(table, "Lead", acts.COHOST)
    assert (await table.submit("Lead", {"cohost": table.users["Ada"]})).ok
    assert any("You co-host Supper" in each for each in table.texts("Ada"))
    await form(table, "Ada", acts.MOVE)
    assert (await table.submit("Ada", {"day": "2026-03-18", "time": "10:00"})).ok
    assert (await table.gathering()).starts_at == at(18, 10)


async def test_people_who_are_not_in_perennial_can_not_be_invited_and_the_form_says_why(supper_world: World):
    table = await hosted(supper_world)
    zoe = table.world.person("Zoe")
    await table.world.move(minutes=5)
    await form(table, "Lead", acts.INVITE)
    reply = await table.submit("Lead", {"people": [zoe]})
    assert "Zoe is not in Perennial yet" in str(reply.errors)
    assert (await table.submit("Lead", {"people": [table.users["Dan"], table.users["Ben"]]})).ok
    assert (await table.seats())["Ben"] == store.CANNOT  # who said something is not asked again
    await table.world.move(hours=1)
    assert any("Lead invites you to Supper" in each for each in table.texts("Dan"))
    assert not any("invites you" in each for each in table.texts("Ben"))


async def test_a_host_who_leaves_is_followed_by_the_co_host_and_then_by_the_owner_and_then_leads_are_asked(
    supper_world: World,
):
    table = await hosted(supper_world)
    async with table.database.transaction() as session:
        gathering = await store.get(session, table.workspace_id, 1, lock=True)
        gathering.host_id, gathering.cohost_id = table.ids["Ada"], table.ids["Dan"]
    await table.leave("Ada")
    await table.settle()
    assert (await table.seats())["Ada"] == store.CANNOT
    gathering = await table.gathering()
    assert (gathering.host_id, gathering.cohost_id) == (table.ids["Dan"], None)
    assert any("because Ada can't host it any more" in each for each in table.texts("Dan"))
    await table.deactivate("Dan")
    await table.settle()
    assert (await table.gathering()).host_id == table.ids["Lead"]
    async with table.database.transaction() as session:
        (await programs.get(session, table.workspace_id, table.program_id)).owner_id = None
    await pause(table, "Lead")
    assert (await table.gathering()).host_id is None
    linus = table.world.users["Linus"]
    assert any(
        "has no host, because Lead pauses until after it" in each["text"] for each in table.world.messages_to(linus)
    )


async def pause(table: Table, name: str) -> None:
    now = table.world.clock()
    async with table.database.transaction() as session:
        member = await members.by_id(session, table.workspace_id, table.ids[name], lock=True)
        assert member is not None
        await changes.rest(session, member, (now + timedelta(days=30)).date(), now=now)
    await table.settle()


@pytest.mark.parametrize("how", ["archived", "removed"])
async def test_a_channel_that_goes_away_leaves_the_session_and_reminders_go_on(supper_world: World, how: str):
    table = await hosted(supper_world)
    if how == "archived":
        table.world.slack.archive(table.channel)
    else:
        table.world.slack.leave(table.world.slack.bot_user_id, table.channel)
    await table.settle()
    assert any("The session stays as it is" in each for each in table.texts("Lead"))
    gathering = await table.gathering()
    assert (gathering.state, gathering.channel) == (store.PLANNED, None)
    await table.home("Lead", PAGE)
    await table.press_home("Lead", acts.EDIT)
    assert (await table.submit("Lead", {"title": "Soup"})).ok
    await table.world.move_to(START - timedelta(minutes=14))
    assert table.last("Ada")["text"].startswith("10:00, your time: Soup.")
    await table.world.move_to(START + timedelta(hours=1))
    assert (await table.gathering()).state == store.OVER
    assert [each.state for each in await table.queued("gatherings.thread")] == []


async def test_a_channel_that_got_another_id_still_shows_how_things_stand_and_what_came_of_it(
    any_world: World, supper: Supper
):
    serve_supper(any_world, supper)
    table = await hosted(any_world)
    table.channel = any_world.slack.change_channel_id(table.channel)
    await table.settle()
    await table.press_post("Dan", acts.COME)
    assert "2 of 12 seats are taken" in walk.said(table.post())
    await any_world.move_to(START + timedelta(minutes=30))
    assert table.thread() == ["Supper is over. Were you there?"]
    table.channel = any_world.slack.change_channel_id(table.channel)
    await table.settle()
    await form(table, "Lead", acts.RECORDING)
    assert (await table.submit("Lead", {"link": "https://call.example/recording"})).ok
    assert table.thread()[-1] == "The recording of Supper is here."
    assert (await table.gathering()).channel == table.channel


async def test_afterwards_one_tap_says_who_was_there_and_the_recording_is_linked(supper_world: World, supper: Supper):
    table = await hosted(supper_world)
    await table.world.move_to(START + timedelta(minutes=30))
    assert supper.told == ["planned", "over"]
    question = table.world.slack.thread(table.channel, table.post()["ts"])[-1]
    assert question["text"] == "Supper is over. Were you there?"
    assert "*Supper* is over. Were you there?" in walk.said(await table.home("Ada"))
    await table.press_home("Ada", acts.THERE)
    assert "Were you there?" not in walk.said(walk.look(table.world, table.users["Ada"]))
    for name, answer in (("Dan", acts.THERE), ("Ben", acts.NOT_THERE), ("Cleo", acts.NOT_THERE)):
        await walk.press(table.world, table.users[name], action_id=answer, channel=table.channel, ts=question["ts"])
    assert "Two people say they were there." in walk.said(await table.home("Lead", PAGE))
    await table.press_home("Lead", acts.RECORDING)
    assert (await table.submit("Lead", {"link": "tape"})).errors
    assert (await table.submit("Lead", {"link": "https://tapes.example/7"})).ok
    assert table.thread()[-1] == "The recording of Supper is here."
    assert "https://tapes.example/7|The recording" in walk.said(await table.home("Ada", PAGE))
    assert "Ada" in walk.said(await table.home("Lead", PAGE))
    await table.deactivate("Ada")
    assert "Ada" not in walk.said(await table.home("Lead", PAGE))


async def test_a_program_that_ends_leaves_what_it_planned_and_a_lead_can_call_it_off(supper_world: World):
    table = await hosted(supper_world)
    await table.home("Lead", f"program:{table.program_id}")
    page = walk.look(table.world, table.users["Lead"])
    assert "*To be planned:*" in walk.said(page) and "Tuesday 17 March, 10:00" in walk.said(page)
    assert "programs.send_now" not in str(page) and "programs.skip_next" not in str(page)
    await table.press_home("Lead", "programs.end")
    assert (await table.gathering()).state == store.PLANNED
    assert "Tuesday 17 March, 10:00" in walk.said(await table.home("Lead"))
    await table.home("Lead", PAGE)
    await table.press_home("Lead", acts.CALL_OFF)
    assert (await table.gathering()).state == store.CALLED_OFF
