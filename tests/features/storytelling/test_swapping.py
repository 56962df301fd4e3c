"""A teller asks somebody to tell in their place."""

from bot.features.storytelling.tellers import store
from tests.features.storytelling.evening import Company, planned, promised, shown
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
