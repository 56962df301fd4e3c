"""Somebody wants to be asked now and then: the question comes at their hour, and goes the way they say."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select, update

from bot.delivery.models import Delivery
from bot.features.reflections import library
from bot.features.reflections.models import Rhythm
from bot.members import changes
from bot.members.models import Member
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

FRIDAY = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
WHAT_WORKED = "What worked today or this week, and what did you do that helped?"


async def rhythm(world: World, user: str) -> Rhythm:
    member = await writing.member_of(world, user)
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Rhythm).where(Rhythm.member_id == member.id))).scalar_one()


async def test_nobody_is_asked_who_did_not_say_so(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await world.move(days=15)
    assert await writing.prompts(world, ada) == []


async def test_a_weekly_question_comes_on_friday_afternoon_and_is_answered_in_the_form(any_world: World):
    world = any_world
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada)
    await world.move_to(FRIDAY)
    await world.move(seconds=5)
    message = writing.question_to(world, ada)
    assert message["text"] == WHAT_WORKED
    await writing.press(world, ada, message, "reflections.answer")
    assert WHAT_WORKED in walk.said(walk.modal(world, ada))
    assert (await writing.hand_in(world, ada, writing.words("The call was short.", mood="good"))).ok
    (entry,) = await writing.entries(world, ada)
    assert (entry.words.text, entry.words.mood, entry.words.theme) == ("The call was short.", "good", "goal-setting")
    assert (entry.local_date, entry.prompt_slug) == (date(2026, 3, 6), "what-worked")
    shown = writing.question_to(world, ada)
    assert "Kept in your journal." in walk.said(shown)
    assert "Not today" not in walk.said(shown)


async def test_the_first_question_says_once_that_a_reply_stays_in_slack(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada, "daily")
    first = await writing.to_the_next_question(world, ada)
    second = await writing.to_the_next_question(world, ada)
    assert "owners may export it" in walk.said(first)
    assert second["ts"] != first["ts"]
    assert "owners may export it" not in walk.said(second)


async def test_not_today_puts_the_question_away_without_asking_why(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada)
    message = await writing.to_the_next_question(world, ada)
    await writing.press(world, ada, message, "reflections.not_today")
    said = walk.said(writing.question_to(world, ada))
    assert "Not today, then." in said
    await writing.press(world, ada, message, "reflections.answer")
    await writing.hand_in(world, ada, writing.words("After all."))
    assert await writing.texts(world, ada) == ["After all."]


async def test_less_often_stop_and_undo(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada, "daily")
    message = await writing.to_the_next_question(world, ada)
    value = (await writing.prompts(world, ada))[0].id
    await writing.press(world, ada, message, "reflections.more", selected=f"less:{value}")
    assert "From now on I ask each Monday, at 15:00." in walk.said(writing.question_to(world, ada))
    assert (await rhythm(world, ada)).pace == "weekly"
    await writing.press(world, ada, writing.question_to(world, ada), "reflections.undo")
    assert (await rhythm(world, ada)).pace == "daily"
    await writing.press(world, ada, message, "reflections.more", selected=f"stop:{value}")
    assert "No more questions from now on." in walk.said(writing.question_to(world, ada))
    await world.move(days=8)
    assert len(await writing.prompts(world, ada)) == 1


async def test_day_and_time_are_chosen_in_a_form_that_opens_over_the_other(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await world.acts.shortcut(ada, "reflections.write")
    await world.side.quiet()  # type: ignore[union-attr]
    writing_form = walk.modal(world, ada)
    await walk.press(world, ada, view_id=writing_form["id"], action_id="reflections.rhythm")
    chosen: dict[str, Any] = {"pace": {"pace": "weekly"}, "days": {"days": ["1", "3"]}, "at": {"at": "18:00"}}
    refused = await writing.hand_in(world, ada, chosen)
    assert refused.errors == {"at": "Pick a time within your hours. Settings has your hours."}
    await writing.hand_in(world, ada, chosen | {"at": {"at": "16:30"}})
    assert "each Tuesday and Thursday, at 16:30" in walk.said(walk.modal(world, ada))
    assert (await rhythm(world, ada)).due_at == datetime(2026, 3, 3, 16, 30, tzinfo=UTC)


async def test_a_daily_question_keeps_the_weekly_budget_and_what_expired_may_come_again(world: World):
    (ada,) = await writing.joined(world, "Ada")
    async with world.bot.database.transaction() as session:
        await session.execute(update(Member).where(Member.slack_id == ada).values(weekly_budget=1))
    await writing.asked_weekly(world, ada, "daily")
    await world.move(days=13)
    put = [each for each in await writing.prompts(world, ada) if each.state == "put"]
    dropped = [each for each in await writing.prompts(world, ada) if each.state == "dropped"]
    assert 1 <= len(put) <= 2
    assert dropped
    assert len(await writing.prompts(world, ada)) >= 8


async def test_nobody_is_asked_while_they_are_paused(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada)
    async with world.bot.database.transaction() as session:
        member = (await session.execute(select(Member).where(Member.slack_id == ada))).scalar_one()
        changes.pause(member, date(2026, 3, 12))
    await world.move_to(FRIDAY)
    await world.move(days=1)
    assert await writing.prompts(world, ada) == []
    await world.move(days=7)
    assert len(await writing.prompts(world, ada)) == 1


async def test_somebody_who_leaves_while_a_question_is_queued_does_not_get_it(any_world: World):
    world = any_world
    (ada,) = await writing.joined(world, "Ada")
    async with world.bot.database.transaction() as session:
        await session.execute(update(Member).where(Member.slack_id == ada).values(weekly_budget=0))
    await writing.write(world, ada, "Before I go.")
    await writing.asked_weekly(world, ada)
    await world.move_to(FRIDAY)
    await world.move(seconds=5)
    assert [each.state for each in await writing.prompts(world, ada)] == ["waiting"]
    async with world.bot.database.transaction() as session:
        member = (await session.execute(select(Member).where(Member.slack_id == ada))).scalar_one()
        await changes.leave(session, member, now=world.clock())
    async with world.bot.database.reading() as session:
        states = (await session.execute(select(Delivery.state).where(Delivery.kind == "reflections.prompt"))).scalars()
        assert list(states) == ["withdrawn"]
    await world.move(days=20)
    assert [each.state for each in await writing.prompts(world, ada)] == ["dropped"]
    assert await writing.texts(world, ada) == ["Before I go."]
    assert "only you can open it" in await writing.go(world, ada, "journal")


async def test_whoever_was_deactivated_is_asked_no_more(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada)
    world.slack.update_user(ada, deleted=True)
    await world.settle()
    await world.move(days=8)
    assert await writing.prompts(world, ada) == []


async def test_a_form_handed_in_twice_keeps_one_entry(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await world.acts.shortcut(ada, "reflections.write")
    await world.side.quiet()  # type: ignore[union-attr]
    view_id = walk.modal(world, ada)["id"]
    reply = await world.acts.submit(ada, view_id, writing.words("Once."))
    assert reply.request is not None
    await world.acts.resend(reply.request)
    await world.settle()
    assert await writing.texts(world, ada) == ["Once."]


async def test_an_empty_page_is_not_kept_and_a_full_one_is(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await world.acts.shortcut(ada, "reflections.write")
    await world.side.quiet()  # type: ignore[union-attr]
    refused = await writing.hand_in(world, ada, writing.words(" \n "), anyway=True)
    assert "A sentence is enough." in refused.errors["words"]
    full = "<!channel> *bold* 🙂 שלום & " + "é" * 2970
    assert (await writing.hand_in(world, ada, writing.words(full))).ok
    assert await writing.texts(world, ada) == [full.strip()]


async def test_a_question_answered_in_two_windows_has_both_answers_and_says_so(world: World):
    (ada,) = await writing.joined(world, "Ada")
    await writing.asked_weekly(world, ada)
    message = await writing.to_the_next_question(world, ada)
    await writing.press(world, ada, message, "reflections.answer")
    await writing.hand_in(world, ada, writing.words("One."))
    value = str((await writing.prompts(world, ada))[0].id)
    await walk.press(
        world,
        ada,
        channel=writing.dm(world, ada),
        ts=message["ts"],
        action_id="reflections.answer",
        value=value,
        anyway=True,
    )
    await writing.hand_in(world, ada, writing.words("Two."))
    assert "added to that entry" in walk.said(walk.modal(world, ada))
    assert await writing.texts(world, ada) == ["One.\n\nTwo."]


async def test_a_question_of_somebody_else_can_neither_be_answered_nor_stopped(world: World):
    ada, eve = await writing.joined(world, "Ada", "Eve")
    await writing.asked_weekly(world, ada)
    await writing.to_the_next_question(world, ada)
    value = str((await writing.prompts(world, ada))[0].id)
    await world.acts.open_home(eve)
    await world.settle()
    for action_id, forged in (
        ("reflections.answer", value),
        ("reflections.not_today", value),
        ("reflections.more", f"stop:{value}"),
        ("reflections.undo", value),
        ("reflections.answer", "1; drop"),
    ):
        await walk.press(world, eve, action_id=action_id, value=forged, anyway=True)
        assert "not yours to answer" in walk.said(walk.modal(world, eve)) or "no longer exists" in walk.said(
            walk.modal(world, eve)
        )
        await world.acts.close(eve, walk.modal(world, eve)["id"], all_views=True)
    assert [each.state for each in await writing.prompts(world, ada)] == ["put"]
    assert (await rhythm(world, ada)).pace == "weekly"


async def test_mentors_get_questions_about_their_own_habits(world: World):
    (ada,) = await writing.joined(world, "Ada", offers=("SQL",))
    (ben,) = await writing.joined(world, "Ben")
    for user in (ada, ben):
        async with world.bot.database.transaction() as session:
            await session.execute(update(Member).where(Member.slack_id == user).values(weekly_budget=10))
        await writing.asked_weekly(world, user, "daily")
    await world.move(days=75)
    words = library.prompts()
    assert any(words[each.slug].for_mentors for each in await writing.prompts(world, ada))
    assert not any(words[each.slug].for_mentors for each in await writing.prompts(world, ben))
