"""Somebody named sees nothing before their own yes, little after it, and nothing once either side has ended it."""

from tests.features.goals.people import TITLE, People, found
from tests.features.introductions.pressing import buttons, texts
from tests.members import walk
from tests.world import World


async def asked(world: World, *followers: str) -> People:
    people = await found(world, "Ada", "Ben", "Cleo")
    await people.set_goal(
        why="Because of the last review", steps="Sit in on one", followers=followers or ("Ben",), rhythm="none"
    )
    await world.move(hours=2)
    return people


async def test_a_request_says_nothing_of_the_goal_and_nothing_is_shown_before_a_yes(any_world: World):
    people = await asked(any_world)
    goal = await people.goal()
    request = people.last("Ben")
    assert request["text"] == "Ada asks whether you would like to follow one of their goals."
    assert TITLE not in str(request)
    assert "no such goal here" in walk.said(await people.home("Ben", f"goals:{goal.id}"))
    assert "Ben (asked)" in walk.said(await people.home("Ada", f"goals:{goal.id}"))


async def test_a_follower_sees_title_milestones_and_shared_notes_only(world: World):
    people = await asked(world)
    goal = await people.goal()
    await people.press("Ben", "goals.follow")
    assert TITLE in people.last("Ben")["text"]
    for words, share in (("a shared note", ["yes"]), ("a private note", [])):
        await people.home("Ada", f"goals:{goal.id}")
        await people.press_home("Ada", "goals.note")
        await people.submit("Ada", {"words": words, "share": share})
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.obstacle")
    await people.submit("Ada", {"words": "a private obstacle"})
    page = walk.said(await people.home("Ben", f"goals:{goal.id}"))
    for shown in (TITLE, "Sit in on one", "a shared note", "One milestone ahead"):
        assert shown in page
    for hidden in ("private", "Because", "Re-cut"):
        assert hidden not in page
    assert TITLE in walk.said(await people.home("Ben", "goals"))
    assert "You follow a goal of somebody else." in walk.said(await people.home("Ben"))
    assert TITLE not in walk.said(await people.home("Cleo", f"goals:{goal.id}"))
    await people.forge("Ben", "goals.edit", str(goal.id))
    await people.forge("Ben", "goals.tick", f"{goal.id}:1")
    assert (await people.text()).milestones[0].done_on is None


async def test_no_thanks_is_not_asked_again_and_can_be_taken_back(world: World):
    people = await asked(world)
    goal = await people.goal()
    await people.press("Ben", "goals.follow_no")
    assert "That is fine" in texts(people.last("Ben"))
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.edit")
    reply = await people.submit("Ada", {"followers": [people.users["Ben"]]})
    assert "Ben said no thanks" in reply.errors["followers"]
    await people.press("Ben", "goals.follow_undo")
    assert buttons(people.last("Ben"))[0]["action_id"] == "goals.follow"


async def test_either_side_can_end_it(world: World):
    people = await asked(world, "Ben", "Cleo")
    goal = await people.goal()
    await people.press("Ben", "goals.follow")
    await people.press("Cleo", "goals.follow")
    await people.press("Ben", "goals.unfollow")
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.edit")
    assert (await people.submit("Ada", {"followers": []})).ok
    for name in ("Ben", "Cleo"):
        assert TITLE not in walk.said(await people.home(name, f"goals:{goal.id}"))


async def test_a_request_that_was_taken_back_answers_nothing(world: World):
    people = await asked(world)
    goal = await people.goal()
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.edit")
    await people.submit("Ada", {"followers": []})
    await people.press("Ben", "goals.follow")
    row = await people.follower("Ben")
    assert row is not None
    assert row.state == "ended"
    assert TITLE not in str(people.messages("Ben"))


async def test_who_may_be_named(world: World):
    people = await found(world)
    zoe = world.person("Zoe")
    await people.settle()
    await people.type("Ada", "goal")
    for who, error in ((people.users["Ada"], "You see it anyway"), (zoe, "is not in Perennial")):
        reply = await people.submit("Ada", {"title": TITLE, "followers": [who]})
        assert error in reply.errors["followers"]
    six = [people.users["Ben"], *(f"U{number}" for number in range(5))]
    reply = await people.submit("Ada", {"title": TITLE, "followers": six}, anyway=True)
    assert "five at most" in reply.errors["followers"]
    assert await people.goals() == []


async def test_followers_hear_of_it_only_if_its_owner_likes(world: World):
    people = await asked(world, "Ben", "Cleo")
    goal = await people.goal()
    await people.press("Ben", "goals.follow")
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.done")
    await people.submit("Ada", {"loud": "followers"})
    await world.move(hours=1)
    assert people.last("Ben")["text"] == f"Ada has reached “{TITLE}”, and wanted you to know."
    assert "One person who follows it will hear." in people.last("Ada")["text"]
    assert TITLE not in str(people.messages("Cleo"))


async def test_quietly_is_the_default(world: World):
    people = await asked(world)
    goal = await people.goal()
    await people.press("Ben", "goals.follow")
    before = len(people.messages("Ben"))
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.done")
    await people.submit("Ada", {})
    await world.move(hours=1)
    assert len(people.messages("Ben")) == before
