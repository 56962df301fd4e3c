"""An asker's own card: words changed, closed, taken back, opened again, named, merged; and nobody else's to touch."""

from typing import Any

import pytest

from bot.features.questions import store
from bot.features.questions.rules import Words
from tests.features.questions.answering_people import said_to_asker
from tests.features.questions.asking_forms import WORDS, card, dm, fields, hand_in_elsewhere, press, settle
from tests.features.questions.asking_people import ask, joined, kept, member_of, thread_of
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

NEW = "How do I say no to a good client?"


async def mentor_and_asker(world: World, **more: Any) -> tuple[str, str, int]:
    """Hana offers negotiating and is asked by Ana."""
    (hana,) = await joined(world, "Hana", offers=("Negotiating",))
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana, WORDS, skills=("Negotiating",), **more)
    await world.move(hours=2)  # nine in the morning in Lisbon has passed
    assert WORDS in walk.said(world.last_message_to(hana))
    return hana, ana, number


async def words(world: World, number: int) -> Words:
    async with world.bot.database.reading() as session:
        return await store.words_of(session, await kept(world, number))


async def submit(world: World, user: str, **given: Any) -> Any:
    reply = await world.acts.submit(user, walk.modal(world, user)["id"], fields(world, user, **given))
    await settle(world)
    return reply


async def test_new_words_are_read_by_whoever_was_asked(any_world: World):
    hana, ana, number = await mentor_and_asker(any_world)
    assert "*Hana is asked*" in walk.said(card(any_world, ana))
    await press(any_world, ana, "questions.change")
    reply = await submit(any_world, ana, question=NEW, context="The third round.", skills=["Negotiating", "Sales"])
    assert reply.ok and reply.request is not None
    await any_world.acts.resend(reply.request)
    assert await words(any_world, number) == Words(NEW, "The third round.")
    assert (await kept(any_world, number)).version == 2
    assert NEW in walk.said(card(any_world, ana))
    assert NEW in walk.said(any_world.last_message_to(hana))


async def test_of_two_windows_the_second_is_told_and_nothing_is_overwritten_unread(world: World):
    _, ana, number = await mentor_and_asker(world)
    await press(world, ana, "questions.change")
    older = walk.modal(world, ana)
    await press(world, ana, "questions.change")
    assert (await submit(world, ana, question=NEW)).ok
    answer = await hand_in_elsewhere(world, ana, older, question="Words from the older window")
    assert (await words(world, number)).question == NEW
    assert f"> {NEW}" in walk.said(answer["view"])
    again = {**older, **answer["view"]}
    assert await hand_in_elsewhere(world, ana, again, question="Words from the older window") == {}
    assert (await words(world, number)).question == "Words from the older window"


async def test_closed_and_opened_again_with_one_tap_each(world: World):
    hana, ana, number = await mentor_and_asker(world)
    await press(world, ana, "questions.close")
    assert (await kept(world, number)).closing == "asker"
    assert "You closed it" in walk.said(card(world, ana))
    assert "questions.take" not in str(world.last_message_to(hana))
    await press(world, ana, "questions.reopen")
    assert (await kept(world, number)).state == "open"
    await press(world, ana, "questions.close")
    await world.move(days=31)
    await press(world, ana, "questions.reopen")
    assert (await kept(world, number)).state == "closed"
    assert "too long ago" in str(thread_of(world, ana, card(world, ana)))


async def test_taken_back_it_can_be_asked_after_all_for_an_hour_and_an_old_form_changes_nothing(world: World):
    hana, ana, number = await mentor_and_asker(world)
    await press(world, ana, "questions.change")
    await press(world, ana, "questions.withdraw")
    assert "You took it back" in walk.said(card(world, ana))
    assert "questions.take" not in str(world.last_message_to(hana))
    reply = await submit(world, ana, question=NEW)
    assert "This question is over" in str(reply.errors)
    assert (await words(world, number)).question == WORDS
    await press(world, ana, "questions.reopen")
    assert (await kept(world, number)).state == "open"
    await press(world, ana, "questions.withdraw")
    await world.move(hours=1, minutes=1)
    await press(world, ana, "questions.reopen")
    assert (await kept(world, number)).state == "withdrawn"


async def test_nobody_else_changes_it_or_learns_that_it_is_there(world: World):
    _, ana, number = await mentor_and_asker(world, alias="Quiet Heron")
    (eve,) = await joined(world, "Eve")
    await walk.open_home(world, eve)
    for action in ("change", "close", "withdraw", "reopen", "details"):
        for value in (str(number), "999", "'; --"):
            await walk.press(world, eve, action_id=f"questions.{action}", value=value, anyway=True)
            assert "no longer exists" in walk.said(walk.modal(world, eve))
            await world.acts.close(eve, walk.modal(world, eve)["id"])
    assert (await kept(world, number)).state == "open"
    assert (await kept(world, number)).alias == "Quiet Heron"
    assert card(world, ana)


async def test_only_the_asker_shows_their_name_once_they_are_sure_and_everybody_reads_it(any_world: World):
    hana, ana, number = await mentor_and_asker(any_world, alias="Quiet Heron")
    assert "Quiet Heron" in walk.said(any_world.last_message_to(hana))
    await press(any_world, ana, "questions.more", selected=f"name:{number}")
    assert "This cannot be undone" in walk.said(walk.modal(any_world, ana))
    assert (await kept(any_world, number)).alias
    assert (await submit(any_world, ana)).ok
    row = await kept(any_world, number)
    assert (row.alias, row.asker_id) == ("", (await member_of(any_world, ana)).id)
    shown = walk.said(any_world.last_message_to(hana))
    assert "Ana" in shown and "Quiet Heron" not in shown
    assert "Show my name" not in str(card(any_world, ana))


async def test_merged_it_goes_on_in_the_other_thread_and_comes_out_again_within_the_hour(any_world: World):
    world = any_world
    hana, ben, number = await mentor_and_asker(world)
    (ana,) = await joined(world, "Cleo")
    await ask(world, hana, "How do I bake bread?", audience=f"mentor:{(await member_of(world, ben)).id}")
    mine = await ask(world, ana, "Saying no to a client, how?")
    await settle(world)
    await press(world, ana, "questions.more", selected=f"merge:{mine}")
    form = walk.modal(world, ana)
    assert [each["value"] for each in form["blocks"][0]["element"]["options"]] == [str(number)]
    assert (await submit(world, ana, into=str(number))).ok
    row = await kept(world, mine)
    assert (row.state, row.merged_into_id) == ("merged", number)
    assert f"*{WORDS}*" in walk.said(card(world, ana))
    answer = await writing.reply_to(world, hana, world.last_message_to(hana), "Name the cost first.")
    assert answer
    assert "Name the cost first." in " ".join(said_to_asker(world, ana))
    await press(world, ana, "questions.reopen")
    row = await kept(world, mine)
    assert (row.state, row.merged_into_id) == ("open", None)


async def test_it_merges_into_nothing_that_is_over_or_not_for_them(world: World):
    hana, ben, number = await mentor_and_asker(world)
    (ana,) = await joined(world, "Cleo")
    mine = await ask(world, ana, "Saying no to a client, how?")
    await settle(world)
    await press(world, ana, "questions.more", selected=f"merge:{mine}")
    async with world.bot.database.transaction() as session:
        other = await store.get(session, (await member_of(world, ben)).workspace_id, number, lock=True)
        other.audience = f"mentor:{(await member_of(world, hana)).id}"
    reply = await submit(world, ana, into=str(number))
    assert "nothing was merged" in str(reply.errors)
    assert (await kept(world, mine)).state == "open"
    await press(world, ana, "questions.more", selected=f"merge:{mine}")
    assert "No open question asks something close" in walk.said(walk.modal(world, ana))


@pytest.mark.parametrize("pressed", ["questions.withdraw", "questions.close"])
async def test_nobody_is_left_behind_in_a_question_that_ends_without_an_answer(any_world: World, pressed: str):
    world = any_world
    _, ben, number = await mentor_and_asker(world)
    (cleo,) = await joined(world, "Cleo")
    mine = await ask(world, cleo, "Saying no to a client, how?", skills=("Negotiating",))
    await settle(world)
    await press(world, cleo, "questions.more", selected=f"merge:{mine}")
    assert (await submit(world, cleo, into=str(number))).ok
    await world.move(days=1)
    await press(world, ben, pressed)
    row = await kept(world, mine)
    assert (row.state, row.merged_into_id) == ("open", None)
    assert "so yours goes on by itself" in " ".join(said_to_asker(world, cleo))
    await world.move(hours=2)
    assert "*Hana is asked*" in walk.said(card(world, cleo))


async def test_one_that_was_quiet_for_weeks_ends_for_everybody_who_waited_in_it(world: World):
    (ben, cleo) = await joined(world, "Ben", "Cleo")
    number, mine = await ask(world, ben, WORDS), await ask(world, cleo, WORDS)
    await settle(world)
    await press(world, cleo, "questions.more", selected=f"merge:{mine}")
    assert (await submit(world, cleo, into=str(number))).ok
    await world.move(days=29)
    assert [(await kept(world, each)).closing for each in (number, mine)] == ["quiet", "quiet"]
    assert "Nobody here had an answer" in " ".join(said_to_asker(world, cleo))
    assert "Open again" in str(card(world, cleo))


async def test_what_was_for_one_person_is_never_merged_where_others_would_read_its_answers(world: World):
    hana, ben, number = await mentor_and_asker(world)
    (cleo,) = await joined(world, "Cleo")
    mine = await ask(world, cleo, WORDS, audience=f"mentor:{(await member_of(world, hana)).id}")
    await settle(world)
    await world.move(minutes=1)
    assert "merge:" not in str(card(world, cleo))
    old = await ask(world, cleo, WORDS)  # a form that was drawn before
    await settle(world)
    await press(world, cleo, "questions.more", selected=f"merge:{old}")
    async with world.bot.database.transaction() as session:
        row = await store.get(session, (await member_of(world, ben)).workspace_id, old, lock=True)
        row.audience = (await kept(world, mine)).audience
    reply = await submit(world, cleo, into=str(number))
    assert "so it goes on by itself" in str(reply.errors)
    assert (await kept(world, old)).state == "open"


async def test_where_nobody_is_found_the_choice_in_the_thread_gives_way_to_what_was_chosen(world: World):
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana)
    await world.move(minutes=1)
    line = thread_of(world, ana, card(world, ana))[-1]
    assert "I found nobody" in line["text"]
    assert "I found nobody for this so far" in walk.said(card(world, ana))
    await walk.press(world, ana, channel=dm(world, ana), ts=line["ts"], action_id="questions.close")
    await settle(world)
    assert (await kept(world, number)).state == "closed"
    shown = thread_of(world, ana, card(world, ana))
    assert "You closed it." in [each["text"] for each in shown if each["ts"] == line["ts"]]


async def test_closed_on_its_card_no_line_of_the_thread_offers_what_is_settled(world: World):
    (ana,) = await joined(world, "Ana")
    await ask(world, ana)
    await world.move(minutes=1)
    assert "questions.again" in str(thread_of(world, ana, card(world, ana)))
    await press(world, ana, "questions.close")
    shown = thread_of(world, ana, card(world, ana))
    assert "questions.again" not in str(shown)
    assert "I found nobody for this so far" in walk.said(shown[-1])


async def test_no_second_opinion_is_offered_once_it_is_closed(world: World):
    hana, ana, number = await mentor_and_asker(world, alias="Quiet Heron")
    await walk.press(
        world, hana, channel=dm(world, hana), ts=world.last_message_to(hana)["ts"], action_id="questions.take"
    )
    await settle(world)
    assert "questions.second" in str(thread_of(world, ana, card(world, ana)))
    await press(world, ana, "questions.close")
    assert (await kept(world, number)).state == "closed"
    shown = thread_of(world, ana, card(world, ana))
    assert "questions.second" not in str(shown)
    assert "*Hana took it.*" in [walk.said(each) for each in shown]


async def test_home_shows_the_clock_and_opens_the_card_with_its_buttons(world: World):
    _, ana, number = await mentor_and_asker(world)
    home = walk.said(await walk.open_home(world, ana))
    assert "Asked two hours ago, Hana has until" in home
    await walk.press(world, ana, action_id="questions.details")
    assert "*Hana is asked*" in walk.said(walk.modal(world, ana))
    await walk.press(world, ana, action_id="questions.close", view_id=walk.modal(world, ana)["id"])
    await settle(world)
    assert "You closed it" in walk.said(walk.modal(world, ana))
    assert (await kept(world, number)).state == "closed"
    await walk.press(world, ana, action_id="members.go", value="questions", anyway=True)
    await settle(world)
    page = walk.said(walk.look(world, ana))
    assert "Closed on Monday 2 March, without an answer" in page
