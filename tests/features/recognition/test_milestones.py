"""Points worth a quiet moment: seen by features, kept once ever, told as loudly as people like."""

import pytest

from bot.features.introductions.checkins import milestones as tenth
from bot.features.questions.threads import milestones as first
from bot.members.recognising import reached
from tests.features.goals.people import People, found
from tests.features.questions.threads_people import ask, put_to, writes
from tests.features.recognition.thanking import milestones, texts
from tests.members import walk
from tests.world import World


async def like(people: People, name: str, volume: str) -> None:
    await people.home(name, "settings")
    await people.press_home(name, "recognition.liking")
    assert (await people.submit(name, {"volume": volume})).ok


async def answer(people: People) -> None:
    """Ben answers a question of Ada's."""
    number = await ask(people.world, people.users["Ada"])
    root = await put_to(people.world, number, people.users["Ben"])
    await writes(people.world, people.users["Ben"], root, "Say it early.")


@pytest.mark.parametrize(
    ("volume", "told", "shared"), [("page", False, False), ("note", True, False), ("share", True, True)]
)
async def test_a_first_answer_is_told_as_loudly_as_one_likes(world: World, volume: str, told: bool, shared: bool):
    people = await found(world)
    await like(people, "Ben", volume)
    await answer(people)
    await world.move(hours=2)
    assert any("first answer" in each["text"] for each in people.messages("Ben")) is told
    (row,) = await milestones(people)
    assert (row.kind, row.member_id, row.shared_at is not None) == ("first_answer", people.ids["Ben"], shared)
    assert "Answered a colleague's question" in walk.said(await people.home("Ben", "recognition"))


async def test_a_second_answer_and_whoever_asks_reach_nothing_new(any_world: World):
    people = await found(any_world)
    await answer(people)
    await answer(people)
    assert [row.member_id for row in await milestones(people)] == [people.ids["Ben"]]


async def test_the_note_can_be_shared_and_kept_again(world: World):
    people = await found(world)
    await answer(people)
    await world.move(hours=2)
    assert "Nobody else is told" in texts(people.last("Ben"))
    await people.press("Ben", "recognition.milestone_share")
    assert "may stand on the monthly page" in texts(people.last("Ben"))
    await people.press("Ben", "recognition.milestone_keep")
    (row,) = await milestones(people)
    assert row.shared_at is None
    await people.home("Ben", "recognition")
    await walk.press(world, people.users["Ben"], action_id="recognition.milestone_more", selected=f"hide:{row.id}")
    assert (await milestones(people))[0].put_away
    await people.press("Ben", "recognition.milestone_share")
    (row,) = await milestones(people)
    assert row.shared_at is not None and not row.put_away


async def test_a_goal_done_is_kept_once_however_often_it_is_done_again(world: World):
    people = await found(world)
    goal = await people.set_goal("Ada")
    for _ in range(2):
        await people.home("Ada", f"goals:{goal.id}")
        await people.press_home("Ada", "goals.done")
        assert (await people.submit("Ada", {})).ok
        await people.home("Ada", f"goals:{goal.id}")
        await people.press_home("Ada", "goals.undo")
    await world.move(hours=3)
    assert [(row.kind, row.about_id) for row in await milestones(people)] == [("goal_done", goal.id)]
    assert not any("goal of yours is done" in each["text"] for each in people.messages("Ada")), (
        "goals say it themselves"
    )


async def test_what_was_undone_before_it_was_told_is_not_told(world: World):
    people = await found(world)
    async with people.database.transaction() as session:
        for kind in (tenth.TENTH, first.FIRST):
            await reached(session, people.workspace_id, people.ids["Ben"], kind, 0, world.clock())
    await world.move(days=2)
    assert people.messages("Ben") == [], "neither holds: nobody met, nobody answered"


async def test_two_at_once_keep_one(any_world: World):
    people = await found(any_world)
    for _ in range(2):
        async with people.database.transaction() as session:
            await reached(session, people.workspace_id, people.ids["Ben"], "goal_done", 7, any_world.clock())
            await reached(session, people.workspace_id, people.ids["Ben"], "unheard_of", 7, any_world.clock())
    assert len(await milestones(people)) == 1
