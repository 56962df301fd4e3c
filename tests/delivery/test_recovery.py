"""When nobody knows whether a message arrived: it is looked for, and neither lost nor said twice."""

from datetime import timedelta

import pytest

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.messages import Content, People, Verb
from tests.delivery.conftest import Post
from tests.world import World


@pytest.mark.parametrize("where", ["person", "group", "channel", "thread"])
async def test_a_reply_lost_after_slack_stored_the_message_does_not_send_it_twice(world: World, post: Post, where: str):
    more = {}
    if where == "person":
        to: object = world.person("Ada")
    elif where == "group":
        to = People((world.person("Ada"), world.person("Grace")), ())
    else:
        to = post.channel()
    if where == "thread":
        parent = await post.queue(to, "Parent")
        await world.move(seconds=5)
        more["thread_ts"] = (await post.look(parent)).ts
    world.server.faults.drop_reply("chat.postMessage")
    queued = await post.queue(to, "Once", **more)
    await world.settle()
    assert (await post.look(queued)).state == "unknown"
    await world.move(seconds=11)
    delivery = await post.look(queued)
    assert delivery.state == "sent" and delivery.channel is not None and delivery.ts is not None
    await world.move(hours=2)
    if where == "thread":
        texts = [each["text"] for each in world.slack.thread(delivery.channel, more["thread_ts"])]
        assert texts == ["Parent", "Once"]
    else:
        assert post.texts_in(delivery.channel) == ["Once"]
    assert post.sent[-1] == queued


@pytest.mark.parametrize("fault", ["drop_request", "500"])
async def test_a_message_that_never_arrived_is_looked_for_twice_and_sent_again(world: World, post: Post, fault: str):
    ada = world.person("Ada")
    if fault == "500":
        world.server.faults.fail("chat.postMessage", status=500)
    else:
        world.server.faults.drop_request("chat.postMessage")
    queued = await post.queue(ada, "Here at last")
    await world.move(seconds=60)
    assert post.texts_to(ada) == []
    await world.move(seconds=15)
    assert post.texts_to(ada) == ["Here at last"]
    assert (await post.look(queued)).attempts == 2


async def test_a_history_that_lags_a_little_is_waited_for(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.delay_history(30)
    world.server.faults.drop_reply("chat.postMessage")
    await post.queue(ada, "Once")
    await world.move(hours=1)
    assert post.texts_to(ada) == ["Once"]


async def test_a_worker_that_died_while_sending_leaves_its_message_to_be_looked_for(world: World, post: Post):
    """A row still `sending` when its lease runs out: it may have left or not."""
    ada, grace = world.person("Ada"), world.person("Grace")
    left, lost = await post.queue(ada, "Did leave"), await post.queue(grace, "Did not leave")
    await world.settle()
    said = world.last_message_to(grace)
    world.slack.delete_message(world.slack.open_dm(world.slack.bot_user_id, grace), said["ts"])
    await _as_if_it_died(world, left, lost)
    await world.move(seconds=59)
    assert {(await post.look(each)).state for each in (left, lost)} == {"sending"}
    await world.move(minutes=3)
    assert [(await post.look(each)).state for each in (left, lost)] == ["sent", "sent"]
    assert (post.texts_to(ada), post.texts_to(grace)) == (["Did leave"], ["Did not leave"])


async def _as_if_it_died(world: World, *ids: int) -> None:
    """Put the rows back to where a kill between Slack's answer and our record leaves them."""
    async with world.bot.database.transaction() as session:
        for each in ids:
            row = await session.get_one(Delivery, each)
            row.state, row.claim_id, row.ts, row.settled_at = "sending", "a dead worker's", None, None
            row.ready_at = world.clock() + timedelta(seconds=60)
            text = "Did leave" if each == ids[0] else "Did not leave"
            row.content = outbox.vault_of(session).seal_json(Content(text).to_json(), row.wire_key)


async def test_what_was_withdrawn_while_its_outcome_was_unknown_is_not_sent_again(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.drop_request("chat.postMessage")
    queued = await post.queue(ada, "Changed our mind", subject="session:1")
    await world.settle()
    async with world.bot.database.transaction() as session:
        await outbox.withdraw(session, 1, "session:1", now=world.clock())
    await world.move(hours=1)
    assert post.texts_to(ada) == []
    assert (await post.look(queued)).state == "withdrawn"


async def test_a_channel_whose_history_we_may_not_read_waits_for_a_lead(world: World, post: Post):
    channel = post.channel()
    world.server.faults.drop_reply("chat.postMessage")
    world.server.faults.fail("conversations.history", error="not_in_channel")
    queued = await post.queue(channel, "Once")
    await world.move(minutes=1)
    delivery = await post.look(queued)
    assert (delivery.state, delivery.error) == ("parked", "not_in_channel")
    await world.move(days=1)
    assert post.texts_in(channel) == ["Once"]


async def test_a_private_conversation_is_tried_for_an_hour_before_it_is_parked(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.drop_reply("chat.postMessage")
    world.server.faults.fail("conversations.history", error="missing_scope", times=100)
    queued = await post.queue(ada, "Once")
    await world.move(minutes=50)
    assert (await post.look(queued)).state == "unknown"
    await world.move(minutes=20)
    assert (await post.look(queued)).state == "parked"
    assert post.texts_to(ada) == ["Once"]


async def test_an_update_whose_answer_was_lost_is_simply_made_again(world: World, post: Post):
    ada = world.person("Ada")
    target = await post.queue(ada, "Before")
    await world.move(seconds=2)
    world.server.faults.drop_reply("chat.update")
    change = await post.update(target, "After", ada)
    await world.move(minutes=1)
    assert (await post.look(change)).state == "sent"
    assert post.texts_to(ada) == ["After"]


async def test_a_group_whose_opening_was_not_answered_is_opened_again(world: World, post: Post):
    world.server.faults.drop_reply("conversations.open")
    queued = await post.queue(People((world.person("Ada"), world.person("Grace")), ()), "You two")
    await world.move(minutes=1)
    delivery = await post.look(queued)
    assert delivery.channel is not None
    assert post.texts_in(delivery.channel) == ["You two"]


async def test_a_file_whose_sharing_was_not_answered_is_found_by_its_id(world: World, post: Post):
    channel = post.channel()
    world.server.faults.drop_reply("files.completeUploadExternal")
    content = Content("The calendar", file_name="meet.ics", file_text="BEGIN:VCALENDAR")
    queued = await post.queue(channel, None, verb=Verb.UPLOAD, content=content)
    await world.move(minutes=5)
    assert (await post.look(queued)).state == "sent"
    assert len([each for each in post.messages_in(channel) if each.get("files")]) == 1


async def test_history_that_is_busy_is_asked_again(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.drop_reply("chat.postMessage")
    world.server.faults.rate_limit("conversations.history", retry_after=5)
    world.server.faults.fail("conversations.history", error="internal_error")
    await post.queue(ada, "Once")
    await world.move(minutes=5)
    assert post.sent and post.texts_to(ada) == ["Once"]
