"""My room: what somebody sees of what they took on, and how they say that it is enough for now."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.commitments import store
from bot.members.commitments.models import Commitment
from bot.members.commitments.rules import Load
from tests.members import walk
from tests.members.commitments.mentors import Mentors, found
from tests.world import World


async def load(mentors: Mentors, name: str) -> Load:
    async with mentors.database.reading() as session:
        ids, now = [mentors.ids[name]], mentors.world.clock()
        return (await store.loads(session, mentors.workspace_id, ids, now=now))[mentors.ids[name]]


async def test_home_shows_a_bar_to_whoever_offers_or_holds_something_and_nothing_to_others(world: World):
    mentors = await found(world, "Ada", "Ben", "Cleo", offers={"Ada": ("Pricing",)})
    await mentors.take("Ben", "question", 1, 2)
    await mentors.take("Ben", "mentorship", 1)
    assert "*My room:* ▱▱▱▱▱▱ room for six points" in await mentors.home("Ada")
    assert "▰▰▰▰▱▱ four of six points · two questions and one mentorship" in await mentors.home("Ben")
    assert "My room" not in await mentors.home("Cleo")
    assert "My room" in await mentors.home("Cleo", "settings")


async def test_the_page_says_what_each_thing_is_and_until_when_it_weighs(world: World):
    async def names(session: AsyncSession, workspace_id: int, ids: list[int]) -> dict[int, str]:
        return {each: f"a question about pricing, number {each}" for each in ids if each != 2}

    mentors = await found(world, "Ada")
    world.bot.registry.commitment_names["question"] = names
    await mentors.take("Ada", "question", 1, 2)
    await mentors.take("Ada", "mentorship", 5)
    await mentors.end("question:1")
    said = await mentors.home("Ada", "room")
    assert "A question about pricing, number 1\n_One point since today. It is over, and weighs until" in said
    assert "A question\n_One point since today, while it lasts and until Monday 30 March at least_" in said
    assert "A mentorship\n_Two points since today" in said
    await mentors.press_home("Ada", "commitments.no_more")
    assert "nothing new until" in mentors.look("Ada")
    await world.move(days=30)
    said = await mentors.home("Ada", "room")
    assert "nothing new until" not in said and "No more for now" in said, "it is open again by itself"
    assert "number 1" not in said
    assert "A mentorship\n_Two points since Monday 2 March, while it lasts_" in said


async def test_the_cap_is_changed_in_a_form_and_a_lower_one_takes_nothing_away(world: World):
    handed_on = watch_what_is_handed_on(world)
    mentors = await found(world, "Ada", offers={"Ada": ("Pricing",)})
    await mentors.take("Ada", "question", 1, 2, 3)
    await mentors.home("Ada", "room")
    assert (await mentors.press_home("Ada", "commitments.cap")).ok
    assert (await mentors.submit("Ada", {"cap": "1"})).ok
    assert await load(mentors, "Ada") == Load(3, 1)
    assert "three points, and nothing new while it is more than one" in mentors.look("Ada")
    assert handed_on == []
    assert (await mentors.press_home("Ada", "commitments.cap")).ok
    assert (await mentors.submit("Ada", {"cap": "0"})).ok
    assert await load(mentors, "Ada") == Load(3, 0)


async def test_no_more_for_now_on_the_page_hands_on_what_waits_and_can_be_taken_back(world: World):
    handed_on = watch_what_is_handed_on(world)
    mentors = await found(world, "Ada", offers={"Ada": ("Pricing",)})
    await mentors.take("Ada", "question", 1)
    await mentors.home("Ada", "room")
    assert (await mentors.press_home("Ada", "commitments.no_more")).ok
    assert "▰▱▱▱▱▱ one of six points · nothing new until Monday 30 March" in mentors.look("Ada")
    assert handed_on == [(mentors.workspace_id, mentors.ids["Ada"])]
    assert (await mentors.press_home("Ada", "commitments.open_again")).ok
    assert "You take new things on again." in mentors.look("Ada")
    assert (await load(mentors, "Ada")).is_open(world.clock())
    assert (await mentors.press_home("Ada", "commitments.close_again")).ok
    assert "nothing new until Monday 30 March" in mentors.look("Ada")
    assert len(handed_on) == 2


async def test_no_more_for_now_in_any_message_answers_below_it_with_what_it_means(world: World):
    handed_on = watch_what_is_handed_on(world)
    mentors = await found(world, "Ada")
    await mentors.ask("Ada")
    assert (await mentors.press("Ada", "commitments.no_more")).ok
    said = mentors.last("Ada")
    assert said["is_ephemeral"]
    assert said["text"].startswith(
        "Nothing new comes to you until Monday 30 March. What was waiting for you was handed"
    )
    assert handed_on == [(mentors.workspace_id, mentors.ids["Ada"])]
    assert (await mentors.press("Ada", "commitments.open_again")).ok
    assert mentors.last("Ada")["text"] == "You take new things on again: there is room for six points."
    assert (await load(mentors, "Ada")).closed_until is None
    assert (await mentors.press("Ada", "commitments.close_again")).ok
    assert mentors.last("Ada")["text"].startswith("Nothing new comes to you until Monday 30 March.")
    assert len([each for each in world.messages_to(world.users["Ada"]) if each.get("is_ephemeral")]) == 1


async def test_an_undo_that_comes_too_late_or_was_made_up_closes_nothing(world: World):
    mentors = await found(world, "Ada")
    await mentors.home("Ada", "room")
    for value in ("room:2026-03-01T08:00:00+00:00", "room:2036-01-01T08:00:00+00:00", "room:soon", "x"):
        assert (await mentors.press_home("Ada", "commitments.close_again", value=value, anyway=True)).ok
        assert "That moment has passed" in walk.said(walk.modal(world, world.users["Ada"]))
    assert (await load(mentors, "Ada")).is_open(world.clock())


async def test_what_somebody_held_ends_when_they_leave_or_are_deactivated(world: World):
    mentors = await found(world, "Ada", "Ben", "Cleo")
    for name in ("Ada", "Ben", "Cleo"):
        await mentors.take(name, "seat", 1)
    await mentors.leave("Ada")
    world.slack.update_user(world.users["Ben"], deleted=True)
    await mentors.settle()
    async with mentors.database.reading() as session:
        rows = (await session.execute(select(Commitment.member_id, Commitment.ended_at))).all()
    assert {member_id for member_id, ended_at in rows if ended_at is None} == {mentors.ids["Cleo"]}
    assert len(rows) == 3


async def test_only_whoever_is_in_finds_a_room(world: World):
    mentors = await found(world, "Ada")
    await mentors.leave("Ada")
    assert "Your room stands here once you are in" in await mentors.home("Ada", "room")
    assert (await mentors.press_home("Ada", "commitments.cap", anyway=True)).ok
    assert "You are not in Perennial yet" in walk.said(walk.modal(world, world.users["Ada"]))


def watch_what_is_handed_on(world: World) -> list[tuple[int, int]]:
    """Whom features were told of, as a feature with something waiting would be."""
    seen: list[tuple[int, int]] = []

    async def passage(session: Any, workspace_id: int, member_id: int, now: datetime) -> None:
        assert (await store.loads(session, workspace_id, [member_id], now=now))[member_id].closed_until, "closed first"
        seen.append((workspace_id, member_id))

    world.bot.registry.no_more.append(passage)
    return seen
