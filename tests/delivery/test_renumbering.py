"""Slack gives a channel another id: whatever was posted there is still changed, answered and followed there."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from bot.delivery.models import InboxRow
from tests.delivery.conftest import Post
from tests.world import World


async def test_a_change_a_thread_and_a_second_post_reach_the_channel_by_its_new_id(
    any_world: World, make_post: Callable[[World], Post]
):
    post = make_post(any_world)
    old = post.channel()
    first = await post.queue(old, "Who comes?")
    later = await post.queue(old, "Tomorrow", due_at=any_world.clock() + timedelta(days=1))
    await any_world.settle()
    new = any_world.slack.change_channel_id(old)
    await any_world.settle()
    await post.update(first, "Three come", old)
    reply = await post.queue(old, "Below", target_id=first)
    await any_world.move(days=1, seconds=5)
    assert post.texts_in(new) == ["Three come", "Tomorrow"]
    (below,) = any_world.slack.thread(new, post.messages_in(new)[0]["ts"])[1:]
    assert below["text"] == "Below"
    assert [(await post.look(each)).state for each in (later, reply)] == ["sent", "sent"]
    newest = any_world.slack.change_channel_id(new)  # once more
    await any_world.settle()
    await post.update(first, "Four come", new)
    await any_world.move(seconds=5)
    assert post.texts_in(newest)[0] == "Four come"


async def test_what_happens_to_a_channel_in_which_we_never_wrote_is_not_kept(world: World, post: Post):
    world.slack.change_channel_id(post.channel())
    await world.settle()
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(InboxRow))).scalars().all() == []
