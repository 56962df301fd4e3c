"""Somebody presses [Report]: hidden at once, the writer told, moderators asked, and a clear answer wherever it can't be."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from bot.members import changes
from bot.members.models import Workspace
from bot.members.moderation import store
from tests.members import walk
from tests.members.moderation.crew import WORDS, Crew, found
from tests.world import World


async def test_what_is_reported_is_hidden_its_writer_told_and_a_moderator_asked(any_world: World):
    crew = await found(any_world)
    await crew.moderate("Mia")
    note = await crew.note("Ben")
    assert "Mia will look at it" in await shown_form(crew, "Ada", note)
    said = await crew.report("Ada", note, "It is about <@U1> & me")
    assert "It is hidden now." in said
    assert "Mia is asked" in said
    assert await crew.is_hidden(note)
    assert "hidden for now: a note" in crew.said_to("Ben")[-1]
    asked = crew.said_to("Mia")[-1]
    assert WORDS in asked
    assert "It is about &lt;@U1&gt; &amp; me" in asked
    assert "Ben wrote:" in asked
    assert "Close the thread" in asked
    everything = "".join(said for name in ("Ben", "Mia", "Omar", "Lea") for said in crew.said_to(name))
    assert "Ada" not in everything, "nobody is told who reported it"
    assert await crew.reason() == "It is about <@U1> & me"


async def shown_form(crew: Crew, name: str, note: int) -> str:
    assert (await crew.press_report(name, note)).ok
    form = walk.modal(crew.world, crew.users[name])
    await crew.world.acts.close(crew.users[name], form["id"])
    return walk.said(form)


async def test_it_works_behind_three_dots_and_from_the_home_tab_as_well(world: World):
    crew = await found(world)
    note = await crew.note("Ben")
    reply = await crew.press_report("Ada", note, action_id="tests.more", selected=f"report:note:{note}")
    assert reply.ok
    assert "report a note" in walk.said(walk.modal(world, crew.users["Ada"]))
    await world.acts.close(crew.users["Ada"], walk.modal(world, crew.users["Ada"])["id"])
    await walk.open_home(world, crew.users["Omar"])
    home = await walk.press(world, crew.users["Omar"], action_id="moderation.report", value=f"note:{note}", anyway=True)
    assert home.ok
    form = walk.modal(world, crew.users["Omar"])
    assert (await world.acts.submit(crew.users["Omar"], form["id"], {})).ok
    assert await crew.is_hidden(note)


async def test_it_opens_on_top_of_what_is_open_and_takes_the_place_of_a_third(world: World):
    crew = await found(world)
    note = await crew.note("Ben")
    await crew.press_report("Ada", note)
    for many in (2, 3, 3):
        top = walk.modal(world, crew.users["Ada"])["id"]
        await walk.press(
            world, crew.users["Ada"], view_id=top, action_id="moderation.report", value=f"note:{note}", anyway=True
        )
        assert len(world.slack.modals(crew.users["Ada"])) == many
    assert "report a note" in walk.said(walk.modal(world, crew.users["Ada"]))
    form = walk.modal(world, crew.users["Ada"])
    assert (await world.acts.submit(crew.users["Ada"], form["id"], {})).ok
    assert await crew.is_hidden(note)


async def test_reported_twice_by_whomever_it_stays_with_the_first(world: World):
    crew = await found(world)
    note = await crew.note("Ben")
    await crew.press_report("Omar", note)
    late = walk.modal(world, crew.users["Omar"])
    await crew.report("Ada", note, "First")
    for name in ("Ada", "Mia"):
        await crew.press_report(name, note)
        assert "has reported that already" in crew.answer(name)
    reply = await world.acts.submit(crew.users["Omar"], late["id"], {})
    assert "has reported that already" in reply.errors["why"]
    assert len(await crew.reports()) == 1
    assert await crew.reason() == "First"


async def test_a_form_sent_twice_counts_once(world: World):
    crew = await found(world)
    note = await crew.note("Ben")
    await crew.press_report("Ada", note)
    form = walk.modal(world, crew.users["Ada"])
    request = (await world.acts.submit(crew.users["Ada"], form["id"], {})).request
    assert request is not None
    again = await world.acts.resend(request)
    assert again.status == 200
    await crew.settle()
    assert len(await crew.reports()) == 1
    assert len(crew.said_to("Ben")) == 1


async def test_what_cannot_be_reported_is_answered_clearly(world: World):
    crew = await found(world)
    note = await crew.note("Ben")
    await crew.press_report("Ben", note)
    assert "You wrote that yourself" in crew.answer("Ben")
    for value in ("note:1; DROP TABLE reports", "note:999", "goal:1", "note:"):
        await crew.press_report("Ada", note, value=value)
        assert "no longer there" in crew.answer("Ada")
    await crew.take_away(note)
    await crew.press_report("Mia", note)
    assert "no longer there" in crew.answer("Mia")
    async with crew.database.transaction() as session:
        await session.execute(text("UPDATE notes_of_tests SET there = 1, workspace_id = workspace_id + 1"))
    await crew.press_report("Omar", note)
    assert "no longer there" in crew.answer("Omar")
    assert not any(world.slack.modals(user) for user in crew.users.values())
    assert await crew.reports() == []


async def test_guests_and_people_of_other_companies_are_told_whom_to_tell(world: World):
    crew = await found(world)
    note = await crew.note("Ben")
    await crew.change("Omar", lambda session, member: setattr(member, "is_guest", True))
    await crew.press_report("Omar", note)
    assert "Guests can't report from here" in crew.answer("Omar")
    async with crew.database.transaction() as session:
        workspace = await session.get(Workspace, crew.workspace_id)
        assert workspace is not None
        workspace.guests_allowed = True
    assert "It is hidden now" in await crew.report("Omar", note)
    second = await crew.note("Ben", "Another")
    request = (await crew.press_report("Ada", second)).request
    assert request is not None
    request.payload["user"]["team_id"] = "T0SOMEWHERE"
    await world.acts.resend(request)
    assert "people of another one" in crew.answer("Ada")
    assert not await crew.is_hidden(second)
    await crew.change("Mia", lambda session, member: setattr(member, "joined_at", None))
    assert "It is hidden now" in await crew.report("Mia", second), "who can read it can report it"


async def test_five_reports_a_day_are_the_most_and_tomorrow_is_another_day(world: World):
    crew = await found(world, "Ada", "Ben")
    note = await crew.note("Ben")
    yesterday = world.clock() - timedelta(hours=23)
    async with crew.database.transaction() as session:
        for number in range(90, 95):
            filed = (crew.workspace_id, f"note:{number}", 1, crew.ids["Ada"], "", yesterday)
            assert await store.add(session, *filed) is not None
    await crew.press_report("Ada", note)
    assert "five reports within a day" in crew.answer("Ada")
    assert not await crew.is_hidden(note)
    await world.move(hours=1)
    assert "It is hidden now" in await crew.report("Ada", note)


async def test_nobody_judges_what_they_wrote_or_reported(world: World):
    crew = await found(world)
    await crew.moderate("Mia")
    assert "Lea is asked" in await crew.report("Ada", await crew.note("Mia"))
    assert "Lea is asked" in await crew.report("Mia", await crew.note("Ben"))
    assert crew.said_to("Mia")[-1].startswith("*Something you wrote is hidden"), "she is asked about neither"
    assert len(crew.said_to("Lea")) == 2


async def test_where_nobody_else_is_left_who_reported_may_decide_and_who_wrote_it_may_not(world: World):
    crew = await found(world, "Ada", "Ben")
    mine, hers = await crew.note("Ben"), await crew.note("Lea")
    assert "Nobody but you could look at it" in await crew.report("Lea", mine)
    assert crew.said_to("Lea") == []
    assert "stays hidden" in await crew.report("Ada", hers)
    assert "waits for a decision" in walk.said(await crew.home("Lea"))
    page = walk.said(await crew.home("Lea", "reports"))
    assert "One more waits for somebody else" in page
    first, second = await crew.reports()
    await crew.press_home("Lea", "moderation.put_back", value=str(second.id), anyway=True)
    assert await crew.is_hidden(hers)
    await crew.press_home("Lea", "moderation.put_back", value=str(first.id))
    assert not await crew.is_hidden(mine)


async def test_a_new_moderator_is_asked_about_what_waits(world: World):
    crew = await found(world, "Ada", "Ben")
    await crew.report("Ada", await crew.note("Lea"))
    await crew.home("Lea", "settings")
    await crew.press_home("Lea", "moderation.moderators")
    form = walk.modal(world, crew.users["Lea"])
    chosen: dict[str, Any] = {"people": {"moderation.pick": [crew.users["Ben"]]}}
    assert (await world.acts.submit(crew.users["Lea"], form["id"], chosen)).ok
    await crew.settle()
    assert any("A note was reported" in said for said in crew.said_to("Ben"))


async def test_a_moderator_who_leaves_or_is_deactivated_hands_on_what_waits(world: World):
    crew = await found(world)
    await crew.moderate("Mia", "Omar")
    note = await crew.note("Ben")
    await crew.report("Ada", note)
    await crew.change("Mia", lambda session, member: changes.leave(session, member, now=world.clock()))
    (said,) = crew.said_to("Lea")
    assert "The other moderators go on" in said
    await crew.change("Omar", lambda session, member: changes.deactivate(session, member, now=world.clock()))
    assert any("Nobody moderates now" in said for said in crew.said_to("Lea"))
    request = next(each for each in world.messages_to(crew.users["Lea"]) if "was reported" in each["text"])
    await crew.press("Lea", "moderation.keep_hidden", message=request)
    assert (await crew.reports())[0].state == "upheld"


async def test_a_moderator_on_a_pause_is_not_waited_for(world: World):
    crew = await found(world)
    await crew.moderate("Mia")
    tomorrow_in_a_month = world.clock().date().replace(month=4)
    await crew.change("Mia", lambda session, member: changes.pause(member, tomorrow_in_a_month))
    await crew.report("Ada", await crew.note("Ben"))
    assert "A note was reported" in crew.said_to("Lea")[-1]
    await crew.change("Mia", lambda session, member: changes.resume(member) and None)
    await crew.press("Lea", "moderation.put_back")
    assert (await crew.reports())[0].state == "restored", "who was asked may decide, though Mia is back"


async def test_what_no_moderator_decides_is_brought_to_the_leads_after_three_days(any_world: World):
    crew = await found(any_world)
    await crew.moderate("Mia")
    await crew.report("Ada", await crew.note("Ben"))
    await any_world.move(days=2, hours=20)
    assert crew.said_to("Lea") == []
    await any_world.move(hours=8)
    await any_world.move(days=1)
    assert len(crew.said_to("Lea")) == 1
    assert len(crew.said_to("Mia")) == 1, "nobody is asked twice"
