"""Reviews come at the rhythm somebody chose; every answer replaces the question and can be taken back."""

from datetime import UTC, datetime

from bot.features.goals.reviews import views
from tests.features.goals.people import TITLE, People, found
from tests.features.introductions.pressing import buttons, texts
from tests.world import World

FIRST = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)


async def reviewed(world: World, **fields: object) -> People:
    """Ada's goal was asked about for the first time, two weeks after she set it."""
    people = await found(world)
    await people.set_goal(**fields)
    await world.move_to(FIRST)
    return people


async def test_nothing_is_asked_before_two_weeks_have_passed(any_world: World):
    people = await found(any_world)
    await people.set_goal()
    await any_world.move_to(datetime(2026, 3, 16, 8, 55, tzinfo=UTC))
    assert people.messages("Ada") == []
    await any_world.move_to(FIRST)
    message = people.last("Ada")
    assert message["text"] == f"“{TITLE}”: is it still what you want?"
    assert [each["action_id"] for each in buttons(message)] == [views.KEEP, views.RECUT, views.PAUSE]
    assert "You chose to be asked every two weeks." in texts(message)


async def test_each_rhythm_asks_when_it_says(world: World):
    people = await found(world)
    for rhythm in ("month", "quarter", "none"):
        await people.set_goal(title=rhythm, rhythm=rhythm)
    dues = {goal.rhythm: goal.due_at and goal.due_at.date().isoformat() for goal in await people.goals()}
    assert dues == {"month": "2026-04-02", "quarter": "2026-06-02", "none": None}


async def test_keep_goes_on_and_is_asked_about_again(world: World):
    people = await reviewed(world)
    await people.press("Ada", views.KEEP)
    assert texts(people.last("Ada")) == f"You keep “{TITLE}”. I ask again on Monday 30 March."
    await people.press("Ada", views.UNDO)
    assert buttons(people.last("Ada"))[0]["action_id"] == views.KEEP
    await people.press("Ada", views.KEEP)
    await world.move(weeks=2)
    assert len(people.messages("Ada")) == 2
    assert "is it still what you want?" in people.last("Ada")["text"]


async def test_recut_opens_the_form_and_the_message_says_what_it_is_now(world: World):
    people = await reviewed(world)
    await people.press("Ada", views.RECUT)
    await people.submit("Ada", {"title": "Lead half a review", "by": "2026-05-01"})
    assert texts(people.last("Ada")) == "Re-cut: “Lead half a review”, by Friday 1 May."
    assert len(people.messages("Ada")) == 1


async def test_a_paused_goal_rests_and_comes_back_by_itself(world: World):
    people = await reviewed(world)
    await people.press("Ada", views.PAUSE)
    reply = await people.submit("Ada", {"until": "2026-03-16"})
    assert "later day than today" in reply.errors["until"]
    assert (await people.submit("Ada", {"until": "2026-05-04"})).ok
    assert "rests until Monday 4 May" in texts(people.last("Ada"))
    assert (await people.goal()).state == "paused"
    await world.move_to(datetime(2026, 5, 4, 7, tzinfo=UTC))
    assert len(people.messages("Ada")) == 1
    await world.move(hours=3)
    assert people.last("Ada")["text"] == f"“{TITLE}” is back from its pause today. Shall it go on?"
    assert (await people.goal()).state == "open"


async def test_a_pause_can_be_taken_back_in_the_message(world: World):
    people = await reviewed(world)
    await people.press("Ada", views.PAUSE)
    await people.submit("Ada", {})
    await people.press("Ada", views.UNDO)
    assert (await people.goal()).state == "open"
    assert buttons(people.last("Ada"))[0]["action_id"] == views.KEEP


async def test_done_is_one_quiet_line_in_the_place_of_the_question(world: World):
    people = await reviewed(world, steps="Sit in on one")
    goal = await people.goal()
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.tick")
    await people.more("Ada", f"done:{goal.id}")
    assert [each["block_id"] for each in people.form("Ada")["blocks"]] == ["helped"]
    await people.submit("Ada", {"helped": "Watching Mina do it"})
    said = texts(people.last("Ada"))
    assert said == f"Done: “{TITLE}”. You set out on Monday 2 March, with one milestone and one note on the way."
    assert len(people.messages("Ada")) == 1
    assert (await people.goal()).due_at is None
    assert "Done on Monday 16 March" in str(await people.home("Ada", "goals:closed"))
    await people.press("Ada", views.UNDO)
    assert (await people.goal()).state == "open"
    assert (await people.goal()).due_at is not None


async def test_done_from_home_is_one_line_in_a_message(world: World):
    people = await found(world)
    goal = await people.set_goal()
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", views.DONE)
    await people.submit("Ada", {})
    assert people.last("Ada")["text"] == f"Done: “{TITLE}”. You set out on Monday 2 March."
    await people.press("Ada", views.UNDO)
    assert texts(people.last("Ada")) == f"“{TITLE}” is open again."
    assert (await people.goal()).state == "open"


async def test_letting_go_is_an_answer_like_the_others_and_is_kept(world: World):
    people = await reviewed(world)
    goal = await people.goal()
    await people.more("Ada", f"let_go:{goal.id}")
    assert texts(people.last("Ada")) == f"You let “{TITLE}” go. That makes room for what matters more now."
    await world.move(weeks=8)
    assert len(people.messages("Ada")) == 1
    page = str(await people.home("Ada", "goals:closed"))
    assert TITLE in page
    assert "Let go on" in page
    await people.press("Ada", views.UNDO)
    assert (await people.goal()).state == "open"


async def test_no_more_questions_and_still_a_goal(world: World):
    people = await reviewed(world)
    goal = await people.goal()
    await people.more("Ada", f"no_reviews:{goal.id}")
    assert "I don't ask about" in texts(people.last("Ada"))
    await world.move(weeks=8)
    assert len(people.messages("Ada")) == 1
    assert (await people.goal()).state == "open"


async def test_a_closed_goal_is_answered_no_more(world: World):
    people = await reviewed(world)
    message = people.last("Ada")
    goal = await people.goal()
    await people.more("Ada", f"let_go:{goal.id}")
    await people.forge("Ada", views.KEEP, str(goal.id))
    assert (await people.goal()).state == "let_go"
    assert message["ts"] == people.last("Ada")["ts"]


async def test_a_goal_that_is_over_by_then_is_not_asked_about(world: World):
    people = await found(world)
    goal = await people.set_goal()
    await people.home("Ada", f"goals:{goal.id}")
    await people.press_home("Ada", "goals.more", selected=f"let_go:{goal.id}")
    assert (await people.goal()).state == "let_go"
    await world.move(weeks=6)
    assert people.messages("Ada") == []


async def test_while_somebody_is_paused_reviews_wait_for_their_return(world: World):
    people = await found(world)
    await people.set_goal()
    await people.type("Ada", "pause until 2026-03-25")
    await world.move_to(datetime(2026, 3, 24, 20, tzinfo=UTC))
    before = len(people.messages("Ada"))
    await world.move(days=1)
    assert [TITLE in each["text"] for each in people.messages("Ada")[before:]].count(True) == 1


async def test_after_weeks_of_silence_of_the_bot_itself_one_question_comes_and_no_burst(world: World):
    people = await found(world)
    await people.set_goal()
    world.clock.move_to(datetime(2026, 5, 12, 10, tzinfo=UTC))
    await people.settle()
    assert len(people.messages("Ada")) == 1
    assert str((await people.goal()).due_at)[:10] == "2026-05-26"
