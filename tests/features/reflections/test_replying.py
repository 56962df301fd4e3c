"""Somebody replies in the thread of a question: kept, added to, edited and deleted, in whatever order that is heard."""

from typing import Any

import pytest

from bot.features.reflections.replies import messages
from bot.members import changes
from bot.members import store as members
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World


async def question(world: World, name: str = "Ada") -> tuple[str, dict[str, Any]]:
    """Somebody with a question in front of them."""
    (user,) = await writing.joined(world, name)
    await writing.asked_weekly(world, user)
    return user, await writing.to_the_next_question(world, user)


async def tell(world: World, user: str, event: dict[str, Any], event_id: str) -> None:
    """An event as Slack would send it, at a moment of our choosing."""
    base = {"type": "message", "channel": writing.dm(world, user), "channel_type": "im", "event_ts": "1.0"}
    assert (await world.acts.raw(base | event, event_id=event_id)).ok
    assert world.side is not None
    await world.side.quiet()
    await world.settle()
    await world.move(seconds=3)


def written(user: str, message: dict[str, Any], ts: str, text: str) -> dict[str, Any]:
    return {"user": user, "text": text, "ts": ts, "thread_ts": message["ts"]}


def edited(user: str, message: dict[str, Any], ts: str, text: str, edited_ts: str) -> dict[str, Any]:
    now = written(user, message, ts, text) | {"edited": {"user": user, "ts": edited_ts}}
    return {"subtype": "message_changed", "message": now, "previous_message": written(user, message, ts, "before")}


def deleted(user: str, message: dict[str, Any], ts: str) -> dict[str, Any]:
    before = written(user, message, ts, "before")
    return {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": before}


async def test_a_reply_is_kept_and_the_thread_says_so(any_world: World):
    world = any_world
    ada, message = await question(world)
    await writing.reply_to(world, ada, message, "I sent the questions *before* the call & it was short.")
    (answer,) = writing.thread_of(world, ada, message)
    assert answer["text"] == "Kept in your journal."
    (entry,) = await writing.entries(world, ada)
    assert entry.words.text == "I sent the questions *before* the call & it was short."
    assert entry.prompt_slug == "what-worked"
    assert "Kept in your journal." in walk.said(writing.question_to(world, ada))
    assert [each.state for each in await writing.prompts(world, ada)] == ["answered"]


async def test_a_reply_to_a_question_that_is_answered_is_added_to_the_same_entry(world: World):
    ada, message = await question(world)
    await writing.reply_to(world, ada, message, "First.")
    await writing.reply_to(world, ada, message, "And second.")
    assert await writing.texts(world, ada) == ["First.\n\nAnd second."]
    assert [each["text"] for each in writing.thread_of(world, ada, message)] == [
        "Kept in your journal.",
        "Added to what you kept for this question.",
    ]


async def test_a_reply_after_the_form_is_added_as_well(world: World):
    ada, message = await question(world)
    await writing.press(world, ada, message, "reflections.answer")
    await writing.hand_in(world, ada, writing.words("In the form.", mood="light"))
    await writing.reply_to(world, ada, message, "In the thread.")
    (entry,) = await writing.entries(world, ada)
    assert (entry.words.text, entry.words.mood) == ("In the form.\n\nIn the thread.", "light")


async def test_an_edited_reply_changes_the_entry_and_a_deleted_one_leaves_it(world: World):
    ada, message = await question(world)
    first = await writing.reply_to(world, ada, message, "First.")
    second = await writing.reply_to(world, ada, message, "Second.")
    channel = writing.dm(world, ada)
    await world.acts.edit(ada, channel, first, "First, mended.")
    await world.settle()
    assert await writing.texts(world, ada) == ["First, mended.\n\nSecond."]
    await world.acts.delete(ada, channel, first)
    await world.settle()
    await world.move(seconds=3)
    assert await writing.texts(world, ada) == ["Second."]
    assert "still kept" in writing.thread_of(world, ada, message)[-1]["text"]
    await world.acts.delete(ada, channel, second)
    await world.settle()
    await world.move(seconds=3)
    assert await writing.texts(world, ada) == []
    assert [each.state for each in await writing.prompts(world, ada)] == ["put"]
    assert "Write it here" in walk.said(writing.question_to(world, ada))


async def test_the_same_event_twice_and_under_another_id_keeps_the_words_once(world: World):
    ada, message = await question(world)
    for event_id in ("Ev1", "Ev1", "Ev2"):
        await tell(world, ada, written(ada, message, "1900000000.000100", "Once."), event_id)
    assert await writing.texts(world, ada) == ["Once."]


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        (("written", "late edit", "early edit"), ["Late."]),
        (("late edit", "written", "early edit"), ["Late."]),
        (("early edit", "late edit", "written"), ["Late."]),
        (("deleted", "written"), []),
        (("deleted", "early edit", "written"), []),
        (("written", "deleted", "late edit"), []),
    ],
)
async def test_whatever_order_events_come_in_the_newest_state_stays(
    world: World, order: tuple[str, ...], kept: list[str]
):
    ada, message = await question(world)
    ts = "1900000000.000100"
    events = {
        "written": written(ada, message, ts, "As written."),
        "early edit": edited(ada, message, ts, "Early.", "1900000001.0"),
        "late edit": edited(ada, message, ts, "Late.", "1900000002.0"),
        "deleted": deleted(ada, message, ts),
    }
    for number, name in enumerate(order):
        await tell(world, ada, events[name], f"Ev{number}")
    assert await writing.texts(world, ada) == kept


async def test_replies_heard_in_the_wrong_order_stand_in_the_right_one(world: World):
    ada, message = await question(world)
    await tell(world, ada, written(ada, message, "1900000009.0", "Second."), "Ev1")
    await tell(world, ada, written(ada, message, "1900000005.0", "First."), "Ev2")
    assert await writing.texts(world, ada) == ["First.\n\nSecond."]


async def test_what_was_rewritten_in_the_form_is_not_touched_by_the_thread_any_more(world: World):
    ada, message = await question(world)
    ts = await writing.reply_to(world, ada, message, "In the thread.")
    await writing.press(world, ada, writing.thread_of(world, ada, message)[0], "reflections.change")
    await writing.hand_in(world, ada, writing.words("Anew, in the form."))
    await world.acts.edit(ada, writing.dm(world, ada), ts, "Edited in Slack.")
    await world.settle()
    await world.acts.delete(ada, writing.dm(world, ada), ts)
    await world.settle()
    await world.move(seconds=5)
    assert await writing.texts(world, ada) == ["Anew, in the form."]
    assert "keeps it as you wrote it there" in writing.thread_of(world, ada, message)[-1]["text"]


async def test_a_changed_mood_leaves_the_words_tied_to_the_thread(world: World):
    ada, message = await question(world)
    ts = await writing.reply_to(world, ada, message, "In the thread.")
    await writing.press(world, ada, writing.thread_of(world, ada, message)[0], "reflections.change")
    await writing.hand_in(world, ada, {"mood": {"mood": "low"}})
    await world.acts.edit(ada, writing.dm(world, ada), ts, "Edited in Slack.")
    await world.settle()
    (entry,) = await writing.entries(world, ada)
    assert (entry.words.text, entry.words.mood) == ("Edited in Slack.", "low")


async def test_remove_in_the_thread_takes_it_out_and_says_what_stays_in_slack(world: World):
    ada, message = await question(world)
    ts = await writing.reply_to(world, ada, message, "In the thread.")
    await writing.press(world, ada, writing.thread_of(world, ada, message)[0], "reflections.remove")
    assert await writing.texts(world, ada) == []
    (answer,) = writing.thread_of(world, ada, message)
    assert "still stands in this conversation" in walk.said(answer)
    await world.acts.edit(ada, writing.dm(world, ada), ts, "Edited later.")
    await world.settle()
    assert await writing.texts(world, ada) == []


async def test_a_reply_to_anything_else_is_forgotten_unread(world: World):
    ada, message = await question(world)
    ts = await world.acts.post(ada, writing.dm(world, ada), "outside any thread")
    await world.acts.post(ada, writing.dm(world, ada), "under my own words", thread_ts=ts)
    await world.settle()
    assert await writing.texts(world, ada) == []
    assert writing.thread_of(world, ada, message) == []


async def test_words_under_the_question_of_another_are_nobodys(world: World):
    ada, message = await question(world)
    (eve,) = await writing.joined(world, "Eve")
    await tell(world, ada, written(eve, message, "1900000000.000100", "Forged."), "Ev1")
    assert await writing.texts(world, ada) == []
    assert await writing.texts(world, eve) == []


async def test_a_reply_that_is_too_long_is_not_kept_and_said_so(world: World):
    ada, message = await question(world)
    await tell(world, ada, written(ada, message, "1900000000.000100", "x" * 12_001), "Ev1")
    assert await writing.texts(world, ada) == []
    (answer,) = writing.thread_of(world, ada, message)
    assert "more than the 12,000 characters" in answer["text"]


async def test_a_long_reply_is_kept_whole_and_can_be_changed_in_several_fields(world: World):
    ada, message = await question(world)
    text = " ".join(f"word{number}" for number in range(1, 800))
    await tell(world, ada, written(ada, message, "1900000000.000100", text), "Ev1")
    assert await writing.texts(world, ada) == [text]
    await writing.press(world, ada, writing.thread_of(world, ada, message)[0], "reflections.change")
    form = walk.modal(world, ada)
    assert [block["block_id"] for block in form["blocks"] if block["type"] == "input"][:3] == [
        "words",
        "words_2",
        "words_3",
    ]
    await writing.hand_in(world, ada, {"words_3": {"words": "the end"}})
    (changed,) = await writing.texts(world, ada)
    assert changed.startswith("word1 ")
    assert changed.endswith("the end")


async def test_somebody_who_left_is_not_kept(world: World):
    ada, message = await question(world)
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, 1, ada)
        assert row is not None
        await changes.leave(session, row, now=world.clock())
    await writing.reply_to(world, ada, message, "Too late.")
    assert await writing.texts(world, ada) == []


def test_every_line_in_the_thread_is_for_its_owner_alone():
    assert messages.KEPT.private
    assert messages.KEPT.cost == 0
