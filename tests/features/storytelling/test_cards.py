"""A teller leaves a card: drafted from their own page, in their hands until they publish it, then found by others."""

from tests.archive.finding import reading
from tests.features.storytelling.evening import held, promised, shown
from tests.members import walk
from tests.world import World

PAGE = {
    "title": "The launch that nobody could see",
    "broke": "The launch that nobody could see was late by three weeks, and we did not say so.",
    "changed": "We told everybody on Monday what we did not know. The questions became shorter after that.",
    "attempt": "Write down what you don't know before you write the plan.",
}


async def test_a_card_is_drafted_from_the_tellers_page_published_and_found(any_world: World, golden):
    world = any_world
    at, first, (teller,) = await promised(world, tellers=1)
    await at.click(teller, "storytelling.prepare")
    assert not (await at.submit(teller, PAGE)).errors
    await world.acts.close(at.users[teller], at.form(teller)["id"])
    reader = next(name for name in at.ids if name not in (teller, "Lead"))
    await at.says_yes(reader)
    await world.move_to(first.starts_at.replace(hour=16))
    golden("storytelling/offer_card", shown(at.message(teller, "storytelling.make_card")))
    await at.click(teller, "storytelling.make_card")
    form = str(at.form(teller))
    assert "We told everybody on Monday" in form
    assert "Write down what you don't know" in form.replace("\\'", "'")
    assert "archive.search" not in str(await at.home(reader)), "nobody reads it before it is handed in"
    assert (await at.submit(teller, {})).ok
    assert "is in the archive" in walk.said(at.form(teller))
    await world.move(minutes=1)
    await reading.open_form(world, at.users[reader])
    assert PAGE["title"] in await reading.search(world, at.users[reader], "launch")


async def test_a_story_without_a_page_is_written_in_its_form_and_offered_once(world: World, golden):
    at, first, (teller, _) = await held(world)
    golden("storytelling/offer_card_unprepared", shown(at.message(teller, "storytelling.make_card")))
    (mine,) = [each for each in await at.turns(first, "told") if at.who(each.member_id) == teller]
    await at.click(teller, "storytelling.make_card")
    await world.acts.close(at.users[teller], at.form(teller)["id"])
    await at.forge(teller, "storytelling.make_card", str(mine.id))
    await world.acts.close(at.users[teller], at.form(teller)["id"])
    assert len(await at.cards()) == 1
    told = [*await at.names(first, "told"), "Lead"]
    other = next(name for name in at.ids if name not in told)
    await at.refused(other, "storytelling.make_card", str(mine.id))
    assert len(await at.cards()) == 1


async def test_left_told_means_no_card(world: World):
    at, _, (teller, _) = await held(world)
    await at.click(teller, "storytelling.no_card")
    assert "It stays told, and with those who heard it. Thank you." in at.texts(teller)
    assert await at.cards() == []
