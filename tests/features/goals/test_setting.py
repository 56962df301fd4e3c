"""A goal is written down, seen by nobody else, cut anew, and never overwritten from a second window."""

from datetime import timedelta

import pytest

from bot.features.goals.setting import views
from tests.features.goals.people import TITLE, found
from tests.members import walk
from tests.world import World

CHANNEL = "<!channel> *bold* ❤ مرحبا"


async def test_a_goal_is_set_by_word_and_stands_on_home(any_world: World):
    people = await found(any_world)
    goal = await people.set_goal(steps="Sit in on a review\nPrepare one with Ben\n\nSit in on a review")
    assert (goal.state, goal.rhythm) == ("open", "two_weeks")
    assert [each.text for each in (await people.text()).milestones] == ["Sit in on a review", "Prepare one with Ben"]
    said = walk.said(await people.home("Ada"))
    assert TITLE in said
    assert "Next: Sit in on a review" in said
    assert "Two milestones ahead, moved today" in said


async def test_words_after_the_command_begin_the_title(world: World):
    people = await found(world)
    await people.type("Ada", "goal speak at a meetup")
    field = next(each for each in people.form("Ada")["blocks"] if each.get("block_id") == "title")
    assert field["element"]["initial_value"] == "speak at a meetup"


async def test_who_has_no_goal_is_invited_once_and_who_is_not_in_is_not(world: World):
    people = await found(world)
    assert "three months from now" in walk.said(await people.home("Ada"))
    outsider = world.person("Zoe")
    assert "three months from now" not in walk.said(await walk.open_home(world, outsider))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "   ", "Say in a few words"),
        ("title", "x" * 3000, "120 is the most"),
        ("why", "y" * 3000, "1000 is the most"),
        ("by", "2026-03-01", "A date in the past can't be a target"),
        ("by", "2056-03-01", "more than ten years away"),
        ("steps", "\n".join(f"step {number}" for number in range(11)), "Ten milestones at most"),
        ("steps", "z" * 200, "120 is the most"),
    ],
)
async def test_what_cannot_be_kept_is_said_under_its_field(world: World, field: str, value: str, error: str):
    people = await found(world)
    await people.type("Ada", "goal")
    reply = await people.submit("Ada", {"title": TITLE, field: value}, anyway=True)
    assert error in reply.errors[field]
    assert await people.goals() == []


async def test_odd_words_are_kept_as_they_are_and_ping_nobody(world: World):
    people = await found(world)
    await people.set_goal(title=CHANNEL, why=CHANNEL, steps=CHANNEL)
    goal = await people.goal()
    assert (await people.text()).title == CHANNEL
    view = await people.home("Ada", f"goals:{goal.id}")
    shown = str([block for block in view["blocks"] if block["type"] != "header"])
    assert "<!channel>" not in shown.replace("accessibility_label': 'Tick: <!channel>", "")
    assert "&lt;!channel&gt; *bold* ❤ مرحبا" in shown


async def test_a_form_handed_in_twice_is_one_goal(world: World):
    people = await found(world)
    await people.type("Ada", "goal")
    reply = await people.submit("Ada", {"title": TITLE})
    assert reply.request is not None
    await world.acts.resend(reply.request)
    assert len(await people.goals()) == 1


async def test_seven_goals_are_enough(world: World):
    people = await found(world)
    for number in range(6):
        await people.set_goal(title=f"Goal {number}")
    await people.type("Ada", "goal")
    form = people.form("Ada")
    await people.set_goal(title="The seventh")
    answer = await people.submit_elsewhere("Ada", form, {"title": "An eighth"})
    assert "Seven goals are open or resting" in answer["errors"]["title"]
    assert len(await people.goals()) == 7


async def test_of_two_windows_the_second_is_told_and_sees_what_it_is_now(world: World):
    people = await found(world)
    goal = await people.set_goal(why="Because")
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", views.EDIT)
    first = people.form("Ada")
    await people.press_home("Ada", views.EDIT)
    assert (await people.submit("Ada", {"title": "Lead two design reviews", "why": "For the team"})).ok
    answer = await people.submit_elsewhere("Ada", first, {"title": "Lead none"})
    assert answer["response_action"] == "update"
    assert (await people.text()).title == "Lead two design reviews"
    told = walk.said(answer["view"])
    assert "changed in another window" in told
    assert "*Lead two design reviews*" in told
    assert "Why: For the team" in told
    field = next(each for each in answer["view"]["blocks"] if each.get("block_id") == "title")
    assert field["element"]["initial_value"] == "Lead none"
    again = {**answer["view"], "id": first["id"]}
    assert await people.submit_elsewhere("Ada", again, {"title": "Lead none"}) == {}
    assert (await people.text()).title == "Lead none"


async def test_a_day_that_has_passed_since_may_stay_as_it_is(world: World):
    people = await found(world)
    goal = await people.set_goal(by="2026-03-05", rhythm="none")
    await world.move(days=9)
    view = await people.home("Ada", f"goals:{goal.id}")
    assert "has passed; it can move" in walk.said(view)
    await people.press_home("Ada", views.EDIT)
    assert (await people.submit("Ada", {"title": "Lead it still"})).ok
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", views.EDIT)
    reply = await people.submit("Ada", {"by": "2026-03-06"})
    assert "A date in the past" in reply.errors["by"]


async def test_another_member_and_a_lead_reach_nothing_by_forged_ids(any_world: World):
    people = await found(any_world)
    goal = await people.set_goal(why="a private reason", steps="a private step")
    for name in ("Ben", "Lead"):
        for place in ("front", "goals", f"goals:{goal.id}", f"goals:{goal.id}:help", "goals:closed"):
            said = walk.said(await people.home(name, place))
            assert TITLE not in said
            assert "private" not in said
        for action in ("goals.note", "goals.edit", "goals.keep", "goals.pause", "goals.done", "goals.undo",
                       "goals.steps", "goals.obstacle", "goals.smaller", "goals.angle", "goals.person",
                       "goals.follow", "goals.follow_no", "goals.unfollow", "goals.follow_undo"):  # fmt: skip
            await people.forge(name, action, str(goal.id))
        await people.forge(name, "goals.tick", f"{goal.id}:1")
        await people.forge(name, "goals.more", f"let_go:{goal.id}")
        await people.forge(name, "goals.keep", "not a number")
        shown = " ".join(map(walk.said, [*any_world.slack.modals(people.users[name]), *people.messages(name)]))
        assert TITLE not in shown
        assert "private" not in shown
    kept = await people.goal()
    assert (kept.state, kept.version, kept.moved_at) == ("open", 1, goal.moved_at)
    assert (await people.text()).milestones[0].done_on is None


async def test_somebody_who_left_meanwhile_can_keep_nothing(world: World):
    people = await found(world)
    await people.type("Ada", "goal")
    await people.leave("Ada")
    reply = await people.submit("Ada", {"title": TITLE})
    assert "not in Perennial" in reply.errors["title"]
    assert await people.goals() == []


async def test_the_first_review_comes_in_their_own_morning(world: World):
    people = await found(world, "Ada", tz="America/New_York")
    goal = await people.set_goal()
    assert goal.due_at is not None
    local = goal.due_at - timedelta(hours=4)  # New York in summer time
    assert (local.month, local.day, local.hour) == (3, 16, 9)
