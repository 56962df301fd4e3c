"""What is queued leaves, once, to where it belongs: posts, groups, threads, updates, deletions, files."""

import json
from itertools import pairwise

from bot.delivery import outbox
from bot.messages import Channel, Content, Kind, MessageClass, People, Verb
from tests.delivery.conftest import Post
from tests.world import World


async def test_a_message_to_a_person_arrives_and_is_forgotten_here(world: World, post: Post):
    ada = world.person("Ada")
    queued = await post.queue(ada, "Good morning")
    await world.settle()
    assert post.texts_to(ada) == ["Good morning"]
    delivery = await post.look(queued)
    assert (delivery.state, delivery.content) == ("sent", None)
    assert delivery.channel is not None and delivery.channel.startswith("D")
    assert post.sent == [queued]


async def test_a_post_carries_a_random_key_and_nothing_else(world: World, post: Post):
    ada = world.person("Ada")
    queued = await post.queue(ada)
    await world.settle()
    metadata = world.last_message_to(ada)["metadata"]
    key = (await post.look(queued)).wire_key
    assert metadata == {"event_type": "perennial", "event_payload": {"key": key}}
    assert str(queued) not in json.dumps(metadata) or len(key) >= 20


async def test_the_conversation_that_slack_opened_is_used_the_second_time(world: World, post: Post):
    ada = world.person("Ada")
    await post.queue(ada, "One")
    await world.settle()
    second = await post.queue(ada, "Two")
    await world.move(seconds=2)
    assert post.texts_to(ada) == ["One", "Two"]
    posts = [call for call in world.slack.api_calls(20) if call["method"] == "chat.postMessage"]
    assert posts[0]["channel"] == (await post.look(second)).channel


async def test_several_people_get_one_group_conversation_opened_once(world: World, post: Post):
    people = People((world.person("Ada"), world.person("Grace"), world.person("Hana")), ())
    first, second = await post.queue(people, "You three"), await post.queue(people, "And this")
    await world.move(seconds=5)
    channel = (await post.look(first)).channel
    assert channel is not None and (await post.look(second)).channel == channel
    assert post.texts_in(channel) == ["You three", "And this"]
    assert [call["method"] for call in world.slack.api_calls(50)].count("conversations.open") == 1


async def test_messages_of_one_conversation_keep_their_order_and_a_second_between_them(world: World, post: Post):
    channel = post.channel()
    texts = [str(number) for number in range(4)]
    for text in texts:
        await post.queue(channel, text)
    await world.settle()
    assert post.texts_in(channel) == ["0"]
    await world.move(minutes=2)
    assert post.texts_in(channel) == texts
    posted = [float(message["ts"]) for message in post.messages_in(channel)][-4:]
    assert all(later - earlier >= 1 for earlier, later in pairwise(posted))


async def test_an_answer_overtakes_what_waits(world: World, post: Post):
    channel = post.channel()
    await post.queue(channel, "request one", kind="test.request")
    await post.queue(channel, "request two", kind="test.request")
    await post.queue(channel, "answer")
    await world.move(minutes=2)
    assert post.texts_in(channel) == ["answer", "request one", "request two"]


async def test_a_message_waits_until_it_is_due_and_time_can_jump_there(world: World, post: Post):
    ada = world.person("Ada")
    due = world.clock().replace(hour=15)
    await post.queue(ada, "At three", due_at=due)
    await world.settle()
    assert post.texts_to(ada) == []
    assert await world.bot.scheduler.next_due() == due
    await world.move_to(due)
    assert post.texts_to(ada) == ["At three"]


async def test_the_same_key_is_queued_once(world: World, post: Post):
    ada = world.person("Ada")
    await post.queue(ada, "Once", dedupe_key="the same")
    async with world.bot.database.transaction() as session:
        again = post.message(ada, "Twice", dedupe_key="the same")
        assert await outbox.enqueue(session, again, now=world.clock()) is None
    await world.settle()
    assert post.texts_to(ada) == ["Once"]


async def test_what_depends_on_the_moment_is_drawn_then_and_nothing_is_drawn_of_what_has_passed(
    world: World, post: Post
):
    ada = world.person("Ada")
    kept = await post.queue(ada, None, kind="test.drawn", subject="kept")
    gone = await post.queue(ada, None, kind="test.drawn", subject="gone")
    post.drawn["kept"] = Content("As things stand now")
    await world.move(seconds=3)
    assert post.texts_to(ada) == ["As things stand now"]
    assert [(await post.look(each)).state for each in (kept, gone)] == ["sent", "dropped"]
    assert post.ended == [(gone, "dropped")]


async def test_a_kind_that_cannot_be_drawn_fails_where_a_lead_sees_it(world: World, post: Post):
    async def breaks(*_: object) -> Content:
        raise KeyError("no such round")

    world.bot.registry.kinds.add(Kind("test.broken", MessageClass.ANSWER), draw=breaks)
    queued = await post.queue(world.person("Ada"), None, kind="test.broken")
    await world.settle()
    delivery = await post.look(queued)
    assert (delivery.state, delivery.error, delivery.error_class) == ("failed", "drawing failed: KeyError", "our bug")


async def test_an_update_waits_for_its_target_and_follows_it(world: World, post: Post):
    ada = world.person("Ada")
    due = world.clock().replace(hour=12)
    target = await post.queue(ada, "Who comes?", due_at=due)
    change = await post.update(target, "Ada comes", ada)
    await world.settle()
    assert (await post.look(change)).state == "queued"
    await world.move_to(due)
    await world.move(seconds=2)
    assert post.texts_to(ada) == ["Ada comes"]
    assert (await post.look(change)).ts == (await post.look(target)).ts


async def test_an_update_of_what_never_left_is_dropped(world: World, post: Post):
    ada = world.person("Ada")
    target = await post.queue(ada, "Never mind", due_at=world.clock().replace(hour=12), subject="session:1")
    change = await post.update(target, "Really", ada)
    await world.settle()
    async with world.bot.database.transaction() as session:
        assert await outbox.withdraw(session, 1, "session:1", now=world.clock()) == 1
    await world.settle()
    assert [(await post.look(each)).state for each in (target, change)] == ["withdrawn", "dropped"]
    assert post.texts_to(ada) == []


async def test_a_message_is_changed_and_taken_away_by_its_time_in_slack(world: World, post: Post):
    channel = post.channel()
    sent = await post.look(await post.queue(channel, "Press me"))
    await world.settle()
    sent = await post.look(sent.id)
    await post.queue(Channel(channel), "Pressed", verb=Verb.UPDATE, target_ts=sent.ts)
    await world.move(seconds=2)
    assert post.texts_in(channel) == ["Pressed"]
    await post.queue(Channel(channel), None, verb=Verb.DELETE, target_ts=sent.ts)
    await world.move(seconds=2)
    assert post.texts_in(channel) == []


async def test_a_long_update_is_cut_to_what_slack_takes(world: World, post: Post):
    ada = world.person("Ada")
    target = await post.queue(ada, "Short")
    await world.settle()
    change = await post.update(target, "x" * 5_000, ada)
    await world.move(seconds=2)
    assert (await post.look(change)).state == "sent"


async def test_a_reply_goes_into_its_thread(world: World, post: Post):
    channel = post.channel()
    parent = await post.queue(channel, "A question")
    await world.settle()
    thread_ts = (await post.look(parent)).ts
    await post.queue(channel, "An answer", thread_ts=thread_ts)
    await world.move(seconds=2)
    assert [each["text"] for each in world.slack.thread(channel, thread_ts)] == ["A question", "An answer"]


async def test_a_file_is_uploaded_into_a_conversation(world: World, post: Post):
    people = People((world.person("Ada"), world.person("Grace")), ())
    content = Content("Ten o'clock, for your calendars", file_name="meet.ics", file_text="BEGIN:VCALENDAR\r\n")
    queued = await post.queue(people, None, verb=Verb.UPLOAD, content=content)
    await world.move(seconds=5)
    delivery = await post.look(queued)
    assert delivery.state == "sent"
    assert delivery.channel is not None
    files = [file for message in post.messages_in(delivery.channel) for file in message.get("files", [])]
    assert [(file["id"], file["name"]) for file in files] == [(delivery.file_id, "meet.ics")]


async def test_what_is_withdrawn_does_not_leave(world: World, post: Post):
    ada = world.person("Ada")
    queued = await post.queue(ada, "Session at three", subject="session:9", due_at=world.clock().replace(hour=15))
    async with world.bot.database.transaction() as session:
        await outbox.withdraw(session, 1, "session:9", now=world.clock())
    await world.move(days=1)
    assert post.texts_to(ada) == []
    assert (await post.look(queued)).content is None


async def test_a_callback_that_fails_does_not_undo_the_record_of_what_was_sent(world: World, post: Post):
    async def breaks(*_: object) -> None:
        raise RuntimeError("a feature's mistake")

    world.bot.registry.kinds.add(Kind("test.fragile", MessageClass.ANSWER), sent=breaks)
    ada = world.person("Ada")
    queued = await post.queue(ada, kind="test.fragile")
    await world.settle()
    assert (await post.look(queued)).state == "sent"
    await world.move(days=1)
    assert post.texts_to(ada) == ["Hello"]
