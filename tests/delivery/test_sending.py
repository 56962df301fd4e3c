"""What is queued leaves, once, to where it belongs."""


from tests.delivery.conftest import Post
from tests.world import World


async def test_a_message_to_a_person_arrives(world: World, post: Post):
    ada = world.person("Ada")
    queued = await post.queue(ada, "Good morning")
    await world.settle()
    assert post.texts_to(ada) == ["Good morning"]
    delivery = await post.look(queued)
    assert (delivery.state, delivery.content) == ("sent", None)
    assert delivery.channel is not None and delivery.channel.startswith("D")
    assert post.sent == [queued]
