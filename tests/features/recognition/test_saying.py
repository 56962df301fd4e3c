"""Somebody says thanks; whom it reaches, what the form refuses, and what becomes of it."""

from datetime import timedelta

import pytest

from bot.features.recognition import rules
from bot.members import private
from tests.features.goals.people import found
from tests.features.recognition import thanking
from tests.features.recognition.thanking import WORDS, choose, hand_in, kept, offers, open_form, texts, thank
from tests.members import walk
from tests.world import World


async def test_words_reach_whom_they_are_for_and_nobody_else(world: World):
    people = await found(world, "Ada", "Ben", "Cleo")
    await world.move(hours=2)
    await thank(people, "Ada", "Ben", words="Your <!here> page saved me a week")
    message = people.last("Ben")
    assert message["text"] == "Ada thanks you: Your &lt;!here&gt; page saved me a week"
    assert "Only the two of you can read this" in texts(message)
    assert "recognition.share" not in str(message), "nobody agreed to share it, so nothing is asked"
    assert people.messages("Cleo") == people.messages("Ada") == []


async def test_it_waits_for_their_hours_and_their_pause(world: World):
    people = await found(world)
    await world.move(hours=12)
    await thank(people, "Ada", "Ben")
    assert people.messages("Ben") == []
    await world.move(hours=13, minutes=10)
    assert "Ada thanks you" in people.last("Ben")["text"]


async def test_one_skill_they_offer_can_be_endorsed_with_what_was_seen(world: World):
    people = await found(world)
    await offers(people, "Ben", "Negotiation", "SQL")
    await world.move(hours=2)
    await open_form(people, "Ada")
    assert "skill you saw" not in texts(people.form("Ada"))
    await choose(people, "Ada", "Ben")
    assert "A skill you saw at work" in texts(people.form("Ada"))
    reply = await hand_in(people, "Ada", ["Ben"], WORDS, skill="negotiation")
    assert "evidence" in reply.errors
    reply = await hand_in(people, "Ada", ["Ben"], WORDS, skill="negotiation", evidence="Kept three teams in a room")
    assert reply.ok
    assert "Ada saw your *Negotiation* at work" in texts(people.last("Ben"))


async def test_a_skill_that_left_their_list_meanwhile_is_said_under_its_field(world: World):
    people = await found(world)
    await offers(people, "Ben", "Negotiation", "SQL")
    await open_form(people, "Ada")
    await choose(people, "Ada", "Ben")
    await offers(people, "Ben", "SQL")
    reply = await hand_in(people, "Ada", ["Ben"], WORDS, skill="negotiation", evidence="Kept them in a room")
    assert "don't list this any more" in reply.errors[f"skill-{people.ids['Ben']}"]
    assert await kept(people) == []


async def test_several_people_get_it_each_for_themselves(world: World):
    people = await found(world, "Ada", "Ben", "Cleo")
    await world.move(hours=2)
    await thank(people, "Ada", "Ben", "Cleo", share=True)
    assert len(await kept(people)) == 2
    await people.press("Ben", "recognition.share")
    assert [row.shared_at is not None for row in await kept(people)] == [True, False]


async def test_the_form_says_who_cannot_be_thanked_and_loses_nothing(world: World):
    people = await found(world, "Ada", "Ben")
    stranger = world.person("Zoe")
    people.users["Zoe"] = stranger
    await open_form(people, "Ada")
    assert "You are among them" in (await hand_in(people, "Ada", ["Ada", "Ben"], WORDS)).errors["to"]
    assert "Zoe is not in Perennial" in (await hand_in(people, "Ada", ["Zoe"], WORDS)).errors["to"]
    assert "Write a sentence" in (await hand_in(people, "Ada", ["Ben"], "  \n ")).errors["words"]
    await people.leave("Ben")
    assert "Ben is not in Perennial" in (await hand_in(people, "Ada", ["Ben"], WORDS)).errors["to"]
    assert await kept(people) == []


async def test_the_same_words_twice_and_too_many_a_day_are_refused_kindly(world: World):
    people = await found(world, "Ada", "Ben")
    await thank(people, "Ada", "Ben")
    await open_form(people, "Ada")
    assert "got these words from you already" in (await hand_in(people, "Ada", ["Ben"], WORDS)).errors["to"]
    assert (await hand_in(people, "Ada", ["Ben"], "Second")).ok
    await thank(people, "Ada", "Ben", words="Third")
    await open_form(people, "Ada")
    assert "three times within a week" in (await hand_in(people, "Ada", ["Ben"], "Fourth")).errors["to"]
    await world.move(days=8)
    assert (await hand_in(people, "Ada", ["Ben"], "Fourth")).ok


async def test_the_same_form_handed_in_twice_is_said_once(any_world: World):
    people = await found(any_world)
    await open_form(people, "Ada")
    form = people.form("Ada")
    given = {"to": [people.users["Ben"]], "words": WORDS}
    await people.submit_elsewhere("Ada", form, given)
    answer = await people.submit_elsewhere("Ada", form, given)
    assert len(await kept(people)) == 1
    assert answer.get("response_action") in (None, "errors")


async def test_the_command_knows_whom_it_names(world: World):
    people = await found(world)
    await people.type("Ada", f"thanks <@{people.users['Ben']}|ben>")
    assert people.form("Ada")["blocks"][0]["element"]["initial_users"] == [people.users["Ben"]]


async def test_beside_a_message_it_is_for_whoever_wrote_it(world: World):
    people = await found(world)
    channel = world.slack.add_channel("general", creator=people.users["Ben"], members=[people.users["Ada"]])
    ts = await world.acts.post(people.users["Ben"], channel, "The numbers are in the sheet")
    assert world.side is not None
    for name, chosen in (("Ada", [people.users["Ben"]]), ("Ben", None)):
        assert (await world.acts.message_shortcut(people.users[name], "recognition.give_for_message", channel, ts)).ok
        await world.side.quiet()
        assert people.form(name)["blocks"][0]["element"].get("initial_users") == chosen


async def test_taken_back_it_is_gone_wherever_it_stood(any_world: World):
    people = await found(any_world)
    await any_world.move(hours=2)
    row = await thank(people, "Ada", "Ben", share=True)
    await people.press("Ben", "recognition.share")
    await people.home("Ada", "recognition:given")
    await people.press_home("Ada", "recognition.take_back", str(row.id))
    assert "taken back by whoever wrote it" in people.last("Ben")["text"]
    (row,) = await kept(people)
    assert (row.state, row.sealed, row.shared_at) == (rules.TAKEN_BACK, b"", None)
    assert WORDS not in walk.said(await people.home("Ben", "recognition"))


async def test_taken_back_before_it_left_it_never_arrives(world: World):
    people = await found(world)
    await world.move(hours=12)
    row = await thank(people, "Ada", "Ben")
    await people.home("Ada", "recognition:given")
    await people.press_home("Ada", "recognition.take_back", str(row.id))
    await world.move(days=1)
    assert people.messages("Ben") == []


async def test_nobody_decides_about_what_was_said_to_another(world: World):
    people = await found(world, "Ada", "Ben", "Cleo")
    await world.move(hours=2)
    row = await thank(people, "Ada", "Ben", share=True)
    for name, action in (
        ("Cleo", "recognition.share"), ("Ada", "recognition.share"), ("Cleo", "recognition.take_back"),
        ("Ben", "recognition.take_back"), ("Cleo", "recognition.card"),
    ):  # fmt: skip
        await people.forge(name, action, str(row.id))
    (row,) = await kept(people)
    assert (row.state, row.choice) == (rules.GIVEN, rules.OPEN)


async def test_what_was_not_offered_for_sharing_cannot_be_shared(world: World):
    people = await found(world)
    await world.move(hours=2)
    row = await thank(people, "Ada", "Ben")
    await people.forge("Ben", "recognition.share", str(row.id))
    assert (await kept(people))[0].shared_at is None


async def test_many_in_a_day_come_together(world: World):
    givers = [f"Giver{number}" for number in range(6)]
    people = await found(world, "Ben", *givers)
    await world.move(hours=2)
    for name in givers:
        await thank(people, name, "Ben", words=f"Thank you from {name}")
    assert len(people.messages("Ben")) == rules.ALONE_A_DAY
    await world.move(hours=4)
    assert len(people.messages("Ben")) == rules.ALONE_A_DAY + 1
    assert "Three more thank-yous" in people.last("Ben")["text"]
    await people.press("Ben", "recognition.read")
    assert "Thank you from Giver5" in walk.said(await people.home("Ben", "recognition"))


async def test_whoever_likes_it_quiet_finds_it_on_their_page(world: World):
    people = await found(world, "Ada", "Ben", "Cleo")
    await world.move(hours=2)
    row = await thank(people, "Ada", "Ben")
    message = people.last("Ben")
    await walk.press(
        world, people.users["Ben"], channel=people.dm("Ben"), ts=message["ts"], action_id="recognition.more",
        selected=f"page:{row.id}",
    )  # fmt: skip
    await people.settle()
    await thank(people, "Cleo", "Ben", words="You waited for me")
    assert len(people.messages("Ben")) == 1
    assert "You waited for me" in walk.said(await people.home("Ben", "recognition"))


async def test_a_reported_thank_you_is_hidden_and_can_be_put_back(world: World):
    people = await found(world)
    await world.move(hours=2)
    row = await thank(people, "Ada", "Ben", share=True)
    await people.press("Ben", "recognition.share")
    await walk.press(
        world, people.users["Ben"], channel=people.dm("Ben"), ts=people.last("Ben")["ts"],
        action_id="recognition.more", selected=f"report:thanks:{row.id}",
    )  # fmt: skip
    await people.submit("Ben", {})
    assert any("hidden after a report" in each["text"] for each in people.messages("Ben"))
    assert (await kept(people))[0].shared_at is None
    assert "hidden for now: a thank-you" in people.last("Ada")["text"].lower() + texts(people.last("Ada"))
    await people.press("Lead", "moderation.put_back")
    (row,) = await kept(people)
    assert (row.state, row.shared_at is not None) == (rules.GIVEN, True)


@pytest.mark.parametrize("gone", ["leaves", "is erased"])
async def test_what_waits_for_somebody_who_is_gone_never_leaves(world: World, gone: str):
    people = await found(world)
    await world.move(hours=12)
    await thank(people, "Ada", "Ben")
    if gone == "leaves":
        await people.leave("Ben")
    else:
        async with people.database.transaction() as session:
            await private.forget_key(session, people.workspace_id, people.ids["Ada"])
    await world.move_to(world.clock() + timedelta(days=2))
    assert people.messages("Ben") == []
    assert await thanking.said(people) == ([WORDS] if gone == "leaves" else [])
