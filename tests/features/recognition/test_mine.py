"""One's own page: what it holds, who opens it, and what is printed of it."""

from bot.features.recognition import store
from bot.features.recognition.rules import Said
from bot.features.recognition.saying import say
from bot.members import store as members
from tests.features.goals.people import found
from tests.features.questions.threads_people import ask, put_to, writes
from tests.features.recognition.thanking import kept, offers, thank
from tests.members import walk
from tests.web.reading import Readers
from tests.world import World


async def test_home_invites_and_then_shows_the_latest(world: World):
    people = await found(world)
    await world.move(hours=2)
    assert "Is there somebody whose help you still use?" in walk.said(await people.home("Ben"))
    await thank(people, "Ada", "Ben")
    assert "Ada thanked you today." in walk.said(await people.home("Ben"))
    assert "What you said to others" in walk.said(await people.home("Ada"))


async def test_hidden_it_stands_on_no_page_and_can_come_back(world: World):
    people = await found(world)
    await world.move(hours=2)
    row = await thank(people, "Ada", "Ben", words="Hide me")
    await people.home("Ben", "recognition")
    await walk.press(world, people.users["Ben"], action_id="recognition.more", selected=f"away:{row.id}")
    assert "Hide me" not in walk.said(await people.home("Ben", "recognition"))
    assert "Hide me" in walk.said(await people.home("Ben", "recognition:hidden"))
    await walk.press(world, people.users["Ben"], action_id="recognition.more", selected=f"back:{row.id}")
    assert "Hide me" in walk.said(await people.home("Ben", "recognition"))


async def test_shared_from_where_it_was_still_read_it_is_hidden_no_more(world: World):
    people = await found(world)
    await world.move(hours=2)
    row = await thank(people, "Ada", "Ben", words="Hide me", share=True)
    await people.home("Ben", "recognition")
    await walk.press(world, people.users["Ben"], action_id="recognition.more", selected=f"away:{row.id}")
    await people.forge("Ben", "recognition.share", str(row.id))
    (row,) = await kept(people)
    assert row.shared_at is not None and not row.put_away
    assert "You both like to share it" in walk.said(await people.home("Ben", "recognition"))


async def test_five_hundred_thanks_are_turned_page_by_page(world: World):
    people = await found(world)
    async with people.database.transaction() as session:
        giver = await members.by_id(session, people.workspace_id, people.ids["Ada"])
        receiver = await members.by_id(session, people.workspace_id, people.ids["Ben"])
        assert giver is not None
        assert receiver is not None
        for number in range(500):
            await say(session, giver, [receiver], Said(f"Number {number}."), None, world.clock(), may_share=True)
    view = await people.home("Ben", "recognition")
    assert "Number 499." in walk.said(view)
    assert len(view["blocks"]) < 60
    await people.press_home("Ben", "recognition.turn_on")
    assert "Number 491." in walk.said(walk.look(world, people.users["Ben"]))
    assert "Number 0." in walk.said(await people.home("Ben", "recognition:9999"))
    await world.move(hours=6)
    assert len(people.messages("Ben")) == 4, "three by themselves, the others told of together"
    assert "497 more thank-yous" in people.last("Ben")["text"]


async def test_a_page_is_only_ever_ones_own_and_prints_what_one_shows(any_readers: Readers):
    readers, world = any_readers, any_readers.world
    async with world.bot.database.transaction() as session:
        ada, ben = [
            await members.by_id(session, readers.workspace_id, readers.ids[name])
            for name in ("Ada Lovelace", "Ben Okri")
        ]
        assert ada is not None
        assert ben is not None
        for words, may_share in (("Shared <b>words</b>", True), ("Private words", False), ("Hidden words", True)):
            said = Said(words, "Negotiation", f"Saw it: {words}")
            await say(session, ada, [ben], said, None, world.clock(), may_share=may_share)
        shared, _, hidden = (await store.to_member(session, readers.workspace_id, ben.id, put_away=False, limit=9))[0][
            ::-1
        ]
        shared.choice, shared.shared_at, hidden.put_away = "share", world.clock(), True
    async with readers.browser() as browser:
        page = await browser.come_in(await readers.link("Ben Okri", "/recognition"))
        assert page.status == 200
        assert page.title == "Ben Okri"
        assert "Shared &lt;b&gt;words&lt;/b&gt;" in page.html
        assert "Saw it: Private words" in page.said, "a skill that was seen is theirs to show"
        assert page.said.count("Private words") == 1, "the words themselves stay between the two"
        assert "Hidden words" not in page.said
    async with readers.browser() as browser:
        page = await browser.come_in(await readers.link("Ada Lovelace", "/recognition"))
        assert "Nothing is shown yet" in page.said
        assert "Ben" not in page.said
    async with readers.browser() as browser:
        assert (await browser.get("/recognition")).status != 200


async def test_both_can_make_a_card_of_what_they_share_and_nobody_else(world: World):
    people = await found(world, "Ada", "Ben", "Cleo")
    await offers(people, "Ben", "Negotiation")
    await world.move(hours=2)
    row = await thank(
        people,
        "Ada",
        "Ben",
        words="Two offers on one page.",
        skill="negotiation",
        evidence="Named the date",
        share=True,
    )
    await people.forge("Ben", "recognition.card", str(row.id))
    assert not any(each["callback_id"] == "archive.edit" for each in world.slack.modals(people.users["Ben"]))
    await people.press("Ben", "recognition.share")
    await people.press("Ben", "recognition.card")
    form = people.form("Ben")
    assert "What helps with Negotiation?" in str(form)
    assert "Two offers on one page." in str(form)


async def test_an_answer_that_helped_offers_thanks_by_name_and_never_under_an_alias(any_world: World):
    world = any_world
    people = await found(world, "Ana", "Hana", "Yuki")
    for asker, alias in (("Yuki", "Curious otter"), ("Ana", "")):
        number = await ask(world, people.users[asker], f"A question of {asker}", alias=alias)
        root = await put_to(world, number, people.users["Hana"])
        await writes(world, people.users["Hana"], root, "Say it early.")
        copy = [each for each in _threads(people, asker) if "questions.helped" in str(each)][-1]
        await _press(people, asker, copy, "questions.helped")
        copy = [each for each in _threads(people, asker) if "You said that this helped" in str(each)][-1]
        assert ("recognition.give" in str(copy)) is (not alias)
    await _press(people, "Ana", copy, "recognition.give")
    assert (await people.submit("Ana", {"words": "It saved my week"})).ok
    (row,) = await kept(people)
    assert row.receiver_id == people.ids["Hana"]
    assert row.occasion.startswith("answer:")
    copy = [each for each in _threads(people, "Ana") if "and thanks" in str(each)][-1]
    assert "recognition.give" not in str(copy)


def _threads(people, name):
    world, channel = people.world, people.dm(name)
    roots = world.messages_to(people.users[name])
    return [each for root in roots for each in world.slack.thread(channel, root["ts"], viewer=people.users[name])]


async def _press(people, name, message, action_id):
    await walk.press(people.world, people.users[name], channel=people.dm(name), ts=message["ts"], action_id=action_id)
    await people.settle()
    await people.world.move(minutes=1)
