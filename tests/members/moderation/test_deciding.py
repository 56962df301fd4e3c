"""Moderators put back or keep hidden; everybody concerned hears; the second of two reads what the first decided."""

import asyncio
import re

from bot.members import changes
from bot.members.moderation import store
from tests.members import walk
from tests.members.moderation.crew import WORDS, Crew, found
from tests.world import World


async def asked(world: World, *names: str) -> tuple[Crew, int]:
    """Ada reported Ben's note, and Mia and Omar are asked to look at it."""
    crew = await found(world, *names)
    await crew.moderate("Mia", "Omar")
    note = await crew.note("Ben")
    await crew.report("Ada", note, "Rude")
    return crew, note


async def test_put_back_it_is_there_again_and_writer_reporter_and_moderators_hear(world: World):
    crew, note = await asked(world)
    await crew.press("Mia", "moderation.put_back")
    assert not await crew.is_hidden(note)
    assert "Something you wrote is back where it was: a note" in crew.said_to("Ben")[-1]
    assert "What you reported is back" in crew.said_to("Ada")[-1]
    assert "talk to Mia and Omar" in crew.said_to("Ada")[-1]
    for name in ("Mia", "Omar"):
        (only,) = crew.said_to(name)
        assert "put back by Mia" in only
        assert WORDS not in only, "what was decided needs no words of anybody's"
    (report,) = await crew.reports()
    assert (report.state, report.decided_by) == ("restored", crew.ids["Mia"])


async def test_kept_hidden_it_stays_away_and_can_be_put_back_for_thirty_days(world: World):
    crew, note = await asked(world)
    await crew.press("Omar", "moderation.keep_hidden")
    assert await crew.is_hidden(note)
    assert "Something you wrote stays hidden: a note" in crew.said_to("Ben")[-1]
    assert "talk to Mia and Omar" in crew.said_to("Ben")[-1]
    assert "What you reported stays hidden" in crew.said_to("Ada")[-1]
    await crew.press_report("Lea", note)
    assert "it stays hidden" in crew.answer("Lea")
    await crew.age_decision(days=30, minutes=1)
    await crew.press("Mia", "moderation.turn_round")
    assert await crew.is_hidden(note), "that was too long ago"
    assert "moderation.turn_round" not in str(await crew.home("Mia", "reports"))
    await crew.age_decision(days=-1)
    await crew.home("Mia", "reports")
    await crew.press_home("Mia", "moderation.turn_round")
    assert not await crew.is_hidden(note)
    assert "is back where it was" in crew.said_to("Ben")[-1]
    assert "put back by Mia" in crew.said_to("Omar")[-1]


async def test_of_two_who_decide_at_once_the_second_reads_what_the_first_decided(any_world: World):
    crew, note = await asked(any_world)
    messages = {name: any_world.last_message_to(crew.users[name]) for name in ("Mia", "Omar")}
    await asyncio.gather(
        any_world.acts.click(
            crew.users["Mia"], action_id="moderation.put_back", channel=crew.dm("Mia"), ts=messages["Mia"]["ts"]
        ),
        any_world.acts.click(
            crew.users["Omar"], action_id="moderation.keep_hidden", channel=crew.dm("Omar"), ts=messages["Omar"]["ts"]
        ),
    )
    await crew.settle()
    (report,) = await crew.reports()
    first, second = ("Mia", "Omar") if report.state == "restored" else ("Omar", "Mia")
    assert report.decided_by == crew.ids[first]
    assert await crew.is_hidden(note) == (report.state == "upheld")
    decided = "put it back" if report.state == "restored" else "decided to keep it hidden"
    assert any(f"{first} has {decided} meanwhile" in said for said in crew.said_to(second))
    assert len([said for said in crew.said_to("Ben") if "you wrote" in said]) == 2, "hidden, and one decision"


async def test_put_back_it_may_be_reported_anew_by_somebody_else(world: World):
    crew, note = await asked(world)
    await crew.press("Mia", "moderation.put_back")
    await crew.press_report("Ada", note)
    assert "it was put back after a look at it" in crew.answer("Ada")
    assert "It is hidden now" in await crew.report("Lea", note, "Still rude")
    assert [(each.round, each.state) for each in await crew.reports()] == [(1, "restored"), (2, "open")]
    assert "Still rude" in crew.said_to("Omar")[-1]
    await crew.press("Omar", "moderation.keep_hidden")
    assert await crew.is_hidden(note)


async def test_nobody_else_decides_wherever_a_button_comes_from(world: World):
    crew, note = await asked(world)
    (report,) = await crew.reports()
    for name in ("Ada", "Ben", "Lea"):
        assert "for moderators" in walk.said(await crew.home(name, "reports"))
        for action in ("moderation.put_back", "moderation.keep_hidden", "moderation.turn_round", "tests.close"):
            value = f"note:{note}" if action == "tests.close" else str(report.id)
            await walk.press(world, crew.users[name], action_id=action, value=value, anyway=True)
    await crew.home("Mia")
    for value in ("999", "x", ""):
        await walk.press(world, crew.users["Mia"], action_id="moderation.put_back", value=value, anyway=True)
    await crew.settle()
    assert (await crew.reports())[0].state == "open"
    assert await crew.is_hidden(note)


async def test_a_moderator_who_is_one_no_longer_decides_nothing_more(world: World):
    crew, note = await asked(world)
    message = world.last_message_to(crew.users["Mia"])
    await crew.home("Mia", "reports")
    await crew.press_home("Mia", "moderation.step_down")
    assert "Mia no longer moderates" in crew.said_to("Lea")[-1]
    await crew.press("Mia", "moderation.put_back", message=message)
    assert await crew.is_hidden(note)
    await crew.press("Omar", "moderation.put_back")
    assert not await crew.is_hidden(note)


async def test_a_features_own_button_stands_in_the_message_and_decides(world: World):
    crew, note = await asked(world)
    await crew.press("Mia", "tests.close")
    assert (await crew.reports())[0].state == "upheld"
    assert "kept hidden by Mia" in crew.said_to("Omar")[-1]
    await crew.home("Omar")
    await crew.press_home("Omar", "tests.close", value=f"note:{note}", anyway=True)
    assert "decided already" in walk.said(walk.modal(world, crew.users["Omar"]))


async def test_what_was_taken_away_meanwhile_needs_no_decision(world: World):
    crew, note = await asked(world)
    await crew.take_away(note)
    page = walk.said(await crew.home("Mia", "reports"))
    assert "taken away since" in page
    await crew.press_home("Mia", "moderation.keep_hidden")
    assert (await crew.reports())[0].state == "gone"
    assert len(crew.said_to("Ben")) == 1, "nothing was decided about it"
    assert "taken away before anybody decided" in walk.said(await crew.home("Mia", "reports"))


async def test_neither_the_table_nor_a_message_names_whoever_hides_behind_an_alias_or_reports(world: World):
    crew = await found(world)
    await crew.report("Ada", await crew.note(None))
    assert "Whoever wrote it is not named" in crew.said_to("Lea")[-1]
    assert "No reason was given" in crew.said_to("Lea")[-1]
    await crew.report("Ada", await crew.note("Ben"), "kanarienvogel")
    report = (await crew.reports())[-1]
    assert re.fullmatch("[0-9a-f]+", report.reporter)
    assert b"kanarienvogel" not in report.reason
    assert "kanarienvogel" in crew.said_to("Lea")[-1]
    await crew.change("Ada", lambda session, member: changes.leave(session, member, now=world.clock()))
    await crew.press("Lea", "moderation.put_back")
    assert crew.said_to("Ada") == [], "who reported it has left"


async def test_the_last_twenty_decisions_are_logged_and_the_page_fits(world: World):
    crew = await found(world, "Ada", "Ben", "Mia")
    await crew.moderate("Mia")
    async with crew.database.transaction() as session:
        for number in range(1, 36):
            report = await store.add(
                session, crew.workspace_id, f"note:{number}", 1, crew.ids["Ada"], "", world.clock()
            )
            assert report is not None
            if number <= 23:
                report.state, report.decided_at, report.decided_by = "upheld", world.clock(), crew.ids["Mia"]
    page = await crew.home("Mia", "reports")
    assert len(page["blocks"]) <= 100
    assert walk.said(page).count("kept hidden by Mia") == 20
    assert "And four more" in walk.said(page)


async def test_what_nobody_decides_is_asked_about_every_week_three_times_and_then_no_more(world: World):
    crew, _ = await asked(world)
    for weeks in range(6):
        said = [each for each in crew.said_to("Mia") if "A note was reported" in each]
        assert len(said) == 1 + min(weeks, 3)
        assert ("write no more about it" in said[-1]) == (weeks >= 3)
        await world.move(days=10 if weeks == 0 else 7)
    leads = [each for each in crew.said_to("Lea") if "A note was reported" in each]
    assert len(leads) == 4, "asked after three days, and again like everybody"
    page = walk.said(await crew.home("Mia", "reports"))
    assert "I have asked about this every week, and write no more about it. It stays hidden until somebody" in page
    await crew.press("Mia", "moderation.put_back")
    await world.move(minutes=3)
    assert ["put back by Mia" in each for each in crew.said_to("Mia")] == [True] * 4, "every message follows"
