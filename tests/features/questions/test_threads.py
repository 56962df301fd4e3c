"""Somebody answers in a thread: kept, carried to everybody the question concerns, and followed wherever it went."""

from typing import Any

import pytest

from bot.features.questions import lifecycle, store
from bot.features.questions.threads import listeners
from bot.registry import Event
from tests.conftest import MONDAY
from tests.features.questions.threads_people import (
    ask,
    asked_root,
    carried_to,
    in_channel,
    joined,
    kept,
    lines_to,
    member_of,
    post_in,
    put_to,
    root_of,
    said,
    tell,
    texts,
    thread_of,
    writes,
)
from tests.features.reflections.writing import dm
from tests.world import World


async def test_what_a_mentor_writes_in_their_thread_is_kept_and_read_by_whoever_asked(any_world: World):
    world = any_world
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    await writes(world, hana, root, "Say it *early*, and offer a date.")
    assert await texts(world, number) == ["Say it *early*, and offer a date."]
    (answer,) = await said(world, number)
    assert (answer.by_asker, answer.held, answer.thread) == (False, True, "mentor")
    assert (await kept(world, number)).first_answer_at is not None
    (line,) = carried_to(world, ana, asked_root(world, ana))
    assert line == "*Hana* answers | Say it *early*, and offer a date. | This helped | Ask for more | Report"
    assert "Carried to Ana." in lines_to(world, hana, root)[-1]


async def test_what_the_asker_adds_reaches_whoever_holds_it_and_what_was_said_before_the_claim_as_well(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    await writes(world, ana, asked_root(world, ana), "It is about a deadline.")
    assert "Whoever answers will read this" in lines_to(world, ana, asked_root(world, ana))[-1]
    root = await put_to(world, number, hana)
    await writes(world, ana, asked_root(world, ana), "They want it by Friday.")
    heard = carried_to(world, hana, root)
    assert heard == ["*Ana* adds | It is about a deadline.", "*Ana* adds | They want it by Friday."]


async def test_under_an_alias_a_follow_up_names_the_alias_alone(any_world: World):
    world = any_world
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana, alias="Quiet Heron")
    root = await put_to(world, number, hana)
    await writes(world, ana, asked_root(world, ana), "It is my own team.")
    assert carried_to(world, hana, root) == ["*Quiet Heron* adds | It is my own team."]
    (answer,) = await said(world, number)
    assert (answer.author_id, answer.by_asker) == (None, True)
    assert answer.said_at.minute == 0
    await writes(world, hana, root, "Thank you for saying so.")
    assert "Carried to Quiet Heron." in lines_to(world, hana, root)[-1]
    assert "Ana" not in str(thread_of(world, hana, root))


async def test_two_who_hold_it_and_a_channel_read_each_other(world: World):
    ana, hana, tom, eve = await joined(world, "Ana", "Hana", "Tom", "Eve")
    number = await ask(world, ana)
    first = await put_to(world, number, hana)
    second = await put_to(world, number, tom, role="second")
    channel, ts = await in_channel(world, number, eve, ana, tom)
    await writes(world, hana, first, "From me.")
    await post_in(world, eve, channel, ts, "From the channel.")
    assert carried_to(world, tom, second) == [
        "*Hana* answers | From me.",
        f"*Eve* answers in <#{channel}> | From the channel.",
    ]
    assert f"*Eve* answers in <#{channel}> | From the channel." in carried_to(world, hana, first)
    in_thread = [each["text"] for each in world.slack.thread(channel, ts)[1:]]
    assert in_thread == ["Hana: From me.", "From the channel."]
    assert len(carried_to(world, ana, asked_root(world, ana))) == 2


async def test_somebody_who_was_asked_and_only_answers_is_thanked_and_may_take_it(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana, state="asked")
    await writes(world, hana, root, "Quick thought: call them.")
    (answer,) = await said(world, number)
    assert not answer.held
    assert lines_to(world, hana, root)[-1].endswith("To see it through to the end, take it. | I'll take it")
    await writes(world, hana, root, "And write it down.")
    assert len(lines_to(world, hana, root)) == 1
    await writes(world, ana, asked_root(world, ana), "They did not pick up.")
    assert carried_to(world, hana, root)[-1] == "*Ana* adds | They did not pick up."


async def test_edits_and_deletions_are_followed_wherever_the_words_went(any_world: World):
    world = any_world
    ana, hana, eve = await joined(world, "Ana", "Hana", "Eve")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    channel, ts = await in_channel(world, number, eve, ana)
    written = await writes(world, hana, root, "Frist.")
    await world.acts.edit(hana, dm(world, hana), written, "First.")
    await world.settle()
    await world.move(seconds=30)
    assert await texts(world, number) == ["First."]
    assert "First." in carried_to(world, ana, asked_root(world, ana))[0]
    assert [each["text"] for each in world.slack.thread(channel, ts)[1:]] == ["Hana: First."]
    await world.acts.delete(hana, dm(world, hana), written)
    await world.settle()
    await world.move(seconds=30)
    assert await texts(world, number) == []
    (gone,) = await said(world, number, "gone")
    assert gone.body is None
    assert carried_to(world, ana, asked_root(world, ana)) == []
    assert world.slack.thread(channel, ts)[1:] == []


def written(user: str, root_ts: str, ts: str, text: str) -> dict[str, object]:
    return {"user": user, "text": text, "ts": ts, "thread_ts": root_ts}


def edited(user: str, root_ts: str, ts: str, text: str, edited_ts: str) -> dict[str, object]:
    now = written(user, root_ts, ts, text) | {"edited": {"user": user, "ts": edited_ts}}
    return {"subtype": "message_changed", "message": now, "previous_message": written(user, root_ts, ts, "before")}


def deleted(user: str, root_ts: str, ts: str) -> dict[str, object]:
    return {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": written(user, root_ts, ts, "before")}


@pytest.mark.parametrize(
    ("order", "stays"),
    [
        (("written", "written"), ["As written."]),
        (("written", "late edit", "early edit"), ["Late."]),
        (("late edit", "written", "early edit"), ["Late."]),
        (("early edit", "late edit", "written"), ["Late."]),
        (("deleted", "written"), []),
        (("deleted", "early edit", "written"), []),
        (("written", "deleted", "late edit"), []),
    ],
)
async def test_whatever_order_events_come_in_the_newest_state_stays(
    world: World, order: tuple[str, ...], stays: list[str]
):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    ts = "1900000000.000100"
    events = {
        "written": written(hana, root["ts"], ts, "As written."),
        "early edit": edited(hana, root["ts"], ts, "Early.", "1900000001.0"),
        "late edit": edited(hana, root["ts"], ts, "Late.", "1900000002.0"),
        "deleted": deleted(hana, root["ts"], ts),
    }
    for place, name in enumerate(order):
        await tell(world, events[name], f"Ev{place}", channel=dm(world, hana), channel_type="im")
    assert await texts(world, number) == stays
    shown = [line.split(" | ")[1] for line in carried_to(world, ana, asked_root(world, ana))]
    assert shown == stays


async def test_people_from_elsewhere_and_apps_are_not_kept(world: World):
    ana, eve = await joined(world, "Ana", "Eve")
    (gus,) = await joined(world, "Gus", is_restricted=True)
    number = await ask(world, ana)
    channel, ts = await in_channel(world, number, eve, ana, gus)
    async with world.bot.database.transaction() as session:
        guest = await session.merge(await member_of(world, gus))
        guest.is_guest = True
    about = {"channel": channel, "channel_type": "channel"}
    await tell(world, written("USTRANGER", ts, "1900000001.1", "From afar.") | {"team": "TOTHER"}, "Ev1", **about)
    await tell(world, written("UAPP", ts, "1900000002.1", "Beep.") | {"bot_id": "B2"}, "Ev2", **about)
    await tell(world, written(gus, ts, "1900000003.1", "As a guest.") | {"team": world.slack.team_id}, "Ev3", **about)
    assert await texts(world, number) == []
    assert [each.body for each in await said(world, number, "unread")] == [None, None]
    lines = [each["text"] for each in world.slack.thread(channel, ts)[1:]]
    assert lines == ["Good that you read along. I keep and pass on only what people of this workspace write here."]
    await tell(world, edited("USTRANGER", ts, "1900000001.1", "Again.", "1900000009.0"), "Ev4", **about)
    assert await texts(world, number) == []


async def test_the_askers_own_words_in_the_channel_are_theirs_unless_they_have_an_alias(world: World):
    ana, ben, eve = await joined(world, "Ana", "Ben", "Eve")
    named, hidden = await ask(world, ana), await ask(world, ben, alias="Quiet Heron")
    one, one_ts = await in_channel(world, named, eve, ana, ben, name="one")
    two, two_ts = await in_channel(world, hidden, eve, ana, ben, name="two")
    await post_in(world, ana, one, one_ts, "I forgot to say.")
    await post_in(world, ben, two, two_ts, "As anybody.")
    ((first,), (second,)) = (await said(world, named), await said(world, hidden))
    assert (first.by_asker, second.by_asker) == (True, False)
    assert second.author_id == (await member_of(world, ben)).id
    assert carried_to(world, ana, asked_root(world, ana)) == []
    (line,) = carried_to(world, ben, asked_root(world, ben))  # as for any colleague, so that nothing tells them apart
    assert line == f"*Ben* answers in <#{two}> | As anybody."


async def test_files_stay_where_they_are_and_words_go(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    event = written(hana, root["ts"], "1900000001.1", "See page two.") | {
        "subtype": "file_share",
        "files": [{"id": "F1"}],
    }
    await tell(world, event, "Ev1", channel=dm(world, hana), channel_type="im")
    assert await texts(world, number) == ["See page two."]
    assert "I can carry words, not files." in str(lines_to(world, hana, root))
    only = written(hana, root["ts"], "1900000002.1", "") | {"subtype": "file_share", "files": [{"id": "F2"}]}
    await tell(world, only, "Ev2", channel=dm(world, hana), channel_type="im")
    assert await texts(world, number) == ["See page two."]


async def test_a_word_to_a_question_that_was_taken_back_is_not_kept(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    await writes(world, ana, asked_root(world, ana), "It is about my lead.")
    async with world.bot.database.transaction() as session:
        row = await store.get(session, 1, number, lock=True)
        await lifecycle.end(session, row, "withdrawn", now=world.clock())
    await world.settle()
    await world.move(seconds=30)
    assert "my lead" not in str(thread_of(world, hana, root))  # it went with the question
    await writes(world, hana, root, "Too late.")
    assert await texts(world, number) == ["It is about my lead."]
    assert "was taken back" in lines_to(world, hana, root)[-1]


async def test_the_thread_of_a_channel_ends_with_its_message_and_what_was_said_stays(world: World):
    ana, eve = await joined(world, "Ana", "Eve")
    number = await ask(world, ana)
    channel, ts = await in_channel(world, number, eve, ana)
    await post_in(world, eve, channel, ts, "Kept.")
    world.slack.delete_message(channel, ts)
    await world.acts.quiet()
    await world.settle()
    await world.move(seconds=3)
    row = await kept(world, number)
    assert (row.channel, row.channel_ts) == (None, None)
    assert await texts(world, number) == ["Kept."]
    assert "was deleted there" in lines_to(world, ana, asked_root(world, ana))[-1]


async def test_an_askers_thread_that_was_deleted_begins_anew(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    before = asked_root(world, ana)
    world.slack.delete_message(dm(world, ana), before["ts"])
    await world.acts.quiet()
    await world.settle()
    await world.move(seconds=5)
    after = asked_root(world, ana)
    assert after["ts"] != before["ts"]
    await writes(world, ana, after, "Still here.")
    assert await texts(world, number) == ["Still here."]
    assert carried_to(world, hana, root) == ["*Ana* adds | Still here."]


async def test_words_elsewhere_are_forgotten_unread(world: World):
    ana, hana, eve = await joined(world, "Ana", "Hana", "Eve")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    channel, _ = await in_channel(world, number, eve, ana)
    elsewhere = await world.acts.post(eve, channel, "Lunch?")
    await post_in(world, ana, channel, elsewhere, "Yes.")
    about = {"channel": dm(world, hana), "channel_type": "im"}
    await tell(world, written(eve, root["ts"], "1900000001.1", "Forged."), "Ev1", **about)
    assert await texts(world, number) == []
    assert await said(world, number, "unread", "gone") == []


async def test_words_outside_any_thread_are_forgotten_without_a_look():
    about = {"type": "message", "channel": "D1", "channel_type": "im", "ts": "1.1", "user": "U1", "text": "Hello"}
    nothing: Any = None  # there is no database to look into
    for more in ({}, {"thread_ts": "1.0", "bot_id": "B1"}, {"channel_type": "mpim", "thread_ts": "1.0"}):
        event = Event(1, "Ev1", "message", about | more, MONDAY)
        assert not await listeners.wants(nothing, event)


async def test_a_holders_thread_that_was_deleted_begins_anew_with_what_was_said(world: World):
    ana, hana = await joined(world, "Ana", "Hana")
    number = await ask(world, ana)
    root = await put_to(world, number, hana)
    await writes(world, ana, asked_root(world, ana), "Before.")
    world.slack.delete_message(dm(world, hana), root["ts"])
    await world.acts.quiet()
    await world.settle()
    await world.move(seconds=8)
    anew = root_of(world, hana, " asks: ")
    assert anew["ts"] != root["ts"]
    await writes(world, ana, asked_root(world, ana), "After.")
    assert carried_to(world, hana, anew) == ["*Ana* adds | Before.", "*Ana* adds | After."]
    await writes(world, hana, anew, "Here again.")
    assert await texts(world, number) == ["Before.", "After.", "Here again."]
