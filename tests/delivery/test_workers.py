"""Several workers, several workspaces: nobody is told twice, nobody waits for somebody else's slow Slack."""

import asyncio

from bot.delivery import jobs
from bot.delivery.limits import Limits
from bot.members import workspaces
from bot.members.models import Workspace
from tests.delivery.conftest import Post
from tests.world import World


async def test_two_workers_at_once_tell_everybody_once(any_world: World):
    post = Post(any_world)
    people = [any_world.person(f"P{number}") for number in range(40)]
    for person in people:
        await post.queue(person)
    registry, tools = any_world.bot.registry, any_world.bot.tools
    handled = await asyncio.gather(*[jobs.deliver(registry, Limits.off(in_flight=8), tools) for _ in range(2)])
    assert sum(handled) >= 40
    assert [post.texts_to(person) for person in people] == [["Hello"]] * 40


async def test_a_slow_workspace_does_not_delay_another(world: World, post: Post):
    other = await second_workspace(world)
    people = [world.person(f"P{number}") for number in range(12)]
    world.server.faults.slow("chat.postMessage", seconds=0.5, times=10)
    for person in people[:10]:
        await post.queue(person, "Slow")
    quick = await post.queue(people[10], "Quick", workspace_id=other)
    await world.settle()
    assert post.sent[0] == quick
    assert len(post.sent) == 11


async def test_a_worker_asked_to_stop_finishes_what_is_out_and_takes_nothing_new(world: World, post: Post):
    people = [world.person(f"P{number}") for number in range(14)]
    world.server.faults.slow("chat.postMessage", seconds=0.2, times=10)
    for person in people:
        await post.queue(person)
    tools = world.bot.tools
    arrived = asyncio.Event()
    world.slack.subscribe(lambda kind, payload: arrived.set())
    running = asyncio.create_task(jobs.deliver(world.bot.registry, Limits(), tools))
    await arrived.wait()
    tools.stopping = True
    await running
    tools.stopping = False
    states = await post.states()
    assert (states.count("sent"), states.count("queued")) == (10, 4)
    await world.move(seconds=5)
    assert await post.states() == ["sent"] * 14


async def second_workspace(world: World) -> int:
    """Another installation; its token leads to the same make-believe Slack."""
    async with world.bot.database.transaction() as session:
        first = await session.get_one(Workspace, 1)
        token = workspaces.token_of(session, first)
        assert token is not None
        kept = await workspaces.keep(session, team_id="T2", name="Second", token=token, now=world.clock())
        kept.sync_due_at = None
        return kept.id
