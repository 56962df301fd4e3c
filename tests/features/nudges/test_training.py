"""The mentors' training: offered to who offers a skill, a step at a time, at their own pace."""

from typing import Any

from sqlalchemy import select

from bot.features.nudges.library import steps
from bot.features.nudges.models import MentorTraining
from bot.features.nudges.training import views
from tests.features.nudges.crew import join, words
from tests.world import World


async def home(world: World, user: str) -> str:
    await world.acts.open_home(user)
    await world.settle()
    view = world.slack.home(user)
    assert view is not None
    return words(view)


async def open_step(world: World, user: str) -> dict[str, Any]:
    await world.acts.open_home(user)
    await world.settle()
    await world.acts.click(user, action_id=views.OPEN)
    await world.settle()
    return world.slack.modals(user)[-1]


async def try_it(world: World, user: str) -> None:
    form = await open_step(world, user)
    assert not (await world.acts.submit(user, form["id"])).errors
    for view in world.slack.modals(user):
        await world.acts.close(user, view["id"])
    await world.move(seconds=10)


async def test_it_is_offered_to_who_offers_a_skill_and_to_nobody_else(world: World):
    ada, ben = await join(world, "Ada", offers=("SQL",)), await join(world, "Ben", wants=("SQL",))
    assert "Six short steps on mentoring" in await home(world, ada)
    assert "mentoring" not in await home(world, ben)


async def test_six_steps_one_after_the_other_and_a_warm_end(any_world: World):
    ada = await join(any_world, "Ada", offers=("SQL",))
    for number, step in enumerate(steps()):
        form = await open_step(any_world, ada)
        assert step.title in words(form)
        for view in any_world.slack.modals(ada):
            await any_world.acts.close(ada, view["id"])
        if number:
            assert "Next:" in await home(any_world, ada)
        await any_world.move(days=3)
        await try_it(any_world, ada)
    assert "Mentor training" not in await home(any_world, ada)
    async with any_world.bot.database.reading() as session:
        row = (await session.execute(select(MentorTraining))).scalar_one()
    assert row.done == 6


async def test_leaving_it_and_coming_back_finds_the_same_step(world: World):
    ada = await join(world, "Ada", offers=("SQL",))
    await try_it(world, ada)
    form = await open_step(world, ada)
    await world.acts.close(ada, form["id"])
    await world.move(days=40)
    assert "One of six done." in await home(world, ada)
    assert steps()[1].title in words(await open_step(world, ada))


async def test_a_step_handed_in_twice_counts_once_and_a_later_one_is_not_reached_by_force(world: World):
    ada = await join(world, "Ada", offers=("SQL",))
    form = await open_step(world, ada)
    await world.acts.click(ada, action_id=f"{views.OPEN}_next", view_id=form["id"], value="5", anyway=True)
    await world.settle()
    assert steps()[0].title in words(world.slack.modals(ada)[-1])
    first = await world.acts.submit(ada, form["id"])
    assert first.request is not None
    await world.acts.resend(first.request)
    async with world.bot.database.reading() as session:
        row = (await session.execute(select(MentorTraining))).scalar_one()
    assert row.done == 1


async def test_one_turns_back_to_what_was_tried_and_forward_again(world: World):
    ada = await join(world, "Ada", offers=("SQL",))
    await try_it(world, ada)
    form = await open_step(world, ada)
    for what, title in (("before", steps()[0].title), ("next", steps()[1].title)):
        await world.acts.click(ada, action_id=f"{views.OPEN}_{what}", view_id=form["id"])
        await world.settle()
        assert title in words(world.slack.modals(ada)[-1])
