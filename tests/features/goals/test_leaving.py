"""Whoever leaves or is deactivated is asked nothing more, and nobody is told more of their goals."""

from tests.features.goals.people import TITLE, found
from tests.members import walk
from tests.world import World


async def test_who_left_is_asked_nothing_and_finds_their_goals_on_return(any_world: World):
    people = await found(any_world)
    goal = await people.set_goal()
    await people.leave("Ada")
    await any_world.move(weeks=6)
    assert people.messages("Ada") == []
    await people.come_back("Ada")
    assert TITLE in walk.said(await people.home("Ada", f"goals:{goal.id}"))
    await any_world.move(weeks=6)
    assert TITLE in people.last("Ada")["text"]


async def test_a_review_that_waits_is_taken_back(world: World):
    people = await found(world)
    await people.set_goal()
    await people.type("Ada", "pause until 2026-03-16")
    await people.leave("Ada")
    await world.move(weeks=4)
    assert TITLE not in str(people.messages("Ada"))


async def test_who_was_deactivated_is_asked_nothing(world: World):
    people = await found(world)
    await people.set_goal()
    world.slack.update_user(people.users["Ada"], deleted=True)
    await people.settle()
    await world.move(weeks=4)
    assert people.messages("Ada") == []


async def test_followers_are_told_no_more(world: World):
    people = await found(world)
    goal = await people.set_goal(followers=["Ben"])
    await world.move(hours=2)
    await people.press("Ben", "goals.follow")
    await people.leave("Ada")
    assert TITLE not in walk.said(await people.home("Ben", f"goals:{goal.id}"))
    assert TITLE not in walk.said(await people.home("Ben", "goals"))


async def test_a_follower_who_left_follows_no_more(world: World):
    people = await found(world)
    goal = await people.set_goal(followers=["Ben"])
    await world.move(hours=2)
    await people.press("Ben", "goals.follow")
    await people.leave("Ben")
    row = await people.follower("Ben")
    assert row is not None
    assert row.state == "ended"
    assert "Ben" not in walk.said(await people.home("Ada", f"goals:{goal.id}"))


async def test_a_request_of_who_left_is_never_sent(world: World):
    people = await found(world)
    await people.type("Ben", "pause until 2026-03-10")
    await people.set_goal(followers=["Ben"])
    await people.leave("Ada")
    await world.move(weeks=2)
    assert "follow" not in str([each["text"] for each in people.messages("Ben")])
