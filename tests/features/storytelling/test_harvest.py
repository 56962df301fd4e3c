"""Right after a session listeners say what they will try; it gathers in the thread, and two weeks later they are asked."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.gatherings import store as gatherings
from bot.gatherings.takeaways import messages, reporting
from bot.gatherings.takeaways import store as takeaways
from bot.gatherings.takeaways import views as asked
from bot.members import private
from bot.members import store as members
from tests.features.storytelling.evening import Company, held, promised, shown
from tests.members import walk
from tests.world import World

SAID = "Ask <!channel> one user & wait"


def gathered(at: Company) -> list[dict[str, Any]]:
    """The posts of the thread on which takeaways stand."""
    return [each for each in at.thread() if "will try" in str(each["text"]) or "taken back" in str(each["text"])]


async def test_what_listeners_will_try_stands_in_the_thread_with_a_way_to_report_it(world: World, golden):
    at, _, tellers = await held(world, "Ada", "Ben", "Cleo")
    listener = next(name for name in ("Ada", "Ben", "Cleo") if name not in tellers)
    golden("storytelling/thread_question", shown(next(each for each in at.thread() if "Thank you" in each["text"])))
    golden("storytelling/takeaway_question", shown(at.message(listener, asked.SAY)))
    for teller in tellers:
        assert not any("has just ended" in each for each in at.texts(teller)), "they are asked for a card instead"
    assert "in a line" in str((await at.will_try(listener, "   ")).errors)
    assert (await at.submit(listener, {"try": SAID})).ok
    (post,) = gathered(at)
    golden("storytelling/gathered", shown(post))
    assert "<!channel>" not in str(post)
    assert SAID not in str(await at.takeaways())


async def test_it_can_be_said_better_and_taken_back_and_said_again(any_world: World):
    at, _, tellers = await held(any_world, "Ada", "Ben", "Cleo")
    name = next(each for each in ("Ada", "Ben", "Cleo") if each not in tellers)
    await at.will_try(name, "Ask one user")
    await at.will_try(name, "Ask two users")
    (post,) = gathered(at)
    assert "Ask two users" in walk.said(post)
    assert "Ask one user" not in walk.said(post)
    await at.click(name, asked.SAY)
    await at.click_in_form(name, asked.TAKE_BACK)
    assert "Taken back" in walk.said(at.form(name))
    assert "Ask two users" not in str(at.thread())
    assert [each.body for each in await at.takeaways()] == [b""], "its words are gone"
    await any_world.acts.close(at.users[name], at.form(name)["id"])
    await at.will_try(name, "Ask three users")
    assert "Ask three users" in walk.said(gathered(at)[0])
    other = next(each for each in at.ids if each not in (name, "Lead"))
    (row,) = await at.takeaways()
    await at.forge(other, asked.TAKE_BACK, str(row.id))
    assert "Ask three users" in walk.said(gathered(at)[0]), "it is nobody else's to take back"


async def test_what_is_reported_leaves_the_thread_and_comes_back_when_a_moderator_says_so(world: World):
    at, _, tellers = await held(world, "Ada", "Ben", "Cleo")
    name = next(each for each in ("Ada", "Ben", "Cleo") if each not in tellers)
    await at.will_try(name, "Ask one user")
    await report(at, name)
    assert "Ask one user" not in str(at.thread())
    assert any("hidden for now: what a listener will try" in each for each in at.texts(name))
    await at.click("Lead", "moderation.put_back")
    await world.move(minutes=1)
    assert "Ask one user" in walk.said(gathered(at)[0])


async def test_what_somebody_said_leaves_with_them_even_while_it_is_hidden(world: World):
    at, _, tellers = await held(world, "Ada", "Ben", "Cleo", "Dan")
    listeners = [each for each in ("Ada", "Ben", "Cleo", "Dan") if each not in tellers]
    for name in listeners[:2]:
        await at.will_try(name, f"Ask {name} first")
    await at.leave(listeners[0])
    await world.move(minutes=1)
    assert [each.state for each in await at.takeaways()] == [takeaways.TAKEN_BACK, takeaways.SHOWN]
    assert f"Ask {listeners[0]} first" not in str(at.thread())
    assert f"Ask {listeners[1]} first" in str(at.thread())
    await world.move(days=15)
    assert not any("Did you try it?" in each for each in at.texts(listeners[0]))


async def test_five_hundred_takeaways_stand_twenty_on_a_post_and_the_posts_are_redrawn_few_times(world: World):
    at, first, _ = await held(world)
    async with at.database.transaction() as session:
        gathering = await gatherings.get(session, at.workspace_id, first.id, lock=True)
        for number in range(500):
            listener = await members.meet(session, at.workspace_id, f"UCROWD{number:05}", name=f"Listener {number}")
            listener.joined_at = listener.seen_at = world.clock()
            said = await takeaways.say(session, gathering, listener.id, f"Thing {number}", now=world.clock())
            await messages.gather(session, gathering, said, now=world.clock())
    calls = len(world.slack.api_calls())
    await world.move(minutes=5)
    posts = gathered(at)
    assert [len(each["blocks"]) for each in posts] == [20] * 25
    assert "Thing 499" in walk.said(posts[-1])
    sent = [each["method"] for each in world.slack.api_calls()[calls:] if each["method"].startswith("chat.")]
    assert len(sent) <= 30


async def test_two_weeks_later_each_is_asked_once_and_the_storys_card_counts_it(world: World, golden):
    at, _, tellers = await held(world, "Ada", "Ben", "Cleo", "Dan", tellers=1)
    listeners = [each for each in ("Ada", "Ben", "Cleo", "Dan") if each not in tellers]
    for name in listeners[:2]:
        await at.will_try(name, f"Ask {name} first")
    await at.click(tellers[0], "storytelling.make_card")
    await world.acts.close(at.users[tellers[0]], at.form(tellers[0])["id"])
    await world.move(days=13)
    assert not any("Did you try it?" in each for each in at.texts(listeners[0]))
    await world.move(days=3)
    golden("storytelling/did_you", shown(at.message(listeners[0], asked.OUTCOMES["yes"])))
    await at.click(listeners[0], asked.OUTCOMES["yes"])
    assert any(each.startswith("It helped.") for each in at.texts(listeners[0]))
    dots = at.message(listeners[1], asked.OUTCOMES["no"])["blocks"][1]["elements"][-1]
    await at.click(listeners[1], asked.OUTCOMES["no"], selected=dots["options"][0]["value"])
    await world.move(days=20)
    assert sum("Did you try it?" in each for each in at.texts(listeners[1])) == 0, "its message shows the answer"
    (card,) = await at.cards()
    assert (card.worked, card.tried) == (1, 2)


async def test_the_week_for_saying_it_ends_and_before_the_session_nobody_can(world: World):
    at, first, tellers = await promised(world)
    name = next(each for each in at.ids if each not in (*tellers, "Lead"))
    assert "not over yet" in await at.refused(name, asked.SAY, str(first.id))
    await world.move_to(first.starts_at + timedelta(days=7, hours=1))
    assert "The week for saying it is over" in await at.refused(name, asked.SAY, str(first.id))


async def test_a_session_without_stories_and_a_crash_in_between_ask_nobody_twice(world: World):
    at, first, _ = await held(world, "Ada", "Ben", "Cleo")
    before = {name: len(at.messages(name)) for name in at.ids}
    async with at.database.transaction() as session:
        (await gatherings.get(session, at.workspace_id, first.id, lock=True)).takeaways_at = world.clock()
    await world.move(minutes=2)
    assert {name: len(at.messages(name)) for name in at.ids} == before
    assert (await at.session()).takeaways_at is None


async def test_a_listener_thanks_those_who_told_from_the_question_or_the_page_and_a_teller_thanks_nobody(world: World):
    at, gathering, tellers = await held(world, "Ada", "Ben", "Cleo", "Dan")
    first, second = [name for name in ("Ada", "Ben", "Cleo", "Dan") if name not in tellers]
    assert "Say thanks" in await at.page(first, gathering)
    assert "Say thanks" not in await at.page(tellers[0], gathering)
    assert "Say thanks" not in await at.page("Lead", gathering), "they did not come"
    await at.click(first, "recognition.give")
    to = [at.users[each] for each in tellers]
    assert (await at.submit(first, {"to": to, "words": "That you said it before it was mended."})).ok
    await world.acts.close(at.users[first], at.form(first)["id"])
    await world.move(days=1)
    for teller in tellers:
        assert any("before it was mended" in str(each) for each in world.messages_to(at.users[teller]))
    assert "Say thanks" not in await at.page(first, gathering), "said once"
    assert "Say thanks" in await at.page(second, gathering)


async def test_what_follows_a_takeaway_that_was_taken_back_unseen_still_stands_in_the_thread(any_world: World):
    at, first, tellers = await held(any_world, "Ada", "Ben", "Cleo", "Dan")
    one, other = [name for name in ("Ada", "Ben", "Cleo", "Dan") if name not in tellers]
    async with at.database.transaction() as session:
        gathering = await gatherings.get(session, at.workspace_id, first.id, lock=True)
        said = await takeaways.say(session, gathering, at.ids[one], "Ask nobody", now=any_world.clock())
        await messages.gather(session, gathering, said, now=any_world.clock())
        said.state = takeaways.TAKEN_BACK
    await any_world.move(minutes=1)
    assert gathered(at) == [], "there was nothing to say"
    await at.will_try(other, "Ask two users")
    await at.will_try(one, "Ask one user")
    assert "Ask two users" in str(gathered(at))
    assert "Ask one user" in str(gathered(at))
    assert len(gathered(at)) == 1


async def test_what_is_hidden_is_not_shown_again_by_taking_it_back_and_saying_it_anew(world: World):
    at, _, tellers = await held(world, "Ada", "Ben", "Cleo")
    name = next(each for each in ("Ada", "Ben", "Cleo") if each not in tellers)
    await at.will_try(name, "Ask one user")
    await report(at, name)
    await at.click(name, asked.SAY)
    await at.click_in_form(name, asked.TAKE_BACK)
    await world.acts.close(at.users[name], at.form(name)["id"])
    await at.click(name, asked.SAY)
    assert (await at.submit(name, {"try": "Ask one user"})).ok
    assert "hidden after a report" in walk.said(at.form(name))
    await world.move(minutes=1)
    assert "Ask one user" not in str(at.thread())
    await at.click("Lead", "moderation.put_back")
    await world.move(minutes=1)
    assert "Ask one user" in str(at.thread())


async def report(at: Company, name: str) -> None:
    """Somebody reports what one listener said, and it is hidden."""
    (row,) = await at.takeaways()
    reader = next(each for each in at.ids if each not in (name, "Lead"))
    await walk.press(
        at.world, at.users[reader], action_id=asked.MORE, selected=f"report:takeaway:{row.id}",
        channel=at.channel, ts=gathered(at)[0]["ts"],
    )  # fmt: skip
    await at.world.acts.submit(at.users[reader], at.form(reader)["id"], {})
    await at.world.move(minutes=1)


async def test_of_two_stories_only_the_one_a_listener_names_counts_whether_it_helped(any_world: World):
    world = any_world
    at, first, tellers = await held(world, "Ada", "Ben", "Cleo", "Dan")
    named, unnamed = [each for each in ("Ada", "Ben", "Cleo", "Dan") if each not in tellers]
    one, other = await at.turns(first, "told")
    await at.click(named, asked.SAY)
    assert (await at.submit(named, {"try": "Ask one user", asked.ABOUT: str(other.id)})).ok
    await world.acts.close(at.users[named], at.form(named)["id"])
    await at.will_try(unnamed, "Ask two users")
    for turn in (one, other):
        await at.click(at.who(turn.member_id), "storytelling.make_card")
        await world.acts.close(at.users[at.who(turn.member_id)], at.form(at.who(turn.member_id))["id"])
    await world.move(days=16)
    for name in (named, unnamed):
        await at.click(name, asked.OUTCOMES["yes"])
    assert {each.source: each.tried for each in await at.cards()} == {f"story:{one.id}": 0, f"story:{other.id}": 1}
    assert any("You named no story" in each for each in at.texts(unnamed))


async def test_after_a_week_without_the_bot_nobody_is_asked_what_they_cannot_say_any_more_but_cards_are_offered(
    world: World,
):
    at, first, tellers = await promised(world)
    listener = next(name for name in at.ids if name not in (*tellers, "Lead"))
    await at.says_yes(listener)
    await world.move_to(first.starts_at - timedelta(minutes=1))
    world.clock.move_to(first.starts_at + timedelta(days=8))
    await world.move(minutes=2)
    assert await at.names(first, "told") == tellers
    assert not any("What will you try?" in each for each in at.texts(listener))
    assert not any("what will you try" in str(each).lower() for each in at.thread())
    for name in tellers:
        assert at.message(name, "storytelling.make_card")


async def test_a_guest_who_came_by_invitation_says_what_they_will_try(world: World):
    at, first, _ = await promised(world)
    at.users["Gus"] = world.person("Gus", tz="Europe/Lisbon", is_restricted=True)
    async with at.database.transaction() as session:
        gus = await members.meet(session, at.workspace_id, at.users["Gus"], name="Gus")
        at.ids["Gus"], gus.is_guest = gus.id, True
        gathering = await gatherings.get(session, at.workspace_id, first.id, lock=True)
        await gatherings.say(session, gathering, gus.id, gatherings.COMING, world.clock())
    await world.move_to(first.starts_at + timedelta(minutes=first.minutes, seconds=60))
    await at.will_try("Gus", "Ask one user")
    assert "*Gus* will try: Ask one user" in walk.said(gathered(at)[0])


async def test_a_teller_who_begins_a_pause_while_they_tell_has_told(world: World):
    at, first, tellers = await promised(world)
    await world.move_to(first.starts_at + timedelta(minutes=5))
    await at.pause(tellers[0], (first.starts_at + timedelta(days=7)).date())
    await world.move(minutes=30)
    assert await at.names(first, "told") == tellers


async def test_what_is_said_while_something_else_is_hidden_stands_alone(any_world: World):
    at, first, tellers = await held(any_world, "Ada", "Ben", "Cleo", "Dan")
    one, other = [name for name in ("Ada", "Ben", "Cleo", "Dan") if name not in tellers]
    await at.will_try(one, "Ask one user")
    (row,) = await at.takeaways()

    async def say() -> None:
        async with at.database.transaction() as session:
            gathering = await gatherings.get(session, at.workspace_id, first.id, lock=True)
            said = await takeaways.say(session, gathering, at.ids[other], "Ask two users", now=any_world.clock())
            await messages.gather(session, gathering, said, now=any_world.clock())

    async def hide() -> None:
        async with at.database.transaction() as session:
            await reporting.hide(session, at.workspace_id, row.id, any_world.clock())

    await asyncio.gather(say(), hide())
    await any_world.move(minutes=1)
    (post,) = gathered(at)
    assert walk.said(post) == f"*{other}* will try: Ask two users\nReport"


async def test_whoever_is_asked_later_than_two_weeks_reads_the_day_and_a_month_later_nobody_is_asked(world: World):
    at, first, tellers = await held(world, "Ada", "Ben", "Cleo", "Dan")
    soon, late = [name for name in ("Ada", "Ben", "Cleo", "Dan") if name not in tellers]
    await at.will_try(soon, "Ask one user")
    world.clock.move_to(first.starts_at + timedelta(days=6))
    await at.will_try(late, "Ask two users")
    world.clock.move_to(first.starts_at + timedelta(days=29))
    await world.move(days=1)
    assert not any("Did you try it?" in each for each in at.texts(soon))
    assert "On Wednesday 1 April you wrote: Ask two users" in at.message(late, asked.OUTCOMES["yes"])["text"]


async def test_whoever_does_not_want_to_be_asked_after_stories_is_not_and_the_page_has_the_way_back(any_world: World):
    at, first, tellers = await held(any_world, "Ada", "Ben", "Cleo", "Dan")
    one, other = [name for name in ("Ada", "Ben", "Cleo", "Dan") if name not in tellers]
    await at.click(one, asked.STOP, selected=str(first.id))
    assert asked.STOPPED in at.texts(one)
    assert "I don't ask you after these sessions" in await at.page(one, first)
    assert "I don't ask you after these sessions" not in await at.page(other, first)
    async with at.database.reading() as session:
        assert await takeaways.not_to_be_asked(session, first, list(at.ids.values())) == {at.ids[one]}
    await at.home(one, f"gathering:{first.id}")
    await at.press_home(one, asked.AGAIN)
    assert "I don't ask you after these sessions" not in await at.page(one, first)


async def test_everybody_in_perennial_says_it_in_the_thread_also_who_did_not_come_and_nobody_else(world: World):
    at, first, tellers = await held(world, "Ada", "Ben")
    away = next(name for name in at.ids if name not in (*tellers, "Ada", "Ben", "Lead"))
    question = next(each for each in at.thread() if "Thank you" in each["text"])
    await walk.press(
        world, at.users[away], action_id=asked.SAY_HERE, value=str(first.id), channel=at.channel, ts=question["ts"]
    )
    assert (await at.submit(away, {"try": "Ask one user"})).ok
    await world.move(minutes=1)
    assert f"*{away}* will try: Ask one user" in walk.said(gathered(at)[0])
    at.users["Zoe"] = world.person("Zoe", tz="Europe/Lisbon")
    async with at.database.transaction() as session:
        at.ids["Zoe"] = (await members.meet(session, at.workspace_id, at.users["Zoe"], name="Zoe")).id
    words = await at.refused("Zoe", asked.SAY_HERE, str(first.id))
    assert "You will" not in words and "One thing" not in words
    assert len(await at.takeaways()) == 1


async def test_a_teller_who_tries_what_they_told_counts_on_no_card_of_their_own(world: World):
    at, first, (teller,) = await held(world, "Ada", "Ben", "Cleo", "Dan", tellers=1)
    question = next(each for each in at.thread() if "Thank you" in each["text"])
    await walk.press(
        world, at.users[teller], action_id=asked.SAY_HERE, value=str(first.id), channel=at.channel, ts=question["ts"]
    )
    assert (await at.submit(teller, {"try": "Ask one user"})).ok
    await world.acts.close(at.users[teller], at.form(teller)["id"])
    await at.click(teller, "storytelling.make_card")
    await world.acts.close(at.users[teller], at.form(teller)["id"])
    await world.move(days=16)
    await at.click(teller, asked.OUTCOMES["yes"])
    assert [(each.worked, each.tried) for each in await at.cards()] == [(0, 0)]


async def test_nobody_is_asked_who_said_it_before_their_question_left(world: World):
    at, first, tellers = await promised(world)
    name = next(each for each in at.ids if each not in (*tellers, "Lead"))
    await at.says_yes(name)
    async with at.database.transaction() as session:
        gathering = await gatherings.get(session, at.workspace_id, first.id, lock=True)
        await takeaways.say(session, gathering, at.ids[name], "Ask one user", now=world.clock())
    await world.move_to(first.starts_at + timedelta(minutes=first.minutes, seconds=60))
    assert not any("What will you try?" in each for each in at.texts(name))
    assert any("What will you try?" in str(each) for each in at.thread())


async def test_words_that_were_sealed_before_there_was_one_way_to_share_are_read(any_world: World):
    at, first, tellers = await held(any_world, "Ada", "Ben", "Cleo")
    name = next(each for each in ("Ada", "Ben", "Cleo") if each not in tellers)
    await at.will_try(name, "Ask one user")
    (row,) = await at.takeaways()
    async with at.database.transaction() as session:
        seal = await private.seal_of(session, at.workspace_id, row.member_id)
        assert seal.open(row.body, f"takeaway:{first.id}") == "Ask one user"
