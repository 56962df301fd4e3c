"""Tellers are asked in turn, say yes or no, and the host hears in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.features.storytelling.tellers import store
from bot.gatherings import acts
from bot.members.models import Member, Workspace
from tests.features.storytelling.evening import Company, company, moment, planned, promised, shown
from tests.members import walk
from tests.world import World


async def test_a_session_is_planned_and_its_tellers_are_asked_at_once(any_world: World):
    at, first = await planned(any_world)
    assert first.starts_at == moment("2026-03-26T15:00:00")
    asked = await at.names(first, store.ASKED)
    assert len(asked) == 2
    assert all(at.message(name, "storytelling.accept")["text"].startswith("Would you tell a story?") for name in asked)


async def test_a_no_asks_the_next_and_a_yes_gives_a_seat_and_a_name_on_the_post(world: World, golden):
    at, first = await planned(world)
    no, yes = await at.names(first, store.ASKED)
    golden("storytelling/asked", shown(at.message(no, "storytelling.accept")))
    await at.click(no, "storytelling.decline")
    golden("storytelling/declined", shown(at.last(no)))
    assert len(await at.names(first, store.ASKED)) == 2
    await at.click(yes, "storytelling.accept")
    golden("storytelling/promised", shown(at.message(yes, "storytelling.prepare")))
    assert await at.names(first, store.ACCEPTED) == [yes]
    assert f"Told by {yes}." in walk.said(at.posts()[0])
    assert "You come." in await at.page(yes, first)


async def test_somebody_who_does_not_answer_is_let_go_without_reproach_and_can_still_say_yes(world: World, golden):
    at, first = await planned(world, people=3)
    name, _ = await at.names(first, store.ASKED)
    await world.move(days=3, minutes=5)
    assert name in await at.names(first, store.LAPSED)
    golden("storytelling/lapsed", shown(at.message(name, "storytelling.after_all")))
    await at.click(name, "storytelling.after_all")
    assert await at.names(first, store.ACCEPTED) == [name]


async def test_the_host_hears_with_choices_once_nobody_is_left_to_ask(world: World, golden):
    at, first = await planned(world, people=2)
    yes, no = await at.names(first, store.ASKED)
    await at.click(yes, "storytelling.accept")
    await at.click(no, "storytelling.decline")
    assert "storytelling" not in str(at.messages("Lead")), "people may be joining still"
    await world.move(days=1)
    golden("storytelling/lacking", shown(at.message("Lead", "storytelling.go_on")))
    await at.click("Lead", "storytelling.go_on")
    story = await at.story(first)
    assert (story.wanted, story.due_at) == (1, None)
    assert "It goes on with one story. Nobody else is asked." in at.texts("Lead")


async def test_five_days_before_the_host_hears_that_somebody_is_still_thinking(world: World, golden):
    at = await company(world, people=9, weeks_ahead=2)
    await world.move_to(moment("2026-03-21T16:00:00"))
    first = await at.session()
    assert await at.names(first, store.ASKED) != []
    golden("storytelling/lacking_late", shown(at.message("Lead", "storytelling.invite")))


async def test_a_session_two_days_ahead_asks_nobody_who_could_not_prepare_and_tells_the_host_at_once(world: World):
    await world.move_to(moment("2026-03-24T14:00:00"))
    at = await company(world)
    await world.move(minutes=5)
    first = await at.session()
    assert await at.turns(first) == []
    assert "No story is promised." in at.message("Lead", "storytelling.invite")["text"]


async def test_whom_the_host_invites_hears_who_thought_of_them_and_a_no_comes_back_to_the_host(world: World, golden):
    at, first = await planned(world, people=2)
    for name in await at.names(first, store.ASKED):
        await at.click(name, "storytelling.decline")
    await world.move(days=1)
    before = len(at.texts("Lead"))
    await at.click("Lead", "storytelling.invite")
    assert (await at.submit("Lead", {"who": at.users["Ada"]})).ok
    golden("storytelling/invited", shown(at.message("Ada", "storytelling.accept")))
    assert len(at.messages("Ada")) == 2, "asked anew, not hidden in the old message"
    await at.click("Lead", "storytelling.invite")
    assert "asked already" in str((await at.submit("Lead", {"who": at.users["Ada"]})).errors)
    await at.click("Ada", "storytelling.decline")
    assert len(at.texts("Lead")) == before + 1
    assert "Who should tell" not in await at.refused("Ben", "storytelling.invite", str(first.id))


async def test_a_teller_who_is_deactivated_the_day_before_is_missed_in_time(world: World):
    at, first, tellers = await promised(world, people=2)
    await world.move_to(first.starts_at - timedelta(days=1))
    world.slack.update_user(at.users[tellers[0]], deleted=True)
    await world.move(minutes=5)
    assert await at.names(first, store.STEPPED_BACK) == [tellers[0]]
    assert "One of two stories is promised" in at.message("Lead", "storytelling.go_on")["text"]


async def test_a_teller_who_pauses_until_the_day_tells_and_one_who_pauses_over_it_is_replaced(world: World):
    at, first, tellers = await promised(world, people=4)
    await at.pause(tellers[0], date(2026, 3, 26))
    await at.pause(tellers[1], date(2026, 3, 27))
    await world.move(seconds=10)
    assert await at.names(first, store.ACCEPTED) == [tellers[0]]
    assert await at.names(first, store.STEPPED_BACK) == [tellers[1]]
    assert len(await at.names(first, store.ASKED)) == 1


async def test_a_teller_who_says_at_the_post_that_they_cannot_come_is_not_announced_any_more(world: World):
    at, first, tellers = await promised(world, people=3)
    post = at.posts()[0]
    await walk.press(world, at.users[tellers[0]], action_id=acts.CANNOT, channel=at.channel, ts=post["ts"])
    await world.move(seconds=10)
    assert await at.names(first, store.STEPPED_BACK) == [tellers[0]]
    assert len(await at.names(first, store.ASKED)) == 1
    assert f"Told by {tellers[1]}." in walk.said(at.posts()[0])


async def test_nobody_is_asked_for_two_sessions_at_once_nor_for_the_one_beside_theirs(world: World):
    at, first = await planned(world, people=10)
    thinking = await at.names(first, store.ASKED)
    await at.click(thinking[0], "storytelling.accept")
    await world.move_to(moment("2026-03-19T15:01:00"))
    second = await at.session(1)
    busy = {*await at.names(first, store.ASKED), *await at.names(first, store.ACCEPTED)}
    assert busy
    asked = await at.names(second, store.ASKED)
    assert asked
    assert not busy & set(asked)
    assert (await at.forge(thinking[0], "storytelling.sign_up", str(second.id))).ok
    assert thinking[0] not in await at.names(second, store.ACCEPTED)


async def test_two_programs_on_one_day_ask_different_people(any_world: World):
    at = await company(any_world)
    await at.begin_program()
    await any_world.move_to(moment("2026-03-05T15:01:00"))
    one, other = await at.sessions()
    asked = [*await at.names(one, store.ASKED), *await at.names(other, store.ASKED)]
    assert len(set(asked)) == len(asked) == 4


async def test_whoever_has_a_story_signs_up_on_the_page_until_all_are_promised(world: World):
    at, first = await planned(world, people=6)
    asked = await at.names(first, store.ASKED)
    others = [name for name in at.ids if name not in (*asked, "Lead")]
    for name in others[:3]:
        assert ("A story is still wanted" in await at.page(name, first)) == (name != others[2])
        await at.forge(name, "storytelling.sign_up", str(first.id))
        await world.move(seconds=3)
    assert await at.names(first, store.ACCEPTED) == others[:2]
    assert await at.names(first, store.OVER) == asked, "nobody thinks about what is found"


async def test_whoever_joins_after_it_was_planned_can_still_be_asked(world: World):
    at, first = await planned(world, people=1)
    assert await at.names(first, store.ASKED) == ["Ada"]
    world.person("Mona", tz="Europe/Lisbon")
    await walk.join(world, world.users["Mona"])
    at.users["Mona"], at.ids["Mona"] = world.users["Mona"], (await walk.member(world, world.users["Mona"])).id
    await at.forge("Mona", "programs.join", str(at.program_id))
    await world.move(seconds=6)
    assert await at.names(first, store.ASKED) == ["Ada", "Mona"]


async def test_whoever_leaves_the_program_is_asked_no_more(world: World):
    at, first = await planned(world, people=3)
    name, _ = await at.names(first, store.ASKED)
    await at.forge(name, "programs.leave", str(at.program_id))
    await world.move(seconds=3)
    assert await at.names(first, store.DECLINED) == [name]
    assert len(await at.names(first, store.ASKED)) == 2


async def test_nobody_else_can_answer_for_a_teller(world: World):
    at, first = await planned(world)
    mine, theirs = await at.turns(first, store.ASKED)
    await at.click(at.who(theirs.member_id), "storytelling.accept", value=str(mine.id))
    assert await at.turns(first, store.ACCEPTED) == []


@pytest.mark.parametrize("value", ["", "x", "99999999999999", "٣"])
async def test_values_that_are_none_of_ours_change_nothing(world: World, value: str):
    at, first = await planned(world)
    name, _ = await at.names(first, store.ASKED)
    reply = await at.click(name, "storytelling.accept", value=value)
    assert reply.status == 200
    assert await at.turns(first, store.ACCEPTED) == []


async def test_whoever_signs_up_before_the_question_reached_them_reads_of_their_turn_at_once(world: World):
    at = await company(world)
    await in_the_evening(at)
    await world.move_to(moment("2026-03-05T15:01:00"))
    first = await at.session()
    name, _ = await at.names(first, store.ASKED)
    assert about_telling(at, name) == [], "their hours have not begun"
    await at.forge(name, "storytelling.sign_up", str(first.id))
    await world.move(seconds=6)
    assert at.message(name, "storytelling.prepare")
    assert len(about_telling(at, name)) == 1


async def test_whoever_was_let_go_before_the_question_reached_them_can_sign_up_later_and_reads_of_it(any_world: World):
    at = await company(any_world)
    await in_the_evening(at)
    await any_world.move_to(moment("2026-03-05T15:01:00"))
    first = await at.session()
    asked = await at.names(first, store.ASKED)
    others = [name for name in at.ids if name not in (*asked, "Lead")]
    for name in others[:2]:
        await at.forge(name, "storytelling.sign_up", str(first.id))
    await any_world.move(days=1)
    assert await at.names(first, store.OVER) == asked
    assert about_telling(at, asked[0]) == [], "they were never asked, so nothing is over for them"
    await at.click(others[0], "storytelling.step_back")
    await at.forge(asked[0], "storytelling.sign_up", str(first.id))
    await any_world.move(seconds=6)
    assert asked[0] in await at.names(first, store.ACCEPTED)
    assert len(about_telling(at, asked[0])) == 1
    await at.click(asked[0], "storytelling.step_back")
    (said,) = about_telling(at, asked[0])
    assert "You step back" in said, "the same message says it"


def about_telling(at: Company, name: str) -> list[str]:
    """What somebody has read of their turn."""
    return [
        str(each["text"])
        for each in at.messages(name)
        if "a story" in str(each["text"]) or "step back" in str(each["text"])
    ]


async def in_the_evening(at: Company) -> None:
    """Everybody works in the evening, some hours after the first session is planned."""
    async with at.database.transaction() as session:
        await session.execute(update(Member).values(hours_start=18 * 60, hours_end=22 * 60))


async def test_whoever_pauses_over_a_session_they_were_only_asked_for_steps_back_from_nothing(world: World):
    at, first = await planned(world, people=2)
    yes, asked = await at.names(first, store.ASKED)
    await at.click(yes, "storytelling.accept")
    await world.move(days=1)
    told = len(at.texts("Lead"))
    await at.pause(asked, date(2026, 3, 27))
    await world.move(minutes=1)
    assert await at.names(first, store.DECLINED) == [asked]
    assert len(at.texts("Lead")) == told + 1, "nobody is left to ask"


async def test_the_host_who_heard_that_somebody_is_thinking_hears_when_nobody_is_any_more(world: World):
    at = await company(world, people=1, weeks_ahead=1, tellers=1)
    await world.move_to(moment("2026-03-19T15:01:00"))
    first = await at.session()
    await world.move_to(first.starts_at - timedelta(days=5) + timedelta(minutes=1))
    assert await at.names(first, store.ASKED) == ["Ada"]
    thinking = [each for each in at.messages("Lead") if "still thinking" in str(each)]
    assert len(thinking) == 1
    await at.click("Ada", "storytelling.decline")
    left = [each for each in at.messages("Lead") if "nobody left to ask" in str(each)]
    assert len(left) == 1


async def test_a_teller_whose_pause_a_session_is_moved_into_is_replaced(world: World):
    at, first, tellers = await promised(world, people=4)
    async with at.database.transaction() as session:
        member = await session.get_one(Member, at.ids[tellers[0]])
        member.paused_until = date(2026, 3, 20)
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", acts.MOVE)
    assert (await at.submit("Lead", {"day": "2026-03-18", "time": "16:00"})).ok
    await world.move(minutes=1)
    assert await at.names(first, store.ACCEPTED) == [tellers[1]]
    assert len(await at.names(first, store.ASKED)) == 1


async def test_nobody_is_let_go_or_asked_while_the_workspace_is_without_perennial(world: World):
    at, first = await planned(world)
    asked = await at.names(first, store.ASKED)
    async with at.database.transaction() as session:
        (await session.get_one(Workspace, at.workspace_id)).state = "uninstalled"
    await world.move(days=4)
    assert await at.names(first) == asked
    assert await at.names(first, store.ASKED) == asked
    async with at.database.transaction() as session:
        (await session.get_one(Workspace, at.workspace_id)).state = "active"
    await world.move(minutes=1)
    assert await at.names(first, store.LAPSED) == asked


async def test_nobody_waits_for_somebody_whom_the_question_would_not_reach_before_the_session(world: World):
    at, first, (mine, theirs) = await promised(world, people=4)
    away = next(name for name in at.ids if name not in (mine, theirs, "Lead"))
    await at.pause(away, date(2026, 3, 28))
    await at.click(mine, "storytelling.swap")
    assert "would not reach them" in str((await at.submit(mine, {"who": at.users[away]})).errors)
    await world.acts.close(at.users[mine], at.form(mine)["id"])
    await at.click(theirs, "storytelling.step_back")
    await at.home("Lead", f"gathering:{first.id}")
    await at.press_home("Lead", "storytelling.invite")
    assert "would not reach them" in str((await at.submit("Lead", {"who": at.users[away]})).errors)
    assert away not in await at.names(first)
