"""Searching, reading, keeping and collecting in Slack, for whoever is in; leads put cards together."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.archive.models import Bookmark, Trial
from bot.members.models import Member
from tests.archive.finding import reading, shelf
from tests.members import walk
from tests.world import World


async def test_a_word_is_looked_for_corrected_read_kept_and_told_how_it_went(any_world: World):
    world = any_world
    ada, ben = await reading.joined(world, "Ada", "Ben")
    card, other = await reading.published(
        world,
        "Negotiating with a client",
        "Another negotiation",
        gist="Say what it costs.",
        tips="Write it down.",
        tags=["Saying no"],
    )
    await reading.open_form(world, ada)
    assert "Nothing" not in await reading.search(world, ada, "client")
    said = await reading.search(world, ada, "cliemt")
    assert "Showing results for *client*." in said and "Negotiating with a client" in said
    assert (await reading.press(world, ada, "archive.exactly")).ok
    assert "No card fits" in walk.said(walk.modal(world, ada))
    await reading.search(world, ada, "client")
    await reading.press(world, ada, "archive.read", str(card))
    said = walk.said(walk.modal(world, ada))
    assert "Say what it costs." in said and "*What to try*\nWrite it down." in said and "Nobody has said yet" in said
    assert "Another negotiation" in said
    await reading.press(world, ada, "archive.bookmark")
    assert "Kept. Let go" in walk.said(walk.modal(world, ada))
    await reading.press(world, ada, "archive.worked")
    assert "It worked for the one person who tried it." in walk.said(walk.modal(world, ada))
    await reading.press(world, ada, "archive.not")
    said = walk.said(walk.modal(world, ada))
    assert "You said that it was not for you." in said and "not quite" in said
    assert ((await reading.insight(world, card)).worked, (await reading.insight(world, card)).tried) == (0, 1)
    await reading.press(world, ada, "archive.untold")
    assert "Have you tried it?" in walk.said(walk.modal(world, ada))
    await reading.press(world, ada, "archive.read", str(other))
    assert len(world.slack.modals(ada)) == 2 and "Another negotiation" in walk.said(walk.modal(world, ada))
    async with world.bot.database.reading() as session:
        assert len((await session.execute(select(Bookmark))).all()) == 1
        assert (await session.execute(select(Trial))).all() == []
    front = walk.said(await walk.open_home(world, ben))
    assert "Kept by others this week" in front and "Negotiating with a client" in front
    assert "Kept by others this week" not in walk.said(await walk.open_home(world, ada))
    assert "Negotiating with a client" in await reading.go(world, ada, "find:kept:0")
    assert "Nothing kept yet" in await reading.go(world, ben, "find:kept:0")


async def test_many_cards_are_paged_and_filters_narrow(world: World):
    (ada,) = await reading.joined(world, "Ada")
    await reading.published(world, *[f"Budget talk {number}" for number in range(11)])
    (tagged,) = await reading.published(world, "Budget and tags", tags=["Money"], worked=1, tried=2)
    await reading.open_form(world, ada)
    reply = await world.acts.submit(ada, walk.modal(world, ada)["id"], reading.typed(""))
    assert reply.errors == {"words": "Write a word, or choose something below it."}
    assert "12 cards. Here are the first eight." in await reading.search(world, ada, "budget")
    await reading.press(world, ada, "archive.more")
    assert "12 cards. Here are 9 to 12." in walk.said(walk.modal(world, ada))
    await reading.press(world, ada, "archive.earlier")
    assert "the first eight" in walk.said(walk.modal(world, ada))
    assert "One card." in await reading.search(world, ada, "budget", tags=[("Money", "money")], since="month")
    assert "One card." in await reading.search(world, ada, "", outcome=["worked"])
    assert "No card fits" in await reading.search(world, ada, "zzzz")
    await reading.press(world, ada, "archive.look_for_tag")
    assert "Budget and tags" in walk.said(walk.modal(world, ada))
    await reading.search(world, ada, "negotiation")
    await reading.press(world, ada, "archive.open_collection", "asking-for-more")
    assert "Asking for more" in walk.said(walk.modal(world, ada))
    found = await world.acts.suggest(
        ada, action_id="archive.find_tag", text="mon", view_id=world.slack.modals(ada)[0]["id"]
    )
    assert [each["value"] for each in found.options] == ["money"]
    assert tagged


async def test_the_command_answers_with_three_and_leads_to_all(world: World):
    (ada,) = await reading.joined(world, "Ada")
    await reading.published(world, *[f"Budget talk {number}" for number in range(5)])
    channel = await world.acts.open_messages(ada)
    assert (await world.acts.command(ada, channel, 'find budgte "<!channel>"')).ok
    answer = world.last_message_to(ada)
    said = walk.said(answer)
    assert "Showing results for *budget*." in said and "Five cards. Here are the first three." in said
    assert "budgte" not in str(answer["blocks"]) and "channel" not in said
    await walk.press(world, ada, channel=channel, ts=answer["ts"], action_id="archive.all_results")
    assert walk.modal(world, ada)["blocks"][0]["element"]["initial_value"] == 'budgte "<!channel>"'
    assert walk.said(walk.modal(world, ada)).count("Budget talk") >= 5
    assert (await world.acts.command(ada, channel, "find")).ok
    await world.settle()
    assert walk.modal(world, ada)["callback_id"] == "archive.search_form"


async def test_the_words_of_a_search_are_stored_nowhere(world: World):
    (ada,) = await reading.joined(world, "Ada")
    await reading.published(world, "Budget talk")
    channel = await world.acts.open_messages(ada)
    await world.acts.command(ada, channel, "find xanthocanary budget")
    await reading.open_form(world, ada)
    await reading.search(world, ada, "xanthocanary budget")
    path = Path(world.database_url.removeprefix("sqlite:///"))
    for each in path.parent.glob(f"{path.name}*"):
        assert b"xanthocanary" not in each.read_bytes()


async def test_whoever_is_not_in_finds_nothing(world: World):
    await reading.joined(world, "Ada")
    stranger = world.person("Sam")
    await reading.published(world, "Budget talk")
    assert "Budget talk" not in walk.said(await walk.open_home(world, stranger))
    assert "The archive is for people who are in Perennial." in await reading.go(world, stranger, "find:new:0")
    channel = await world.acts.open_messages(stranger)
    reply = await world.acts.command(stranger, channel, "find budget")
    assert "Budget talk" not in str(reply)


async def test_a_lead_puts_a_card_into_a_collection_and_takes_it_out(any_world: World):
    world = any_world
    (ada,) = await reading.joined(world, "Ada", is_admin=True)
    (ben,) = await reading.joined(world, "Ben")
    ada_id = (await reading.member_of(world, ada)).id
    async with world.bot.database.transaction() as session:
        (await session.get_one(Member, ada_id)).is_lead = True
    card, _ = await reading.published(world, "Regulators ask for logs", "How I said no")
    assert "How I said no" in await reading.go(world, ben, "find:in:saying-no:0")
    await reading.open_form(world, ada)
    await reading.search(world, ada, "regulators")
    await reading.press(world, ada, "archive.read", str(card))
    await reading.press(world, ada, "archive.collect")
    form = walk.modal(world, ada)["id"]
    assert (await world.acts.submit(ada, form, {"name": {"name": "!!"}})).errors
    assert (await world.acts.submit(ada, form, {})).errors
    reply = await world.acts.submit(
        ada, form, {"name": {"name": "Talking to <regulators>"}, "about": {"about": "For audits."}}
    )
    assert reply.ok and not reply.errors
    await world.settle()
    said = await reading.go(world, ben, "find:in:talking-to-regulators:0")
    assert "Talking to <regulators>" in said and "Regulators ask for logs" in said and "Take out" not in said
    assert "Take out" in await reading.go(world, ada, "find:in:talking-to-regulators:0")
    assert (
        await walk.press(world, ben, action_id="archive.uncollect", value=f"talking-to-regulators:{card}", anyway=True)
    ).ok
    assert "Regulators ask" in await reading.go(world, ben, "find:in:talking-to-regulators:0")
    await reading.go(world, ada, "find:in:talking-to-regulators:0")
    await reading.press_home(world, ada, "archive.uncollect")
    assert "No card is in it yet" in await reading.go(world, ben, "find:in:talking-to-regulators:0")


async def test_a_year_later_its_maker_is_asked_once_and_still_true_moves_it_on(any_world: World):
    world = any_world
    ada, ben = await reading.joined(world, "Ada", "Ben")
    maker = await reading.member_of(world, ada)
    (card,) = await reading.published(
        world, "Is the old process still right?", made_by=maker.id, published_at=world.clock() - timedelta(days=364)
    )
    assert "Still true?" not in await reading.go(world, ada, "find")
    await world.move(days=2, hours=3)
    asked = [each for each in world.messages_to(ada) if "archive.still_true" in str(each)]
    assert len(asked) == 1 and "Is what it says still true?" in walk.said(asked[0])
    assert "Is the old process still right?" in await reading.go(world, ada, "find:old:0")
    assert "more than a year old" in await reading.go(world, ben, "find:new:0")
    assert "Is the old process" not in await reading.go(world, ben, "find:old:0")
    await world.move(days=30)
    assert len([each for each in world.messages_to(ada) if "still true" in str(each)]) == 1
    channel = world.slack.open_dm(world.slack.bot_user_id, ada)
    await walk.press(world, ada, channel=channel, ts=asked[0]["ts"], action_id="archive.still_true")
    await world.move(seconds=5)
    assert "It is looked at again in a year." in walk.said(world.last_message_to(ada))
    assert (await reading.insight(world, card)).look_again_at > world.clock() + timedelta(days=364)
    await walk.press(world, ada, channel=channel, ts=asked[0]["ts"], action_id="archive.undo_still_true")
    await world.move(seconds=5)
    assert "Is what it says still true?" in walk.said(world.last_message_to(ada))
    await world.move(days=3)
    assert len([each for each in world.messages_to(ada) if "still true" in str(each)]) == 1


@pytest.mark.parametrize(
    "place", ["find", "find:new:0", "find:collections", "find:in:nothing:0", "find:in:saying-no:999", "find:old:x"]
)
async def test_every_page_invites_where_there_is_nothing(world: World, place: str):
    (ada,) = await reading.joined(world, "Ada")
    said = await reading.go(world, ada, place)
    assert "could not be drawn" not in said
    assert said.strip()


async def test_somebody_elses_card_is_not_reached_by_a_changed_button(world: World):
    (ada,) = await reading.joined(world, "Ada")
    await reading.published(world, "Budget talk")
    async with world.bot.database.transaction() as session:
        there = await shelf.workspace(session, "TELSEWHERE")
        theirs = (await shelf.publish(session, there, "A secret of theirs")).id
    await reading.open_form(world, ada)
    await reading.search(world, ada, "budget")
    view = walk.modal(world, ada)["id"]
    await walk.press(world, ada, view_id=view, action_id="archive.read", value=str(theirs), anyway=True)
    assert "can't be read any more" in walk.said(walk.modal(world, ada))
    for action in ("archive.bookmark", "archive.worked", "archive.still_true"):
        await walk.press(world, ada, action_id=action, value=str(theirs), anyway=True)
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(Bookmark))).all() == (await session.execute(select(Trial))).all() == []


async def test_a_reported_card_leaves_every_screen_of_whoever_reported_it(world: World):
    ada, ben = await reading.joined(world, "Ada", "Ben")
    (card,) = await reading.published(
        world, "A card that hurts", gist="Names a customer.", made_by=(await reading.member_of(world, ben)).id
    )
    assert "A card that hurts" in await reading.go(world, ada, "find")
    await reading.press_home(world, ada, "archive.read", value=str(card))
    await reading.press(world, ada, "moderation.report")
    assert (await world.acts.submit(ada, walk.modal(world, ada)["id"], {})).ok
    await world.settle()
    await world.move(seconds=6)
    below, top = world.slack.modals(ada)
    assert "It is hidden now." in walk.said(top)
    assert "hidden" in walk.said(below) and "customer" not in walk.said(below)
    assert "A card that hurts" not in walk.said(walk.look(world, ada))


async def test_a_command_that_finds_nothing_names_only_ways_on_that_are_there(world: World):
    (ada,) = await reading.joined(world, "Ada")
    await reading.published(world, "Budget talk", tags=["Money"])
    channel = await world.acts.open_messages(ada)
    assert (await world.acts.command(ada, channel, "find zebra")).ok
    said = walk.said(world.last_message_to(ada))
    assert "No card fits" in said and "one of these" not in said and "Search again" in said


async def test_adding_to_a_collection_is_answered_and_never_guessed(world: World):
    (ada,) = await reading.joined(world, "Ada", is_admin=True)
    async with world.bot.database.transaction() as session:
        (await session.get_one(Member, (await reading.member_of(world, ada)).id)).is_lead = True
    await reading.published(world, "Regulators ask for logs")
    await reading.open_form(world, ada)
    await reading.search(world, ada, "regulators")
    await reading.press(world, ada, "archive.read")
    await reading.press(world, ada, "archive.collect")
    form = walk.modal(world, ada)["id"]
    both = {"which": {"which": "saying-no"}, "name": {"name": "For audits"}}
    assert "not both" in (await world.acts.submit(ada, form, both)).errors["name"]
    assert not (await world.acts.submit(ada, form, {"which": {"which": "saying-no"}, "name": {"name": ""}})).errors
    assert "“Saying no”" in walk.said(walk.modal(world, ada))
    assert "Regulators ask for logs" in await reading.go(world, ada, "find:in:saying-no:0")
    assert "For audits" not in await reading.go(world, ada, "find:collections")
