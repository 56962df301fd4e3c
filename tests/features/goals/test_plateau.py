"""A goal that stands still over two reviews is offered three ways on instead of one more reminder."""

from typing import Any

from bot.features.goals.plans import views
from tests.features.goals.people import TITLE, People, found
from tests.features.introductions.pressing import buttons, texts
from tests.world import World


async def standing_still(world: World, **fields: Any) -> People:
    """Two reviews went by without movement; the third time is a plan."""
    people = await found(world)
    await people.set_goal(**fields)
    await world.move(weeks=6, hours=2)
    return people


async def test_the_third_time_is_a_plan_and_no_reminder(any_world: World):
    people = await standing_still(any_world)
    said = [message["text"] for message in people.messages("Ada")]
    assert ["is it still" in each for each in said] == [True, True, False]
    assert "has stayed where it is" in said[2]
    assert [each["action_id"] for each in buttons(people.last("Ada"))] == [views.SMALLER, views.PERSON, views.ANGLE]


async def test_any_movement_keeps_the_plan_away(world: World):
    people = await found(world)
    goal = await people.set_goal()
    await world.move(weeks=5)
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.note")
    await people.submit("Ada", {"words": "Asked Mina"})
    await world.move(weeks=1, days=1)
    assert "is it still" in people.last("Ada")["text"]


async def test_a_smaller_step_comes_first_and_is_asked_about_in_a_week(world: World):
    people = await standing_still(world, steps="A large step")
    await people.press("Ada", views.SMALLER)
    await people.submit("Ada", {"step": "Ask <!here> Mina"})
    assert [each.text for each in (await people.text()).milestones] == ["Ask <!here> Mina", "A large step"]
    assert "I ask in a week how it went" in texts(people.last("Ada"))
    assert "<!here>" not in texts(people.last("Ada"))
    await world.move(days=8)
    asked = people.last("Ada")
    assert "A week ago you chose a smaller step" in asked["text"]
    await people.press("Ada", "goals.tick")
    assert (await people.text()).milestones[0].done_on is not None
    assert "That is one step towards" in texts(people.last("Ada"))
    await world.move(weeks=2)
    assert "is it still" in people.last("Ada")["text"]


async def test_a_full_list_of_milestones_is_said_in_the_form(world: World):
    people = await standing_still(world, steps="\n".join(f"step {number}" for number in range(10)))
    await people.press("Ada", views.SMALLER)
    reply = await people.submit("Ada", {"step": "An eleventh"})
    assert "Ten milestones at most" in reply.errors["step"]


async def test_somebody_else_leads_to_what_other_features_offer(world: World):
    people = await standing_still(world)
    button = {"type": "button", "text": {"type": "plain_text", "text": "Ask"}, "action_id": "x", "value": "1"}

    async def help_for(session: object, workspace_id: int, member_id: int) -> dict[str, Any] | None:
        return button if member_id == people.ids["Ada"] else None

    world.bot.registry.helps[:] = [help_for]
    await people.press("Ada", views.PERSON)
    assert [each["action_id"] for each in buttons(people.last("Ada"))] == ["x", "goals.undo"]
    await people.press("Ada", "goals.undo")
    assert buttons(people.last("Ada"))[0]["action_id"] == views.SMALLER
    await people.press("Ada", views.PERSON)
    await world.move(days=8)
    assert "Did it lead to something?" in people.last("Ada")["text"]
    await people.press("Ada", "goals.note")
    await people.submit("Ada", {"words": "Mina shows me hers on Thursday"})
    assert texts(people.last("Ada")) == f"Noted with “{TITLE}”."


async def test_where_nobody_can_be_named_the_message_says_so_kindly(world: World):
    people = await standing_still(world)
    world.bot.registry.helps.clear()
    await people.press("Ada", views.PERSON)
    assert "A smaller step works alone" in texts(people.last("Ada"))
    assert buttons(people.last("Ada"))[0]["action_id"] == views.SMALLER


async def test_a_different_angle_is_two_questions_for_oneself(world: World):
    people = await standing_still(world, followers=["Ben"])
    await people.press("Ben", "goals.follow")
    await people.press("Ada", views.ANGLE)
    assert sum(each["type"] == "input" for each in people.form("Ada")["blocks"]) == 2
    assert "A few words" in (await people.submit("Ada", {})).errors["first"]
    assert (await people.submit("Ada", {"second": "My old manager would notice"})).ok
    goal = await people.goal()
    assert "My old manager" in str(await people.home("Ada", f"goals:{goal.id}"))
    assert "My old manager" not in str(await people.home("Ben", f"goals:{goal.id}"))
    await world.move(days=8)
    assert "from another side" in people.last("Ada")["text"]
    await people.press("Ada", "goals.keep")
    assert "You keep" in texts(people.last("Ada"))


async def test_a_plan_nobody_answers_ends_and_reviews_go_on(world: World):
    people = await standing_still(world)
    await world.move(weeks=2)
    assert ["is it still" in each["text"] for each in people.messages("Ada")] == [True, True, False, True]
