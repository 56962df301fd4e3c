"""A round from due to delivered: everybody once, with somebody from another team, told why."""

from tests.features.introductions.company import found
from tests.world import World


async def test_everybody_is_introduced_once_in_a_conversation_of_their_own(any_world: World):
    company = await found(any_world, 6)
    row = await company.round_now()
    assert row.state == "sealed"
    await any_world.move(hours=8)
    sent = await company.introductions("sent")
    assert sorted(row.member_id for _, people in sent for row in people) == sorted(company.ids.values())
    for introduction, people in sent:
        users = [company.users[name] for name, each in company.ids.items() if each in {row.member_id for row in people}]
        assert introduction.channel is not None
        (message,) = company.messages_in(introduction.channel, users[0])
        assert "meet" in message["text"]
