"""What operators and leads see of messages on their way: kinds, numbers, classes of error; never text."""

from dataclasses import asdict
from datetime import timedelta

from bot.delivery import queries
from bot.messages import People
from tests.delivery.conftest import Post
from tests.world import World


async def test_a_lead_sees_kind_recipient_and_class_of_error_and_of_private_kinds_a_number(world: World, post: Post):
    ada, grace = world.person("Ada"), world.person("Grace")
    world.server.faults.fail("chat.postMessage", error="is_archived", times=2)
    open_one = await post.queue(ada, "Said in confidence")
    await post.queue(grace, "Said in confidence too", kind="test.secret")
    await world.settle()
    async with world.bot.database.reading() as session:
        found = await queries.troubles(session, 1, since=world.clock() - timedelta(days=7))
        assert await queries.troubles(session, 2, since=world.clock() - timedelta(days=7)) == []
    assert [(each.kind, each.count, each.error_class, each.recipients, each.ids) for each in found] == [
        ("test.answer", 1, "channel", (ada,), (open_one,)),
        ("test.secret", 1, "channel", (), ()),
    ]
    assert "confidence" not in str([asdict(each) for each in found])


async def test_a_second_try_says_what_was_meant_without_showing_it(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.fail("chat.postMessage", error="is_archived")
    queued = await post.queue(ada, "Said in confidence")
    await world.settle()
    async with world.bot.database.transaction() as session:
        assert not await queries.retry(session, 2, queued, now=world.clock())
        assert await queries.retry(session, 1, queued, now=world.clock())
    await world.settle()
    assert post.texts_to(ada) == ["Said in confidence"]
    async with world.bot.database.transaction() as session:
        assert not await queries.retry(session, 1, queued, now=world.clock())


async def test_private_kinds_are_tried_again_all_at_once(world: World, post: Post):
    ada = world.person("Ada")
    world.server.faults.fail("chat.postMessage", error="is_archived", times=2)
    for _ in range(2):
        await post.queue(ada, kind="test.secret")
        await world.move(seconds=2)
    async with world.bot.database.transaction() as session:
        assert await queries.retry_all(session, 1, "test.secret", now=world.clock()) == 2
    await world.move(seconds=5)
    assert post.texts_to(ada) == ["Hello", "Hello"]


async def test_the_numbers_an_operator_watches(world: World, post: Post):
    people = [world.person(f"P{number}") for number in range(3)]
    world.server.faults.rate_limit("chat.postMessage", retry_after=60)
    await post.queue(people[0])
    await world.settle()
    await post.queue(People((people[1],), ()), due_at=world.clock() + timedelta(hours=3))
    async with world.bot.database.reading() as session:
        stats = await queries.stats(session, world.clock() + timedelta(seconds=30))
        found = await queries.in_state(session, "queued", workspace_id=1)
    assert stats.deliveries == {"queued": 2}
    assert (stats.paused_methods, stats.stopped_workspaces) == (1, 0)
    assert stats.refusals == {"chat.postMessage": 1}
    assert stats.oldest_due_seconds == 30
    assert len(found) == 2
