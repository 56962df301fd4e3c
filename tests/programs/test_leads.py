"""A lead's daily life, and what nobody else can do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.programs.models import Program, Round
from tests.programs.conftest import Tea, click, enrolled, person, program, quiet
from tests.world import World

TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)


async def running(world: World, **facts: Any) -> Program:
    """Tea every Tuesday at ten, in a channel the bot is in, on the page Linus has open."""
    linus = world.users["Linus"]
    channel = world.slack.add_channel("tea", creator=linus)
    world.slack.join(world.slack.bot_user_id, channel)
    async with world.bot.database.transaction() as session:
        from bot.members import workspaces
        from bot.programs import store

        home = await workspaces.find(session, "T0PERENNIAL")
        assert home is not None
        made = await program(session, home.id, **({"channel": channel, "name": "Tea"} | facts))
        await store.reschedule(session, made, world.clock())
    await world.acts.open_home(linus)
    await world.settle()
    await click(world, linus, action_id="programs.open")
    await world.move(seconds=6)
    return made


async def join(world: World, made: Program, name: str, **facts: Any) -> str:
    """Somebody who is in Perennial and in the program."""
    slack_id = world.person(name, tz="Europe/Lisbon")
    await world.settle()
    async with world.bot.database.transaction() as session:
        from bot.members import store as members

        known = await members.by_slack_id(session, made.workspace_id, slack_id)
        if known is None:
            known = await person(session, made.workspace_id, name, slack_id=slack_id, tz="Europe/Lisbon")
        known.joined_at = world.clock()
        await enrolled(session, made, known, **facts)
    return slack_id


async def now_is(world: World, made: Program) -> Program:
    async with world.bot.database.reading() as session:
        return (await session.execute(select(Program).where(Program.id == made.id))).scalar_one()


async def rounds_of(world: World, made: Program) -> list[Round]:
    async with world.bot.database.reading() as session:
        query = select(Round).where(Round.program_id == made.id).order_by(Round.number)
        return list((await session.execute(query)).scalars())


async def come_back(world: World, made: Program) -> None:
    """Linus opens his Home tab again after a while, and the program's page on it."""
    await world.acts.open_home(world.users["Linus"])
    await world.move(seconds=6)
    await press(world, "programs.open", value=str(made.id))


async def press(world: World, action_id: str, who: str = "Linus", **more: Any) -> None:
    await click(world, world.users[who], action_id=action_id, **more)
    await world.move(seconds=6)


def home_text(world: World, who: str = "Linus") -> str:
    return str(world.slack.home(world.users[who]))


async def test_a_due_round_is_opened_on_its_minute_once(tea_world: World):
    made = await running(tea_world)
    await tea_world.move_to(TEN - timedelta(seconds=1))
    assert await rounds_of(tea_world, made) == []
    await tea_world.move(seconds=1)
    await tea_world.settle()
    (opened,) = await rounds_of(tea_world, made)
    assert (opened.state, opened.opened_at, opened.local_date) == ("claimed", TEN, date(2026, 3, 3))


async def test_people_hear_the_day_before_and_a_skip_is_kept(tea_world: World):
    made = await running(tea_world)
    ada, grace = await join(tea_world, made, "Ada"), await join(tea_world, made, "Grace")
    await join(tea_world, made, "Skipper", skip_date=date(2026, 3, 3))
    await tea_world.move_to(TEN - timedelta(days=1) + timedelta(minutes=5))
    notice = tea_world.last_message_to(ada)
    assert notice["text"] == "Tea: tea on Tuesday."
    assert tea_world.messages_to(tea_world.users["Skipper"]) == []
    await click(tea_world, ada, channel=_dm(tea_world, ada), ts=notice["ts"], action_id="programs.skip")
    await tea_world.move(seconds=6)
    assert "You sit out Tea on Tuesday 3 March" in tea_world.last_message_to(ada)["text"]
    await click(tea_world, ada, channel=_dm(tea_world, ada), ts=notice["ts"], action_id="programs.unskip")
    await tea_world.move(seconds=6)
    assert tea_world.last_message_to(ada)["text"] == "You take part in Tea on Tuesday 3 March."
    assert len(tea_world.messages_to(grace)) == 1


def _dm(world: World, user: str) -> str:
    return world.slack.open_dm(world.slack.bot_user_id, user)


async def test_whoever_was_told_of_a_round_hears_that_it_is_skipped_and_that_it_is_back(tea_world: World):
    made = await running(tea_world)
    ada = await join(tea_world, made, "Ada")
    await tea_world.move_to(TEN - timedelta(days=1) + timedelta(minutes=5))
    await come_back(tea_world, made)
    await press(tea_world, "programs.skip_next")
    assert tea_world.last_message_to(ada)["text"] == (
        "Tea on Tuesday 3 March won't happen. The next one is on Tuesday 10 March. There is nothing for you to do."
    )
    assert (await now_is(tea_world, made)).next_date == date(2026, 3, 10)
    await press(tea_world, "programs.undo_skip")
    assert (await now_is(tea_world, made)).next_date == date(2026, 3, 3)
    assert tea_world.last_message_to(ada)["text"] == "Tea: tea on Tuesday."
    assert len(tea_world.messages_to(ada)) == 3


async def test_a_round_sent_by_hand_can_be_undone_then_stopped(tea_world: World, tea: Tea):
    made = await running(tea_world)
    await press(tea_world, "programs.send_now")
    assert "Round 1 leaves on Monday 2 March" in home_text(tea_world)
    await press(tea_world, "programs.undo_send")
    (sent,) = await rounds_of(tea_world, made)
    assert (sent.state, tea.undone) == ("stopped", [1])
    await press(tea_world, "programs.send_now")
    await tea_world.move(minutes=11)
    await come_back(tea_world, made)
    await press(tea_world, "programs.stop_round")
    assert (await rounds_of(tea_world, made))[1].state == "stopped"
    assert tea.stopped == [2]
    assert "two people got theirs." in home_text(tea_world)


async def test_pausing_opens_nothing_and_resuming_goes_on_at_the_next_date(tea_world: World):
    made = await running(tea_world)
    await press(tea_world, "programs.pause")
    assert "It is paused" in home_text(tea_world)
    await tea_world.move(days=10)
    assert await rounds_of(tea_world, made) == []
    await come_back(tea_world, made)
    await press(tea_world, "programs.resume")
    found = await now_is(tea_world, made)
    assert (found.state, found.next_date) == ("active", date(2026, 3, 17))


async def test_ending_a_program_opens_no_round_ever_again(tea_world: World):
    made = await running(tea_world)
    await press(tea_world, "programs.end")
    await tea_world.move(days=9)
    found = await now_is(tea_world, made)
    assert (found.state, found.due_at, await rounds_of(tea_world, made)) == ("ended", None, [])
    assert "programs.open'" not in home_text(tea_world)


async def test_a_lead_sees_who_joined_who_paused_and_who_was_seated(tea_world: World, tea: Tea):
    made = await running(tea_world)
    await join(tea_world, made, "Ada")
    await join(tea_world, made, "Grace", skip_date=date(2026, 3, 3))
    tea.seated = {2, 3, 4}
    await press(tea_world, "programs.back")
    await press(tea_world, "programs.open")
    shown = home_text(tea_world)
    assert "Two people have joined, one skipping the next one, three seated last time." in shown
    assert "Skipping the next one: Grace" in shown
    assert "Tuesday 3 March, Tuesday 10 March and Tuesday 17 March" in shown


async def test_the_invitation_is_posted_in_the_channel_and_not_twice_in_a_row(tea_world: World):
    made = await running(tea_world)
    await press(tea_world, "programs.invite")
    assert made.channel is not None
    posts = [m for m in tea_world.slack.history(made.channel, limit=10) if m.get("blocks")]
    assert [post["text"] for post in posts] == ["Tea starts here. Would you like to join?"]
    assert "Twenty minutes and a cup." in str(posts[0]["blocks"])
    assert "programs.join" in str(posts[0]["blocks"])
    await press(tea_world, "programs.invite")
    assert "a few minutes ago" in str(tea_world.slack.modals(tea_world.users["Linus"])[-1])
    assert len([m for m in tea_world.slack.history(made.channel, limit=10) if m.get("blocks")]) == 1


async def test_an_owner_is_a_lead(tea_world: World):
    made = await running(tea_world)
    linus, ada = tea_world.users["Linus"], await join(tea_world, made, "Ada")
    await press(tea_world, "programs.edit_owner")
    form = tea_world.slack.modals(linus)[-1]
    reply = await tea_world.acts.submit(linus, form["id"], {"owner": {"owner": ada}})
    assert "needs to be a lead" in reply.errors["owner"]
    reply = await tea_world.acts.submit(linus, form["id"], {"owner": {"owner": linus}})
    assert reply.errors == {}
    assert (await now_is(tea_world, made)).owner_id is not None


async def test_company_holidays_move_programs_at_once(tea_world: World):
    made = await running(tea_world)
    linus = tea_world.users["Linus"]
    await press(tea_world, "programs.back")
    await press(tea_world, "programs.open_holidays")
    form = tea_world.slack.modals(linus)[-1]
    for day, word in (("2026-03-02", "begun or passed"), (None, "Choose a day")):
        reply = await tea_world.acts.submit(linus, form["id"], {"day-0": {"day": day}}, anyway=True)
        assert word in reply.errors["day-0"]
    reply = await tea_world.acts.submit(
        linus, form["id"], {"day-0": {"day": "2026-03-03"}, "name-0": {"name": "<Spring>"}}
    )
    assert (await now_is(tea_world, made)).next_date == date(2026, 3, 4)
    form = tea_world.slack.modals(linus)[-1]
    assert "&lt;Spring&gt;" in str(form)
    await click(tea_world, linus, view_id=form["id"], action_id="programs.holiday_remove")
    assert (await now_is(tea_world, made)).next_date == date(2026, 3, 3)
    assert "Spring" not in str(tea_world.slack.modals(linus)[-1]["blocks"])


async def test_nobody_but_a_lead_can_do_any_of_it_whatever_they_send(tea_world: World):
    made = await running(tea_world)
    eve = await join(tea_world, made, "Eve")
    await press(tea_world, "programs.send_now")
    await tea_world.acts.open_home(eve)
    await tea_world.settle()
    before = await now_is(tea_world, made)
    for act in ("pause", "resume", "end", "send_now", "skip_next", "undo_skip", "invite", "edit_owner", "open", "all"):
        await click(tea_world, eve, action_id=f"programs.{act}", value=str(made.id), anyway=True)
        (refused,) = tea_world.slack.modals(eve)
        assert "Only a lead" in str(refused), act
        await tea_world.acts.close(eve, refused["id"])
    (sent,) = await rounds_of(tea_world, made)
    for act in ("undo_send", "stop_round"):
        await click(tea_world, eve, action_id=f"programs.{act}", value=str(sent.id), anyway=True)
        assert "Only a lead" in str(tea_world.slack.modals(eve)[-1])
        await tea_world.acts.close(eve, tea_world.slack.modals(eve)[-1]["id"])
    after = await now_is(tea_world, made)
    assert (after.state, after.version, after.next_date, after.invited_at) == (
        before.state,
        before.version,
        before.next_date,
        None,
    )
    assert (await rounds_of(tea_world, made))[0].state == "claimed"


async def test_a_page_of_a_lead_shows_nothing_to_others(tea_world: World):
    made = await running(tea_world)
    eve = await join(tea_world, made, "Eve")
    await tea_world.acts.open_home(eve)
    await tea_world.settle()
    await click(tea_world, eve, action_id="members.go", value=f"program:{made.id}", anyway=True)
    await tea_world.move(seconds=6)
    assert "This page is for leads" in home_text(tea_world, "Eve")


async def test_values_we_never_wrote_change_nothing(tea_world: World):
    await running(tea_world)
    linus = tea_world.users["Linus"]
    for value in ("", "x", "999", "1:2026-99-99", "-1", "1; drop"):
        for act in ("end", "stop_round", "skip", "join", "open"):
            reply = await click(tea_world, linus, action_id=f"programs.{act}", value=value, anyway=True)
            assert reply.status == 200
    await tea_world.settle()
    async with tea_world.bot.database.reading() as session:
        assert (await session.execute(select(Program.state))).scalars().all() == ["active"]


async def test_an_archived_channel_pauses_its_programs_and_tells_the_owner(tea_world: World):
    made = await running(tea_world)
    assert made.channel is not None
    tea_world.slack.archive(made.channel)
    await quiet(tea_world)
    await tea_world.move(seconds=6)
    found = await now_is(tea_world, made)
    assert (found.state, found.pause_reason, found.due_at) == ("paused", "archived", None)
    assert "its channel was archived" in tea_world.last_message_to(tea_world.users["Linus"])["text"]
    await press(tea_world, "programs.resume")
    assert "archived" in str(tea_world.slack.modals(tea_world.users["Linus"])[-1])
    assert (await now_is(tea_world, made)).state == "paused"


async def test_a_bot_that_was_removed_pauses_its_programs_and_comes_back_by_itself(tea_world: World):
    made = await running(tea_world)
    assert made.channel is not None
    tea_world.slack.leave(tea_world.slack.bot_user_id, made.channel)
    await quiet(tea_world)
    await tea_world.move(seconds=6)
    assert (await now_is(tea_world, made)).pause_reason == "removed"
    await press(tea_world, "programs.resume")
    assert (await now_is(tea_world, made)).state == "active"
    assert tea_world.slack.is_member(tea_world.slack.bot_user_id, made.channel)


async def test_a_channel_that_got_another_id_is_followed(tea_world: World):
    made = await running(tea_world)
    event = {"type": "channel_id_changed", "old_channel_id": made.channel, "new_channel_id": "C0NEW", "event_ts": "1.2"}
    await tea_world.acts.raw(event)
    await tea_world.settle()
    assert (await now_is(tea_world, made)).channel == "C0NEW"


async def test_a_round_missed_for_days_is_moved_and_the_owner_hears_of_it(tea_world: World):
    made = await running(tea_world)
    tea_world.clock.move_to(TEN + timedelta(days=3))  # nobody ran anything meanwhile
    await tea_world.settle()
    await tea_world.move(seconds=6)
    found = await now_is(tea_world, made)
    assert (found.next_date, await rounds_of(tea_world, made)) == (date(2026, 3, 10), [])
    assert "was not opened" in tea_world.last_message_to(tea_world.users["Linus"])["text"]
