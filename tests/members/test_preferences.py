"""Settings, pauses, leaving: what people change about themselves, and what nobody else can."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.members.models import Member
from tests.members.walk import about, hours, join, look, member, modal, open_home, press, said, skills
from tests.world import World


async def to_settings(world: World, user: str) -> dict[str, Any]:
    await press(world, user, action_id="members.go", value="settings")
    await world.settle()
    return look(world, user)


async def change(world: World, user: str, what: str, values: dict[str, Any], **how: Any) -> Any:
    assert (await press(world, user, action_id=f"members.edit_{what}")).ok
    reply = await world.acts.submit(user, modal(world, user)["id"], values, **how)
    await world.move(seconds=6)
    return reply


async def test_whatever_was_said_can_be_changed(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await to_settings(world, ada)
    assert not (await change(world, ada, "about", about("Brewery", "operations", "4"))).errors
    assert not (await change(world, ada, "skills", skills(("Hops",), ("Law",), ("Bread",)))).errors
    assert not (await change(world, ada, "hours", hours("07:00", "15:30", ("1", "2"), "1"))).errors
    page = said(look(world, ada))
    assert "Brewery · Operations and logistics" in page
    assert "You bring: Hops" in page
    assert "Tuesday and Wednesday, 7-15:30, Europe/Lisbon · one messages a week" not in page
    assert "Tuesday and Wednesday, 7-15:30, Europe/Lisbon · one message a week" in page


async def test_what_is_wrong_is_said_under_its_field_and_nothing_changes(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await to_settings(world, ada)
    assert list((await change(world, ada, "about", about("x" * 61))).errors) == ["team"]
    await world.acts.close(ada, modal(world, ada)["id"])
    assert list((await change(world, ada, "skills", skills(tuple(f"w{n}" for n in range(11))))).errors) == ["offers"]
    await world.acts.close(ada, modal(world, ada)["id"])
    assert set((await change(world, ada, "hours", hours("17:00", "09:00", ()), anyway=True)).errors) == {"end", "days"}
    assert (await member(world, ada)).hours_end == 1020


async def test_a_pause_ends_by_itself_and_says_so(any_world: World):
    ada = any_world.person("Ada")
    await join(any_world, ada)
    await to_settings(any_world, ada)
    await press(any_world, ada, action_id="members.pause")
    await any_world.acts.submit(ada, modal(any_world, ada)["id"], {"how_long": {"members.pick": "week"}})
    await any_world.settle()
    assert (await member(any_world, ada)).paused_until == date(2026, 3, 9)
    assert "Paused until Monday 9 March" in said(look(any_world, ada))
    before = len(any_world.messages_to(ada))
    await any_world.move_to(datetime(2026, 3, 9, 8, 59, tzinfo=UTC))
    assert len(any_world.messages_to(ada)) == before
    await any_world.move(minutes=2)
    assert "Welcome back, Ada." in any_world.last_message_to(ada)["text"]
    row = await member(any_world, ada)
    assert (row.paused_until, row.pause_ends_at) == (None, None)
    await any_world.move(days=3)
    assert len(any_world.messages_to(ada)) == before + 1


async def test_a_day_of_ones_own_must_come_after_today(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await to_settings(world, ada)
    await press(world, ada, action_id="members.pause")
    view_id = modal(world, ada)["id"]
    for day, problem in ((None, "Pick the day"), ("2026-03-02", "later day"), ("2027-12-01", "a year at most")):
        form = {"how_long": {"members.pick": "day"}, "day": {"members.pick": day}}
        assert problem in (await world.acts.submit(ada, view_id, form)).errors["day"]
    form = {"how_long": {"members.pick": "day"}, "day": {"members.pick": "2026-03-20"}}
    assert (await world.acts.submit(ada, view_id, form)).ok
    assert (await member(world, ada)).paused_until == date(2026, 3, 20)


async def test_coming_back_early_can_be_undone(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await to_settings(world, ada)
    await press(world, ada, action_id="members.pause")
    await world.acts.submit(ada, modal(world, ada)["id"])
    await world.settle()
    await press(world, ada, action_id="members.resume")
    await world.settle()
    assert "you are back" in said(look(world, ada))
    assert (await member(world, ada)).paused_until is None
    await press(world, ada, action_id="members.undo_resume")
    await world.settle()
    assert "Paused until Monday 16 March" in said(look(world, ada))
    reply = await press(world, ada, action_id="members.undo_resume", value="2020-01-01", anyway=True)
    assert reply.ok
    assert (await member(world, ada)).paused_until == date(2026, 3, 16)


async def command(world: World, user: str, text: str) -> str:
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    reply = await world.acts.command(user, channel, text)
    assert reply.ok, reply.problems
    await world.settle()
    return reply.text


async def test_the_words_people_type(world: World):
    ada = world.person("Ada")
    assert "not in Perennial yet" in str(await failing_command(world, ada, "pause for 2 weeks"))
    await join(world, ada)
    assert "Paused until Monday 16 March" in await command(world, ada, "pause for 2 weeks")
    assert (await member(world, ada)).paused_until == date(2026, 3, 16)
    assert "you are back" in await command(world, ada, "RESUME")
    assert "not paused" in await command(world, ada, "resume")
    assert "a year at most" in await command(world, ada, "pause for 99 months")
    assert await command(world, ada, "pause when I say so") == ""
    assert modal(world, ada)["callback_id"] == "members.pause"
    await world.acts.close(ada, modal(world, ada)["id"])
    assert "Home tab" in await command(world, ada, "settings")
    assert "Hours and messages" in said(look(world, ada))
    assert "Home tab" in await command(world, ada, "home")
    for unknown in ("help", "", "abracadabra", "<!channel>", "🎸", "x" * 3000):
        assert "Here is what I understand" in await command(world, ada, unknown)


async def test_the_answer_to_a_word_has_its_way_back(world: World):
    ada = world.person("Ada")
    await join(world, ada)
    await command(world, ada, "pause for 2 weeks")
    channel = world.slack.open_dm(world.slack.bot_user_id, ada)
    for action_id, text, until in (
        ("members.resume", "you are back", None),
        ("members.undo_resume", "Paused until Monday 16 March", date(2026, 3, 16)),
    ):
        shown = world.slack.history(channel, viewer=ada)[-1]
        assert (await press(world, ada, channel=channel, ts=shown["ts"], action_id=action_id)).ok
        answers = world.slack.history(channel, viewer=ada)
        assert text in answers[-1]["text"]
        assert (await member(world, ada)).paused_until == until


async def failing_command(world: World, user: str, text: str) -> Any:
    channel = world.slack.open_dm(world.slack.bot_user_id, user)
    await world.acts.command(user, channel, text)
    await world.settle()
    return [message["text"] for message in world.slack.history(channel, viewer=user)]


async def test_leaving_stops_everything_and_coming_back_finds_what_was_said(any_world: World):
    ada = any_world.person("Ada")
    await join(any_world, ada, skills=skills(("Hops",)))
    gone: list[int] = []

    async def note(session: Any, workspace_id: int, member_id: int, now: Any) -> None:
        gone.append(member_id)

    any_world.bot.registry.left.append(note)
    await to_settings(any_world, ada)
    for _ in range(2):
        await press(any_world, ada, action_id="members.leave", anyway=True)
        await any_world.settle()
    assert len(gone) == 1
    assert "You left on Monday 2 March" in said(look(any_world, ada))
    assert (await press(any_world, ada, action_id="members.pause", anyway=True)).ok
    assert "not in Perennial" in said(modal(any_world, ada))
    await any_world.acts.close(ada, modal(any_world, ada)["id"])
    await press(any_world, ada, action_id="members.join")
    view_id = modal(any_world, ada)["id"]
    for _ in range(3):
        assert not (await any_world.acts.submit(ada, view_id)).errors
    row = await member(any_world, ada)
    assert row.left_at is None
    assert row.joined_at == any_world.clock()


@pytest.mark.parametrize("action_id", ["edit_about", "edit_skills", "edit_hours", "pause", "resume", "apart"])
async def test_who_is_not_in_gets_a_kind_word(world: World, action_id: str):
    ada = world.person("Ada")
    await open_home(world, ada)
    assert (await press(world, ada, action_id=f"members.{action_id}", anyway=True)).ok
    assert "You are not in Perennial yet" in said(modal(world, ada))
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(Member.joined_at))).scalars().all() == [None]
