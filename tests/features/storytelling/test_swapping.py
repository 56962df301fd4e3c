"""A teller asks somebody to tell in their place."""

from datetime import date

from bot.features.storytelling.tellers import store
from bot.gatherings import acts
from bot.gatherings.models import Gathering
from tests.features.storytelling.evening import Company, moment, planned, promised, shown
from tests.members import walk
from tests.world import World


async def ask_to_swap(at: Company, name: str, other: str) -> None:
    await at.click(name, "storytelling.swap")
    assert not (await at.submit(name, {"who": at.users[other]})).errors


async def test_a_turn_goes_to_somebody_who_says_yes(world: World, golden):
    at, first, (mine, theirs) = await promised(world, people=4)
    other = next(name for name in at.ids if name not in (mine, theirs, "Lead"))
    await at.click(mine, "storytelling.swap")
    assert "That is you" in str((await at.submit(mine, {"who": at.users[mine]})).errors)
    assert "tell at this session already" in str((await at.submit(mine, {"who": at.users[theirs]})).errors)
    assert (await at.submit(mine, {"who": at.users[other]})).ok
    golden("storytelling/swap", shown(at.message(other, "storytelling.swap_yes")))
    golden("storytelling/swapping", shown(at.message(mine, "storytelling.unswap")))
    await at.click(other, "storytelling.swap_yes")
    assert sorted(await at.names(first, store.ACCEPTED)) == sorted([theirs, other])
    golden("storytelling/swapped", shown(next(each for each in at.messages(mine) if "in your place" in each["text"])))
    assert at.message(other, "storytelling.prepare")


async def test_a_no_leaves_the_turn_where_it_was(world: World):
    at, first, (mine, theirs) = await promised(world, people=4)
    other = next(name for name in at.ids if name not in (mine, theirs, "Lead"))
    await ask_to_swap(at, mine, other)
    await at.click(other, "storytelling.swap_no")
    kept = next(each for each in await at.turns(first, store.ACCEPTED) if at.who(each.member_id) == mine)
    assert kept.swap_with is None
    assert "Swap with somebody" in walk.said(at.message(mine, "storytelling.prepare"))


async def test_a_swap_with_somebody_who_was_asked_anyway_leaves_a_turn_for_the_next(world: World):
    at, first = await planned(world, people=5)
    mine, theirs = await at.names(first, store.ASKED)
    await at.click(mine, "storytelling.accept")
    await ask_to_swap(at, mine, theirs)
    await at.click(theirs, "storytelling.swap_yes")
    assert await at.names(first, store.ACCEPTED) == [theirs]
    assert len(await at.names(first, store.ASKED)) == 1


async def test_whoever_tells_by_now_takes_no_second_turn_and_whoever_left_is_not_waited_for(world: World):
    at, first = await planned(world, people=6)
    mine, theirs = await at.names(first, store.ASKED)
    await at.click(mine, "storytelling.accept")
    await ask_to_swap(at, mine, theirs)
    await at.click(theirs, "storytelling.accept")
    await at.click(theirs, "storytelling.swap_yes")
    assert sorted(await at.names(first, store.ACCEPTED)) == sorted([mine, theirs])
    await at.leave(theirs)
    await world.move(seconds=3)
    kept = next(each for each in await at.turns(first, store.ACCEPTED) if at.who(each.member_id) == mine)
    assert kept.swap_with is None


async def test_whoever_was_asked_to_swap_reads_the_new_date_whether_the_question_had_reached_them_or_not(world: World):
    at, first, (mine, theirs) = await promised(world, people=4)
    other = next(name for name in at.ids if name not in (mine, theirs, "Lead"))
    await world.move_to(moment("2026-03-05T20:00:00"))
    await ask_to_swap(at, mine, other)
    assert not any("in their place" in each for each in at.texts(other)), "it is evening where they are"
    await move_session(at, first, "2026-03-27", "16:00")
    await world.move(days=1)
    assert "Friday 27 March, 16:00" in at.message(other, "storytelling.swap_yes")["text"]
    await move_session(at, first, "2026-03-28", "10:00")
    assert "Saturday 28 March, 10:00" in at.message(other, "storytelling.swap_yes")["text"]
    await at.click(mine, "storytelling.unswap")
    assert any("That is settled" in each for each in at.texts(other))


async def test_whoever_was_asked_before_somebody_else_was_reads_that_it_is_settled(world: World):
    at, first, (mine, theirs) = await promised(world, people=5)
    one, other = [name for name in at.ids if name not in (mine, theirs, "Lead")][:2]
    await ask_to_swap(at, mine, one)
    await at.home(mine, f"gathering:{first.id}")
    await at.press_home(mine, "storytelling.swap")
    assert not (await at.submit(mine, {"who": at.users[other]})).errors
    await world.move(seconds=30)
    assert any("That is settled" in each for each in at.texts(one))
    assert at.message(other, "storytelling.swap_yes")


async def test_whoever_was_asked_to_swap_by_somebody_who_is_away_on_the_new_date_reads_that_it_is_settled(world: World):
    at, first, (mine, theirs) = await promised(world, people=4)
    other = next(name for name in at.ids if name not in (mine, theirs, "Lead"))
    await ask_to_swap(at, mine, other)
    await at.pause(mine, date(2026, 3, 20))
    assert any("in their place" in each for each in at.texts(other))
    await move_session(at, first, "2026-03-18", "16:00")
    assert any("That is settled" in each for each in at.texts(other))


async def move_session(at: Company, session: Gathering, day: str, time: str) -> None:
    await at.home("Lead", f"gathering:{session.id}")
    await at.press_home("Lead", acts.MOVE)
    assert (await at.submit("Lead", {"day": day, "time": time})).ok
    await at.world.move(minutes=1)
