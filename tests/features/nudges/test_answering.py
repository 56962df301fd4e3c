"""A nudge comes in somebody's hours, can be answered wherever it is seen, and carries its way out."""

from typing import Any

from bot.features.nudges.answers import views
from bot.features.nudges.library import built_in
from bot.members import changes, private
from bot.members import store as members
from tests.features.nudges.crew import (
    dots,
    first_nudge,
    join,
    member_of,
    menu_of,
    nudges_of,
    press,
    rhythm_of,
    words,
)
from tests.world import World


async def test_whoever_joins_gets_one_in_their_hours_on_a_working_day(any_nudging: World):
    ada = await join(any_nudging, "Ada", tz="Asia/Tokyo")
    message = await first_nudge(any_nudging, ada)
    (nudge,) = await nudges_of(any_nudging, ada)
    entry = built_in()[nudge.slug]
    assert f"*{entry.title}*" in words(message)
    assert message["text"] == f"{entry.title}: {entry.act}".replace("&", "&amp;")
    assert nudge.state == "sent"
    assert nudge.day.weekday() < 5


async def test_did_it_takes_the_place_of_the_buttons_and_can_be_undone(any_nudging: World):
    ada = await join(any_nudging, "Ada")
    message = await first_nudge(any_nudging, ada)
    assert (await press(any_nudging, ada, views.DID)).ok
    assert "You did it." in words(any_nudging.last_message_to(ada))
    assert menu_of(any_nudging.last_message_to(ada)) is None
    await press(any_nudging, ada, views.UNDO)
    assert any_nudging.last_message_to(ada)["blocks"][0]["text"] == message["blocks"][0]["text"]
    (nudge,) = await nudges_of(any_nudging, ada)
    assert (nudge.answer, nudge.answered_at) == (None, None)


async def test_an_answer_given_twice_counts_once(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    (nudge,) = await nudges_of(nudging, ada)
    ts = nudging.last_message_to(ada)["ts"]
    for _ in range(2):
        assert (await press(nudging, ada, views.DID, ts=ts, value=str(nudge.id), anyway=True)).ok
    assert [each.answer for each in await nudges_of(nudging, ada)] == ["did"]
    assert len(nudging.messages_to(ada)) == 1


async def test_the_second_week_running_is_said_and_a_missed_one_is_not(nudging: World):
    ada = await join(nudging, "Ada")
    said = []
    for week in range(4):
        await first_nudge(nudging, ada)
        if week != 2:
            await press(nudging, ada, views.DID)
            said.append(words(nudging.last_message_to(ada)))
        await nudging.move(days=7 - nudging.clock().weekday())
    assert "running" not in said[0]
    assert "Second week running with something tried." in said[1]
    assert "running" not in said[2]


async def test_why_this_one_is_answered_in_the_same_message(nudging: World):
    ada = await join(nudging, "Ada", wants=("Saying no",))
    await first_nudge(nudging, ada)
    await dots(nudging, ada, views.WHY)
    shown = nudging.last_message_to(ada)
    assert "Why this one: you want to learn “Saying no”." in words(shown)
    assert menu_of(shown) is not None


async def test_a_reason_is_sealed_with_the_key_of_whoever_has_one_and_gone_with_it(any_nudging: World):
    ada = await join(any_nudging, "Ada")
    who = await member_of(any_nudging, ada)
    async with any_nudging.bot.database.transaction() as session:
        await private.seal_of(session, who.workspace_id, who.id)
    await first_nudge(any_nudging, ada)
    (nudge,) = await nudges_of(any_nudging, ada)
    assert nudge.own_seal
    assert b"kind" not in nudge.why
    await dots(any_nudging, ada, views.WHY)
    assert "Why this one: it is your first about" in words(any_nudging.last_message_to(ada))
    async with any_nudging.bot.database.transaction() as session:
        await private.forget_key(session, who.workspace_id, who.id)
    await dots(any_nudging, ada, views.WHY)
    assert "was erased" in words(any_nudging.last_message_to(ada))


async def test_less_like_this_says_what_about(nudging: World):
    ada = await join(nudging, "Ada", wants=("Saying no",))
    await first_nudge(nudging, ada)
    await dots(nudging, ada, views.LESS)
    assert "There will be less about saying no from now on." in words(nudging.last_message_to(ada))


async def test_stop_stops_and_undo_brings_them_back_as_often_as_before(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    await dots(nudging, ada, views.STOP)
    assert "No more nudges." in words(nudging.last_message_to(ada))
    assert (await rhythm_of(nudging, ada)).due_at is None
    await nudging.move(days=14)
    assert len(nudging.messages_to(ada)) == 1
    await press(nudging, ada, views.UNDO_STOP)
    rhythm = await rhythm_of(nudging, ada)
    assert rhythm.cadence == "twice"
    assert rhythm.due_at is not None and rhythm.due_at > nudging.clock()
    await nudging.move(days=7)
    assert len(nudging.messages_to(ada)) == 3


async def test_how_often_is_changed_from_the_dots_and_by_the_command(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    await dots(nudging, ada, views.OFTEN)
    (form,) = nudging.slack.modals(ada)
    assert not (await nudging.acts.submit(ada, form["id"], {views.CADENCE: {views.CADENCE: "weekly"}})).errors
    assert (await rhythm_of(nudging, ada)).cadence == "weekly"
    channel = nudging.slack.open_dm(nudging.slack.bot_user_id, ada)
    assert (await nudging.acts.command(ada, channel, "nudges")).ok
    await nudging.settle()
    (form,) = nudging.slack.modals(ada)
    assert form["blocks"][0]["element"]["initial_option"]["value"] == "weekly"
    await nudging.acts.submit(ada, form["id"], {views.CADENCE: {views.CADENCE: "off"}})
    assert (await rhythm_of(nudging, ada)).due_at is None


async def test_a_rhythm_that_does_not_exist_is_refused_in_the_form(nudging: World):
    ada = await join(nudging, "Ada")
    channel = nudging.slack.open_dm(nudging.slack.bot_user_id, ada)
    await nudging.acts.command(ada, channel, "nudges")
    await nudging.settle()
    (form,) = nudging.slack.modals(ada)
    forged: dict[str, Any] = {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": "hourly"}}
    reply = await nudging.acts.submit(ada, form["id"], {views.CADENCE: {views.CADENCE: forged}}, anyway=True)
    assert views.CADENCE in reply.errors
    assert (await rhythm_of(nudging, ada)).cadence == "twice"


async def test_nobody_answers_for_somebody_else(nudging: World):
    ada, ben = await join(nudging, "Ada"), await join(nudging, "Ben")
    await nudging.move(days=7)
    nudge = (await nudges_of(nudging, ada))[0]
    for value in (str(nudge.id), "999", "x", "9" * 40, "-1", "٣"):
        await press(nudging, ben, views.DID, value=value, anyway=True)
    assert [each.answer for each in await nudges_of(nudging, ada)] == [None, None]


async def test_a_checklist_keeps_what_is_ticked(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    (nudge,) = await nudges_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        row = await session.merge(nudge)
        row.slug = "the-first-sentence-only"  # one with a checklist
    channel, ts = nudging.slack.open_dm(nudging.slack.bot_user_id, ada), nudging.last_message_to(ada)["ts"]
    how = {"channel": channel, "ts": ts, "action_id": views.OPEN_CHECKLIST, "value": str(nudge.id), "anyway": True}
    await nudging.acts.click(ada, **how)
    await nudging.settle()
    (form,) = nudging.slack.modals(ada)
    assert not (await nudging.acts.submit(ada, form["id"], {views.LINES: {views.LINES: ["1"]}})).errors
    await nudging.acts.click(ada, **how)
    await nudging.settle()
    (form,) = nudging.slack.modals(ada)
    ticked = form["blocks"][1]["element"]["initial_options"]
    assert [each["value"] for each in ticked] == ["1"]


async def test_whoever_left_presses_in_vain(nudging: World):
    ada = await join(nudging, "Ada")
    await first_nudge(nudging, ada)
    who = await member_of(nudging, ada)
    async with nudging.bot.database.transaction() as session:
        member = await members.by_id(session, who.workspace_id, who.id, lock=True)
        assert member is not None
        await changes.leave(session, member, now=nudging.clock())
    await press(nudging, ada, views.DID)
    assert [each.answer for each in await nudges_of(nudging, ada)] == [None]
