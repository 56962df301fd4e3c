"""What is written in a thread while a round is open is kept for its summary, and follows its message; nothing else is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.models import InboxRow
from bot.features.roundtables.written import replies_store, store
from bot.members.private import forget_key
from bot.slack.said import Said
from tests.features.questions.test_threads import deleted, edited, written
from tests.features.questions.threads_people import tell
from tests.features.roundtables import company
from tests.features.roundtables.company import TEN
from tests.members import walk
from tests.world import World


async def opened(world: World, *names: str) -> tuple[str, list[str]]:
    """One channel with an open question, and people in it."""
    channels, program_id = await company.found(world, names=("design",))
    users = await company.people(world, program_id, channels, *names)
    await world.move_to(TEN)
    await world.move(seconds=20)
    return channels[0], users


async def kept(world: World) -> list[str]:
    """The words that a summary may use."""
    (round_,) = await company.rounds(world)
    async with world.bot.database.reading() as session:
        replies = await replies_store.kept(session, round_)
        return [text for _, text in await replies_store.texts(session, replies)]


async def states(world: World) -> list[str]:
    return [each.state for each in await company.replies(world)]


async def test_edits_and_deletions_are_followed_and_a_reply_can_be_kept_out_later(any_world: World):
    world = any_world
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "Frist.")
    other = await company.writes(world, ben, channel, "(not kept) Between us.")
    await world.acts.edit(ada, channel, ts, "First.")
    await world.settle()
    assert (await kept(world), await states(world)) == (["First."], ["kept", "apart"])
    await world.move(seconds=2)
    await world.acts.edit(ada, channel, ts, "(not kept) First.")
    await world.acts.edit(ben, channel, other, "For everybody.")
    await world.settle()
    assert (await kept(world), await states(world)) == (["For everybody."], ["apart", "kept"])
    await world.acts.delete(ben, channel, other)
    await world.settle()
    assert (await kept(world), await states(world)) == ([], ["apart", "gone"])
    assert all(each.body is None for each in await company.replies(world))


@pytest.mark.parametrize(
    ("order", "stays"),
    [
        (("late edit", "written", "early edit"), ["Late."]),
        (("deleted", "written", "late edit"), []),
        (("written", "written", "deleted", "late edit"), []),
    ],
)
async def test_whatever_order_events_come_in_the_newest_state_stays(
    world: World, order: tuple[str, ...], stays: list[str]
):
    channel, (ada,) = await opened(world, "Ada")
    root, ts = company.question(world, channel)["ts"], "1900000000.000100"
    events = {
        "written": written(ada, root, ts, "As written."),
        "early edit": edited(ada, root, ts, "Early.", "1900000001.0"),
        "late edit": edited(ada, root, ts, "Late.", "1900000002.0"),
        "deleted": deleted(ada, root, ts),
    }
    for place, name in enumerate(order):
        about = {"channel": channel, "channel_type": "channel"}
        await tell(world, events[name] | {"team": world.slack.team_id}, f"Ev{place}", **about)
    assert await kept(world) == stays


async def test_people_from_elsewhere_apps_and_other_threads_are_not_kept(world: World):
    channel, (ada,) = await opened(world, "Ada")
    root = company.question(world, channel)["ts"]
    about = {"channel": channel, "channel_type": "channel"}
    await tell(world, written("USTRANGER", root, "1900000001.1", "From afar.") | {"team": "TOTHER"}, "Ev1", **about)
    await tell(world, written("UAPP", root, "1900000002.1", "Beep.") | {"bot_id": "B2"}, "Ev2", **about)
    top = await world.acts.post(ada, channel, "A word beside it.")
    await world.acts.post(ada, channel, "In another thread.", thread_ts=top)
    await world.settle()
    assert (await kept(world), await states(world)) == ([], ["unread"])
    await tell(world, edited("USTRANGER", root, "1900000001.1", "Again.", "1900000009.0"), "Ev3", **about)
    assert await kept(world) == []


async def test_after_the_end_nothing_new_is_kept_and_what_is_deleted_goes(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "In time.")
    await company.writes(world, ben, channel, "Me too.")
    await world.move(days=6, minutes=5)
    assert await company.round_states(world) == ["closed"]
    await company.writes(world, ben, channel, "Too late.")
    assert await kept(world) == ["In time.", "Me too."]
    await world.acts.delete(ada, channel, ts)
    await world.settle()
    assert await kept(world) == ["Me too."]


async def test_words_whose_writer_erased_their_key_are_in_no_draft(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    await company.writes(world, ada, channel, "Mine.")
    await company.writes(world, ben, channel, "And mine.")
    async with world.bot.database.transaction() as session:
        await forget_key(session, 1, (await company.member_of(world, ada)).id)
    assert await kept(world) == ["And mine."]


async def test_five_hundred_replies_are_counted_and_only_some_quoted(world: World):
    channel, users = await opened(world, "Ada", "Ben")
    root = company.question(world, channel)["ts"]
    ids = [(await company.member_of(world, user)).id for user in users]
    async with world.bot.database.transaction() as session:
        thread = await replies_store.thread_at(session, 1, channel, root)
        assert thread is not None
        for number in range(500):
            said = Said("written", "channel", channel, f"1900000{number:03}.1", root, users[number % 2])
            text = f"Answer {number} " + "word " * 600
            await replies_store.add(session, thread, said, ids[number % 2], store.KEPT, text)
    assert len(await kept(world)) == 500
    await world.move(days=6, minutes=5)
    (moderator,) = company.asked(world, *users)
    await company.press(world, moderator, "roundtables.sum_up")
    drafted = company.walk.modal(world, moderator)["blocks"][1]["element"]["initial_value"]
    assert drafted.startswith("Two people answered.")
    assert len(drafted.splitlines()) == 3  # one of each, however much they wrote


async def test_the_thread_of_a_prompt_that_was_deleted_is_no_thread_any_more(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    for user in (ada, ben):
        await company.writes(world, user, channel, "Said.")
    world.slack.delete_message(channel, company.question(world, channel)["ts"])
    await world.acts.quiet()
    await world.settle()
    async with world.bot.database.reading() as session:
        (round_,) = await company.rounds(world)
        (thread,) = await store.threads(session, round_)
    assert thread.state == store.LOST
    await world.move_to(company.CLOSES + timedelta(hours=1))
    assert company.asked(world, ada, ben) == []  # a summary would have nowhere to stand
    assert await company.round_states(world) == ["closed"]


async def test_an_edit_after_the_words_were_forgotten_brings_none_back(any_world: World):
    world = any_world
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "In time.")
    await company.writes(world, ben, channel, "Me too.")
    await world.move(days=25)
    assert (await company.rounds(world))[0].step == store.DONE
    await world.acts.edit(ada, channel, ts, "Rewritten much later.")
    await world.settle()
    assert [each.body for each in await company.replies(world)] == [None, None]


async def test_what_somebody_who_left_changes_is_not_kept_again(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "While here.")
    await company.writes(world, ben, channel, "Still here.")
    await walk.open_home(world, ada)
    await walk.press(world, ada, action_id="members.leave", anyway=True)
    await world.settle()
    await world.acts.edit(ada, channel, ts, "From outside.")
    await world.settle()
    assert await kept(world) == ["Still here."]


async def test_words_from_before_a_channel_got_another_id_are_still_read(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    await company.writes(world, ada, channel, "Before.")
    moved = world.slack.change_channel_id(channel)
    await world.acts.quiet()
    await world.settle()
    await company.writes(world, ben, moved, "After.")
    assert await kept(world) == ["Before.", "After."]


async def test_a_reply_to_a_question_whose_post_is_not_confirmed_yet_is_kept(any_world: World):
    world = any_world
    channels, program_id = await company.found(world, names=("design",))
    (ada,) = await company.people(world, program_id, channels, "Ada")
    world.server.faults.drop_reply("chat.postMessage")
    await world.move_to(TEN - timedelta(seconds=8))  # posted, and Slack's answer lost
    await company.writes(world, ada, channels[0], "Before you knew.")
    assert await states(world) == []
    await world.move(minutes=5)
    assert await kept(world) == ["Before you knew."]


async def test_what_is_said_elsewhere_meanwhile_is_not_kept(world: World):
    channels, program_id = await company.found(world, names=("design",))
    (ada,) = await company.people(world, program_id, channels, "Ada")
    top = await world.acts.post(ada, channels[0], "Something else.")
    world.server.faults.drop_reply("chat.postMessage")
    await world.move_to(TEN - timedelta(seconds=8))  # posted, and Slack's answer lost
    await world.acts.post(ada, channels[0], "Canary in another thread.", thread_ts=top)
    await world.settle()
    await world.move(minutes=10)
    assert await states(world) == []
    async with world.bot.database.reading() as session:
        rows = list((await session.execute(select(InboxRow).where(InboxRow.type == "message"))).scalars())
    assert [(each.state, each.payload) for each in rows] == [("done", None)]
