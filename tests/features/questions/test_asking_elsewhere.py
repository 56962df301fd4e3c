"""Ways to ask that begin elsewhere: a mention in a channel, a message to the bot, a goal that is stuck."""

from typing import Any

import pytest

from bot.features.questions import store
from bot.features.questions.asking import talking
from bot.features.questions.asking.helping import ask_mentors
from bot.members import changes
from bot.members import store as members
from tests.features.questions.asking_forms import WORDS, all_kept, hand_in, settle
from tests.features.questions.asking_people import ask, joined, kept, member_of
from tests.features.reflections import writing
from tests.features.reflections.writing import dm
from tests.members import walk
from tests.world import World

Doc = dict[str, Any]


def channel_of(world: World, *users: str) -> str:
    """A channel with the bot and these people in it."""
    return world.slack.add_channel("general", creator=users[0], members=[world.slack.bot_user_id, *users[1:]])


async def mention(world: World, user: str, channel: str, text: str, thread_ts: str | None = None) -> list[Doc]:
    """Somebody mentions the bot; what it answered to them alone."""
    ts = await world.acts.post(user, channel, f"<@{world.slack.bot_user_id}> {text}", thread_ts=thread_ts)
    await settle(world)
    said = world.slack.thread(channel, thread_ts or ts, viewer=user)
    return [each for each in said if each["user"] == world.slack.bot_user_id]


async def test_a_mention_is_answered_to_that_person_by_a_button_to_the_form(world: World):
    ana, ben = await joined(world, "Ana", "Ben")
    channel = channel_of(world, ana, ben)
    (answer,) = await mention(world, ana, channel, f"{WORDS} <https://a.example>")
    assert WORDS not in str(answer)
    assert await mention(world, ben, channel, "and this?", thread_ts=None)
    assert world.slack.thread(channel, answer["thread_ts"], viewer=ben)[1:] == []
    await walk.press(world, ana, channel=channel, ts=answer["ts"], action_id="questions.ask_from_mention")
    form = walk.modal(world, ana)
    assert form["blocks"][0]["element"]["initial_value"].startswith(WORDS)
    assert "the mention in the channel shows it" in walk.said(form)
    assert "name" not in [block.get("block_id") for block in form["blocks"]]
    assert (await hand_in(world, ana)).ok
    assert [each.alias for each in await all_kept(world)] == [""]


async def test_a_mention_in_a_thread_is_read_back_from_there_by_its_writer_only(world: World):
    ana, eve = await joined(world, "Ana", "Eve")
    channel = channel_of(world, ana, eve)
    root = await world.acts.post(eve, channel, "Lunch?")
    (answer,) = await mention(world, ana, channel, WORDS, thread_ts=root)
    (button,) = [block["elements"][0] for block in answer["blocks"] if block["type"] == "actions"]
    await walk.press(world, ana, channel=channel, ts=answer["ts"], action_id="questions.ask_from_mention")
    assert walk.modal(world, ana)["blocks"][0]["element"]["initial_value"] == WORDS
    (other,) = await mention(world, eve, channel, "mine")
    await walk.press(
        world, eve, channel=channel, ts=other["ts"], action_id="questions.ask_from_mention", value=button["value"]
    )
    await settle(world)
    assert world.slack.modals(eve) == []


async def test_bots_guests_and_outsiders_are_left_alone_and_who_is_not_in_is_invited(world: World):
    (ana,) = await joined(world, "Ana")
    (guest,) = await joined(world, "Gil", is_restricted=True)
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, (await member_of(world, ana)).workspace_id, guest)
        assert row is not None
        row.is_guest = True
    ben = world.person("Ben")
    channel = channel_of(world, ana, guest, ben)
    await world.acts.open_home(ben)
    await world.settle()
    (answer,) = await mention(world, ben, channel, "how?")
    assert "join first" in answer["text"] and "questions." not in str(answer)
    assert await mention(world, guest, channel, "how?") == []
    ts = await world.acts.post(ana, channel, WORDS)
    said = {"type": "app_mention", "user": ana, "channel": channel, "ts": ts, "event_ts": ts, "text": WORDS}
    for forged in ({"bot_id": "B9"}, {"user_team": "T9"}, {"source_team": "T9"}, {"user": "U404"}, {"subtype": "x"}):
        await world.acts.raw({**said, **forged})
    await settle(world)
    assert len(world.slack.thread(channel, ts, viewer=ana)) == 1
    await world.acts.raw({**said, "user_team": world.slack.team_id})
    await settle(world)
    assert len(world.slack.thread(channel, ts, viewer=ana)) == 2


async def offered(world: World, user: str, text: str) -> Doc:
    """Somebody writes to the bot; its answer with what could be done."""
    await world.acts.post(user, dm(world, user), text)
    await settle(world)
    return world.last_message_to(user)


async def test_a_message_to_the_bot_can_become_a_question_and_nothing_is_open_to_add_to(world: World):
    (ana,) = await joined(world, "Ana")
    answer = await offered(world, ana, "How do I say no? & why")
    assert talking.ADD_OFFER.label not in str(answer)
    await writing.press(world, ana, answer, talking.ASK)
    assert walk.modal(world, ana)["blocks"][0]["element"]["initial_value"] == "How do I say no? & why"
    assert await all_kept(world) == []
    assert (await hand_in(world, ana)).ok
    assert len(await all_kept(world)) == 1


@pytest.mark.parametrize("taken", [False, True])
async def test_a_message_can_be_added_to_the_open_question_before_and_after_somebody_took_it(world: World, taken: bool):
    (hana,) = await joined(world, "Hana", offers=("Negotiating",))
    (ana,) = await joined(world, "Ana")
    number = await ask(world, ana, WORDS, skills=("Negotiating",), alias="Quiet Heron")
    await world.move(hours=2)
    asked = world.last_message_to(hana)
    if taken:
        await walk.press(world, hana, channel=dm(world, hana), ts=asked["ts"], action_id="questions.take")
        await settle(world)
    answer = await offered(world, ana, "It is the third round.")
    await writing.press(world, ana, answer, "questions.add")
    form = walk.modal(world, ana)
    assert "third" not in form["private_metadata"]
    assert (await hand_in(world, ana, more="It is the third round already.")).ok
    assert "third round already" in str(world.slack.thread(dm(world, hana), asked["ts"], viewer=hana))
    async with world.bot.database.reading() as session:
        words = await store.words_of(session, await kept(world, number))
    assert ("third round already" in words.context) is not taken


async def test_who_leaves_leaves_no_open_question_under_their_name_and_an_alias_does_not_tell_that_they_did(
    any_world: World,
):
    (ana,) = await joined(any_world, "Ana")
    named, hidden = await ask(any_world, ana), await ask(any_world, ana, alias="Quiet Heron")
    async with any_world.bot.database.transaction() as session:
        row = await members.by_id(
            session, (await member_of(any_world, ana)).workspace_id, (await member_of(any_world, ana)).id
        )
        assert row is not None
        await changes.leave(session, row, now=any_world.clock())
    await settle(any_world)
    assert ((await kept(any_world, named)).state, (await kept(any_world, hidden)).state) == ("closed", "open")


async def test_a_goal_that_is_stuck_leads_to_the_form(world: World):
    assert ask_mentors in world.bot.registry.helps
    button = await ask_mentors(None, 1, 1)  # type: ignore[arg-type]
    assert button is not None and button["action_id"] == "questions.ask"
