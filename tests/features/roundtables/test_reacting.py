"""Reactions to replies order a summary's draft; who reacted is known as long as the replies are, and nothing else is."""

import asyncio

import pytest
from sqlalchemy import delete, func, select, update

from bot.delivery.models import InboxRow
from bot.features.roundtables.models import RoundtableReaction
from bot.features.roundtables.written import reactions_store, replies_store
from bot.members.models import Member
from tests.features.questions.test_threads import written
from tests.features.questions.threads_people import tell
from tests.features.roundtables import company
from tests.features.roundtables.company import CLOSES, reacts
from tests.features.roundtables.test_hearing import opened
from tests.members import walk
from tests.world import World

LONG = "A long answer, of which there is much to be read before it comes to its end."


async def counts(world: World) -> dict[str, int]:
    """How many people reacted to each reply that somebody did react to, by the reply's ts."""
    (round_,) = await company.rounds(world)
    replies = {each.id: each.ts for each in await company.replies(world)}
    async with world.bot.database.reading() as session:
        found = await reactions_store.counted(session, round_)
    return {replies[reply_id]: many for reply_id, many in found.items()}


async def rows(world: World) -> int:
    """How much is remembered of reactions, taken back or not."""
    async with world.bot.database.reading() as session:
        return (await session.execute(select(func.count(RoundtableReaction.member_id)))).scalar_one()


async def stored_events(world: World) -> int:
    """How many events about reactions were kept, handled or not."""
    async with world.bot.database.reading() as session:
        query = select(func.count(InboxRow.id)).where(InboxRow.type.startswith("reaction_"))
        return (await session.execute(query)).scalar_one()


async def drafted(world: World, *users: str) -> tuple[list[str], str]:
    """The draft that whoever's turn it is finds, line by line, and all that stands in its form."""
    await world.move_to(CLOSES)
    await world.move(minutes=1)
    (moderator,) = company.asked(world, *users)
    await company.press(world, moderator, "roundtables.sum_up")
    form = walk.modal(world, moderator)
    return form["blocks"][1]["element"]["initial_value"].splitlines(), walk.said(form)


async def test_what_more_people_reacted_to_stands_first_and_only_the_moderator_reads_how_many(any_world: World):
    world = any_world
    channel, users = await opened(world, "Ada", "Ben", "Cleo", "Dan")
    ada, ben, cleo, dan = users
    await company.writes(world, ada, channel, LONG)
    ts = await company.writes(world, ben, channel, "Short <b>.")
    for each in (ada, cleo, dan):
        await reacts(world, each, channel, ts)
    await reacts(world, ada, channel, ts, "tada")
    await reacts(world, dan, channel, ts, add=False)
    assert await counts(world) == {ts: 2}
    lines, form = await drafted(world, *users)
    assert lines == ["Two people answered.", "• “Short <b>.” (Ben)", f"• “{LONG}” (Ada)"]
    assert (
        "What more people reacted to stands first: two people to “Short &lt;b&gt;.”. This line is not posted." in form
    )
    (moderator,) = company.asked(world, *users)
    await company.hand_in(world, moderator, "\n".join(lines))
    await world.move(minutes=1)
    assert "react" not in walk.said(company.thread(world, channel)[0])


async def test_one_person_counts_once_until_the_last_of_their_emoji_is_gone(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "Said.")
    for name in ("heart", "eyes", "+1"):
        await reacts(world, ben, channel, ts, name)
    assert await counts(world) == {ts: 1}
    for name in ("eyes", "heart"):
        await reacts(world, ben, channel, ts, name, add=False)
    assert await counts(world) == {ts: 1}
    await reacts(world, ben, channel, ts, "+1", add=False)
    assert await counts(world) == {}


ADDED, LATER = ("reaction_added", "1900000001.000100"), ("reaction_removed", "1900000002.000100")
AGAIN = ("reaction_added", "1900000003.000100")


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ((ADDED, ADDED), 1),
        ((ADDED, LATER), 0),
        ((LATER, ADDED), 0),
        ((LATER, LATER, ADDED, ADDED), 0),
        ((AGAIN, LATER, ADDED), 1),
        ((LATER, AGAIN, ADDED), 1),
        ((ADDED, AGAIN, LATER), 1),
    ],
)
async def test_in_whatever_order_it_is_told_what_happened_last_counts(
    world: World, told: tuple[tuple[str, str], ...], counted: int
):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "Said.")
    for number, (type_, at) in enumerate(told):
        item = {"type": "message", "channel": channel, "ts": ts}
        event = {"type": type_, "user": ben, "reaction": "heart", "item": item, "item_user": ada, "event_ts": at}
        await tell(world, event, f"EvR{number}")
    assert sum((await counts(world)).values()) == counted


async def test_what_is_told_at_the_same_moment_and_several_times_counts_each_person_once(any_world: World):
    world = any_world
    channel, users = await opened(world, "Ada", "Ben", "Cleo", "Dan")
    ts = await company.writes(world, users[0], channel, "Said.")
    item = {"type": "message", "channel": channel, "ts": ts}
    about = {"type": "reaction_added", "item": item, "item_user": users[0], "event_ts": "1900000001.000100"}
    told = [
        world.acts.raw(about | {"user": user, "reaction": name}, event_id=f"Ev{user}{name}{again}")
        for user in users
        for name in ("heart", "eyes")
        for again in (0, 0, 1)  # the same event twice, and once more under another id
    ]
    assert all(answer.ok for answer in await asyncio.gather(*told))
    assert world.side is not None
    await world.side.quiet()
    await world.settle()
    assert (await counts(world), await rows(world)) == ({ts: 3}, 6)


async def test_every_other_reaction_is_forgotten_unread(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    prompt = company.question(world, channel)["ts"]
    own = await company.writes(world, ada, channel, "Mine.")
    kept_out = await company.writes(world, ada, channel, "(not kept) Between us.")
    top = await world.acts.post(ada, channel, "A word beside it.")
    beside = await world.acts.post(ada, channel, "In another thread.", thread_ts=top)
    root = {"channel": channel, "channel_type": "channel"}
    await tell(world, written("USTRANGER", prompt, "1900000001.1", "From afar.") | {"team": "TOTHER"}, "Ev1", **root)
    for ts in (prompt, kept_out, top, beside):
        await reacts(world, ben, channel, ts)
    await reacts(world, ada, channel, own)
    for ts in ("1900000001.1", "1900000009.9"):  # somebody else's company's words, and words nobody has told us of
        item = {"type": "message", "channel": channel, "ts": ts}
        event = {"type": "reaction_added", "user": ben, "reaction": "heart", "item": item, "event_ts": "1900000010.1"}
        await tell(world, event, f"EvR{ts}")
    about_a_file = {"type": "reaction_added", "user": ben, "reaction": "heart", "item": {"type": "file", "file": "F1"}}
    await tell(world, about_a_file, "EvFile")
    assert (await stored_events(world), await rows(world)) == (0, 0)


async def test_a_reaction_that_is_told_before_its_reply_is_forgotten_and_one_told_after_it_counts(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    root, ts = company.question(world, channel)["ts"], "1900000000.000100"
    item = {"type": "message", "channel": channel, "ts": ts}
    event = {"type": "reaction_added", "user": ben, "item": item, "item_user": ada}
    await tell(world, event | {"reaction": "eyes", "event_ts": "1900000001.1"}, "EvEarly")
    assert await stored_events(world) == 0
    said = written(ada, root, ts, "As written.") | {"team": world.slack.team_id}
    await tell(world, said, "EvSaid", channel=channel, channel_type="channel")
    assert await counts(world) == {}
    await tell(world, event | {"reaction": "heart", "event_ts": "1900000003.1"}, "EvThen")
    assert await counts(world) == {ts: 1}


async def test_apps_people_from_elsewhere_and_whoever_is_not_here_count_nothing(world: World):
    channel, (ada, ben, cleo) = await opened(world, "Ada", "Ben", "Cleo")
    ts = await company.writes(world, ada, channel, "Said.")
    async with world.bot.database.transaction() as session:  # what sync will write, before its event came
        await session.execute(
            update(Member).where(Member.slack_id == cleo).values(deactivated_at=world.clock(), is_guest=True)
        )
        guest = update(Member).where(Member.slack_id == ben).values(is_guest=True)
        await session.execute(guest)
    item = {"type": "message", "channel": channel, "ts": ts}
    for number, user in enumerate(("USTRANGER", "USLACKBOT", world.slack.bot_user_id, ben, cleo)):
        event = {"type": "reaction_added", "user": user, "reaction": "heart", "item": item, "item_user": ada}
        await tell(world, event | {"event_ts": "1900000010.1"}, f"EvR{number}")
    assert (await counts(world), await rows(world)) == ({}, 0)


@pytest.mark.parametrize("way", ["it is deleted", "it is kept out", "who reacted leaves", "they go", "they are erased"])
async def test_what_goes_takes_its_reactions_along(any_world: World, way: str):
    world = any_world
    channel, (ada, ben, cleo) = await opened(world, "Ada", "Ben", "Cleo")
    ts = await company.writes(world, ada, channel, "Said.")
    for each in (ben, cleo):
        await reacts(world, each, channel, ts)
    assert await counts(world) == {ts: 2}
    if way == "it is deleted":
        await world.acts.delete(ada, channel, ts)
    elif way == "it is kept out":
        await world.acts.edit(ada, channel, ts, "(not kept) Said.")
    elif way == "who reacted leaves":
        await walk.open_home(world, ben)
        await walk.press(world, ben, action_id="members.leave", anyway=True)
    elif way == "they go":
        world.slack.update_user(ben, deleted=True)
        await world.acts.quiet()
    else:
        async with world.bot.database.transaction() as session:
            await session.execute(delete(Member).where(Member.slack_id == ben))
    await world.settle()
    one_left = way not in ("it is deleted", "it is kept out")
    assert (await counts(world), await rows(world)) == ({ts: 1}, 1) if one_left else ({}, 0)


async def test_after_the_end_only_what_is_taken_back_is_followed_and_two_weeks_later_nobody_is_known(any_world: World):
    world = any_world
    channel, users = await opened(world, "Ada", "Ben", "Cleo")
    ada, ben, cleo = users
    ts = await company.writes(world, ada, channel, "Said.")
    other = await company.writes(world, ben, channel, "Said, too.")
    for each in (ben, cleo):
        await reacts(world, each, channel, ts)
    await world.move_to(CLOSES)
    await world.move(minutes=1)
    before = await stored_events(world)
    await reacts(world, ada, channel, other)
    await reacts(world, ada, channel, other, add=False)
    assert await stored_events(world) == before
    await reacts(world, ben, channel, ts, add=False)
    assert await counts(world) == {ts: 1}
    await world.move(days=15)
    assert (await rows(world), len(await company.replies(world))) == (0, 2)
    await reacts(world, cleo, channel, ts, add=False)
    assert await rows(world) == 0


async def test_a_reply_whose_channel_has_another_id_still_hears_reactions(world: World):
    channel, (ada, ben) = await opened(world, "Ada", "Ben")
    ts = await company.writes(world, ada, channel, "Said.")
    moved = world.slack.change_channel_id(channel)
    await world.acts.quiet()
    await world.settle()
    await reacts(world, ben, moved, ts)
    assert await counts(world) == {ts: 1}


async def test_an_install_without_the_new_scope_sums_up_in_the_old_order(any_world: World):
    world = any_world
    manifest = world.slack.manifest
    manifest["oauth_config"]["scopes"]["bot"].remove("reactions:read")
    world.slack.install(manifest)
    channel, users = await opened(world, "Ada", "Ben")
    ada, ben = users
    await company.writes(world, ada, channel, LONG)
    ts = await company.writes(world, ben, channel, "Short.")
    await reacts(world, ada, channel, ts)
    lines, form = await drafted(world, *users)
    assert lines == ["Two people answered.", f"• “{LONG}” (Ada)", "• “Short.” (Ben)"]
    assert "react" not in form
    async with world.bot.database.reading() as session:
        (round_,) = await company.rounds(world)
        assert len(await replies_store.kept(session, round_)) == 2
