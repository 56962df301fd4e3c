"""A channel proposes, votes once each, and reads what was chosen."""

import asyncio
from datetime import timedelta

from bot.gatherings.ballots import acting, store
from tests.features.storytelling.evening import planned
from tests.gatherings.ballots.voting import person, room
from tests.members import walk
from tests.world import World


async def test_the_newest_vote_of_each_person_counts(any_world: World, golden):
    at = await room(any_world)
    ada, ben, cleo = [await person(at, name) for name in ("Ada", "Ben", "Cleo")]
    await at.open()
    golden("gatherings/ballot_open", {"text": at.post()["text"], "blocks": at.post()["blocks"]})
    for user in (ada, ben):
        await at.vote(user, "Green tea")
    await at.vote(ada, "Black tea")
    await at.vote(ada, "Black tea")
    await at.propose(cleo, "  White   tea ")
    assert "White tea" in walk.said(at.post())
    assert "Cleo" not in str(at.post())
    await at.vote(cleo, "White tea")
    await at.vote(ben, "White tea")
    await any_world.move(days=3, minutes=1)
    assert at.teas.counted == [["White tea"]]
    assert at.post()["text"] == "Which tea is next? You chose: White tea."
    golden("gatherings/ballot_closed", {"text": at.post()["text"], "blocks": at.post()["blocks"]})


async def test_whoever_votes_reads_it_alone_and_can_take_it_back(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    await at.open()
    await at.vote(ada, "Green tea")
    assert at.answer(ada) == "Your vote: Green tea. Press another to change it."
    ephemeral = world.slack.history(at.channel, viewer=ada)[0]
    await walk.press(world, ada, channel=at.channel, ts=ephemeral["ts"], action_id="gatherings.unvote")
    await world.move(days=3, minutes=1)
    assert at.teas.counted == [[]]
    assert "Nobody voted this time" in at.post()["text"]


async def test_a_vote_after_the_closing_hour_changes_nothing_though_nobody_counted_yet(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    ballot_id = await at.open()
    await at.vote(ada, "Green tea")
    green, black = await at.proposal("Green tea"), await at.proposal("Black tea")
    async with world.bot.database.transaction() as session:
        ballot = await store.get(session, 1, ballot_id, lock=True)
        ballot.closes_at = world.clock() - timedelta(seconds=1)
    await at.vote(ada, "Black tea")
    assert "This vote is over" in at.answer(ada)
    async with world.bot.database.reading() as session:
        ballot = await store.get(session, 1, ballot_id)
        assert {each.proposal_id: each.votes for each in await store.standings(session, ballot)} == {
            green.id: 1,
            black.id: 0,
        }


async def test_what_is_not_chosen_waits_for_the_next_vote_and_our_own_ideas_do_not(world: World):
    at = await room(world)
    ada, ben = [await person(at, name) for name in ("Ada", "Ben")]
    await at.open(1)
    await at.propose(ada, "White tea")
    await at.vote(ben, "Green tea")
    await world.move(days=3, minutes=1)
    await at.open(2, own=[("mint", "Mint tea")])
    said = walk.said(at.post())
    assert "White tea" in said and "Mint tea" in said
    assert "Black tea" not in said and "Green tea" not in said


async def test_a_ballot_is_opened_once_and_can_be_taken_back(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    first = await at.open(1)
    assert await at.open(1) == first
    assert len([each for each in world.slack.history(at.channel) if "tea is next" in each["text"]]) == 1
    await at.propose(ada, "White tea")
    async with world.bot.database.transaction() as session:
        ballot = await store.get(session, 1, first, lock=True)
        await acting.take_back(session, ballot, now=world.clock())
    await world.move(seconds=5)
    assert at.post()["text"] == "Which tea is next? This vote is off."
    assert (await at.proposal("White tea")).state == store.WAITING
    await world.move(days=4)
    assert at.teas.counted == []


async def test_only_whoever_proposed_it_takes_it_back(world: World):
    at = await room(world)
    ada, ben = [await person(at, name) for name in ("Ada", "Ben")]
    await at.open()
    await at.propose(ada, "White tea")
    found = await at.proposal("White tea")
    stolen = await at.press(ben, "gatherings.take_back_proposal", str(found.id))
    assert stolen is not None
    assert (await at.proposal("White tea")).state == store.UP
    await world.acts.click(ada, view_id=walk.modal(world, ada)["id"], action_id="gatherings.take_back_proposal")
    await world.move(seconds=5)
    assert (await at.proposal("White tea")).state == store.WITHDRAWN
    assert "White tea" not in walk.said(at.post())


async def test_a_form_says_what_to_mend_and_keeps_the_line(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    await at.open()
    reply = await at.propose(ada, "green tea")
    assert "proposed already" in str(reply.body)
    golden_form = walk.modal(world, ada)
    assert "Which tea is next?" in walk.said(golden_form)


async def test_twenty_people_who_vote_at_once_are_all_counted(any_world: World):
    at = await room(any_world)
    people = [await person(at, f"Person {number}") for number in range(20)]
    ballot_id = await at.open()
    green = await at.proposal("Green tea")
    ts = at.post()["ts"]
    await asyncio.gather(
        *(
            any_world.acts.click(
                user, channel=at.channel, ts=ts, action_id="gatherings.vote", value=f"{ballot_id}:{green.id}"
            )
            for user in people
        )
    )
    await any_world.settle()
    async with any_world.bot.database.reading() as session:
        ballot = await store.get(session, 1, ballot_id)
        votes = {each.proposal_id: each.votes for each in await store.standings(session, ballot)}
    assert votes[green.id] == 20


async def test_somebody_who_left_is_not_named_beside_what_they_proposed(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    await at.open()
    await at.propose(ada, "White tea")
    async with world.bot.database.transaction() as session:
        found = await at.proposal("White tea")
        assert found.member_id is not None
        for passage in world.bot.registry.left:
            await passage(session, 1, found.member_id, world.clock())
    assert (await at.proposal("White tea")).member_id is None
    assert "White tea" in walk.said(at.post())


async def test_values_that_are_none_of_ours_are_answered_kindly(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    await at.open()
    for value in ("", "x:1", "1:x", "999999:1", "1:999999", "٣:1"):
        await at.press(ada, "gatherings.vote", value)
        assert "no longer exists" in at.answer(ada) or "taken back meanwhile" in at.answer(ada), value


async def test_a_proposal_pings_nobody_and_can_be_hidden_and_put_back(world: World):
    at = await room(world)
    ada, ben = [await person(at, name) for name in ("Ada", "Ben")]
    await at.open()
    await at.propose(ada, "<!channel> tea & *cake*")
    assert "&lt;!channel&gt; tea &amp; *cake*" in walk.said(at.post())
    found = await at.proposal("<!channel> tea & *cake*")
    await at.vote(ben, found.text)
    kind = world.bot.registry.reportable["proposal"]
    async with world.bot.database.transaction() as session:
        written = await kind.look(session, 1, found.id, world.clock())
        assert written is not None and written.words == "&lt;!channel&gt; tea &amp; *cake*"
        await kind.hide(session, 1, found.id, world.clock())
    await world.move(seconds=5)
    assert "cake" not in walk.said(at.post())
    async with world.bot.database.transaction() as session:
        await kind.restore(session, 1, found.id, world.clock())
    await world.move(days=3, minutes=1)
    assert at.teas.counted == [["<!channel> tea & *cake*"]]
    assert "<!channel>" not in at.post()["text"] + at.post()["blocks"][0]["text"]["text"]  # a menu pings nobody


async def test_what_was_chosen_can_still_be_reported_hidden_and_put_back(any_world: World, golden):
    at = await room(any_world)
    ada, ben, cleo = [await person(at, name) for name in ("Ada", "Ben", "Cleo")]
    await at.open(winners=2)
    await at.propose(ada, "White tea")
    for user in (ada, ben):
        await at.vote(user, "White tea")
    await at.vote(cleo, "Green tea")
    await any_world.move(days=3, minutes=1)
    found = await at.proposal("White tea")
    assert f"report:proposal:{found.id}" in str(at.post())
    kind = any_world.bot.registry.reportable["proposal"]
    for _ in range(2):  # a second moderator presses as well
        async with any_world.bot.database.transaction() as session:
            await kind.hide(session, 1, found.id, any_world.clock())
    await any_world.move(seconds=5)
    assert "White tea" not in str(at.post())
    golden("gatherings/ballot_closed_hidden", {"text": at.post()["text"], "blocks": at.post()["blocks"]})
    async with any_world.bot.database.transaction() as session:
        await kind.restore(session, 1, found.id, any_world.clock())
    await any_world.move(seconds=5)
    assert at.post()["text"] == "Which tea is next? You chose: Green tea and White tea."
    assert at.teas.moderated == [(["Green tea"], "White tea"), (["White tea", "Green tea"], "White tea")]


async def test_each_of_six_proposals_can_be_reported_from_behind_dots(world: World):
    at = await room(world)
    await at.open()
    texts = [f"Tea number {number}" for number in range(6)]
    for number, text in enumerate(texts):
        await at.propose(await person(at, f"Person {number}"), text)
    reader = await person(at, "Reader")
    for text in texts:
        found = await at.proposal(text)
        await at.report(reader, text)
        form = walk.modal(world, reader)
        assert f"proposal:{found.id}" in form["private_metadata"]
        await world.acts.close(reader, form["id"])


async def test_whoever_left_is_not_named_beside_what_was_chosen_either(world: World):
    at = await room(world)
    ada = await person(at, "Ada")
    await at.open()
    await at.propose(ada, "White tea")
    await at.vote(ada, "White tea")
    await world.move(days=3, minutes=1)
    found = await at.proposal("White tea")
    assert found.state == store.USED and found.member_id is not None
    async with world.bot.database.transaction() as session:
        for passage in world.bot.registry.left:
            await passage(session, 1, found.member_id, world.clock())
    assert (await at.proposal("White tea")).member_id is None


async def test_a_vote_goes_on_where_its_channel_got_another_id(world: World):
    at, _ = await planned(world)
    new = world.slack.change_channel_id(at.channel)
    await at.settle()
    async with world.bot.database.reading() as session:
        ballot = await store.about(session, 1, "theme:1")
    assert ballot is not None and ballot.channel == new
    await world.move_to(ballot.closes_at + timedelta(minutes=1))
    assert any("Nobody voted this time" in each["text"] for each in world.slack.history(new))
