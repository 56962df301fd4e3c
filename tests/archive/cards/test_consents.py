"""Nobody's words are read by others before they agreed to exactly these."""

import asyncio

from sqlalchemy import select

from bot.archive.cards import jobs
from bot.archive.cards.saying import Piece
from bot.delivery.models import Delivery
from bot.members import changes
from bot.members import store as members
from tests.archive.cards import making
from tests.archive.cards.making import BEN, CLEO, QUESTION, asked, asks, card, found, hand_in, offered, published
from tests.members import walk
from tests.world import World


async def test_from_a_thread_to_a_card_everybody_agreed_to(any_world: World):
    people = await found(any_world)
    insight = await offered(people)
    assert (await hand_in(people, "Ada", insight)).ok
    await any_world.move(hours=2)
    (message,) = asks(people, "Ben")
    said = walk.said(message)
    assert "Ada would like to keep words of yours" in said
    assert "Clients respect a clear no more than a late yes." in said
    assert "Ask them what happens" in said.split("*The card*")[1]
    assert "Ask them what happens" not in said.split("*The card*")[0]
    assert (await card(people, insight)).state == "asking"
    await people.press("Ben", "archive.fine_named")
    assert (await card(people, insight)).state == "asking"
    assert "with your name" in people.last("Ben")["text"]
    await people.press("Cleo", "archive.fine")
    done = await card(people, insight)
    assert (done.state, done.version, done.due_at) == ("published", 2, None)
    assert done.question == QUESTION
    assert "a late yes" in done.gist
    named = {row.member_id: (row.state, row.named) for row in await making.quotes(people, insight)}
    assert named[people.ids["Ben"]] == ("approved", True)
    assert named[people.ids["Cleo"]] == ("approved", False)
    await any_world.move(hours=2)
    for name in ("Ada", "Ben", "Cleo"):
        assert "archive.read" in str(people.last(name)["blocks"]), name
    await people.press("Ben", "archive.read")
    assert "a late yes" in walk.said(people.form("Ben"))


async def test_the_last_two_answers_in_the_same_moment_publish_it_once(any_world: World):
    people = await found(any_world)
    insight = await asked(people)
    clicks = [
        any_world.acts.click(
            people.users[name], action_id="archive.fine_named", channel=people.dm(name), ts=people.last(name)["ts"]
        )
        for name in ("Ben", "Cleo")
    ]
    assert all(reply.ok for reply in await asyncio.gather(*clicks))
    await people.settle()
    done = await card(people, insight)
    assert (done.state, done.version) == ("published", 2)
    async with people.database.reading() as session:
        news = (await session.execute(select(Delivery.member_ids).where(Delivery.kind == "archive.news"))).scalars()
        assert sorted(news) == sorted([people.ids[name]] for name in ("Ada", "Ben", "Cleo"))


async def test_with_a_no_the_words_leave_and_nobody_brings_them_back(world: World):
    people = await found(world)
    insight = await asked(people)
    await people.press("Cleo", "archive.leave_out")
    assert "Left out" in people.last("Cleo")["text"]
    await people.press("Ben", "archive.fine")
    done = await card(people, insight)
    assert done.state == "published"
    assert "silence" not in done.gist + done.tips
    assert "two dates" in done.tips
    reply = await hand_in(people, "Ada", insight, tips=CLEO)
    assert "asked to be left out" in reply.errors["tips"]
    assert "Cleo" not in reply.errors["tips"]
    assert len(asks(people, "Cleo")) == 0


async def test_one_reminder_then_after_seven_days_the_words_leave(world: World):
    people = await found(world)
    insight = await asked(people)
    await people.press("Ben", "archive.fine_named")
    await world.move(days=4)
    assert len(asks(people, "Cleo")) == 2
    assert "Once more, and the last time" in people.last("Cleo")["text"]
    await world.move(days=2)
    assert len(asks(people, "Cleo")) == 2
    assert (await card(people, insight)).state == "asking"
    await world.move(days=2)
    done = await card(people, insight)
    assert done.state == "published"
    assert "silence" not in done.tips
    assert asks(people, "Cleo") == []
    assert "goes on without your words" in str(people.messages("Cleo"))


async def test_a_card_whose_gist_needs_words_of_the_silent_is_not_published_and_its_maker_hears_what_to_do(
    world: World,
):
    people = await found(world)
    insight = await asked(people)
    await people.press("Cleo", "archive.fine")
    await world.move(days=9)
    still = await card(people, insight)
    assert (still.state, still.version, still.gist, still.due_at) == ("draft", None, "", None)
    assert "can't be published yet: its gist" in people.last("Ada")["text"]
    await people.press("Ada", "archive.edit")
    assert (await people.submit("Ada", {"gist": "Say it early."})).ok
    done = await card(people, insight)
    assert (done.state, done.gist) == ("published", "Say it early.")
    assert "silence" in done.tips


async def test_who_cannot_be_asked_leaves_at_once(world: World):
    people = await found(world, "Ada", "Ben", "Cleo", "Gus", "Zoe")
    pieces = [
        Piece(people.ids["Ada"], QUESTION),
        Piece(people.ids["Ben"], BEN),
        Piece(people.ids["Cleo"], CLEO),
        Piece(people.ids["Gus"], "Always begin with what you can do for them."),
        Piece(people.ids["Zoe"], "Never answer such a mail before you slept on it.", may_be_quoted=False),
    ]
    insight = await offered(people, pieces=pieces)
    await people.leave("Cleo")
    world.slack.update_user(people.users["Gus"], is_restricted=True)
    await world.settle()
    reply = await hand_in(people, "Ada", insight, tips=f"{CLEO}\nAlways begin with what you can do for them.\nBe kind.")
    assert reply.ok
    assert "Two sentences left it" in walk.said(people.form("Ada"))
    assert (await making.open_text(people, insight)).tips == "Be kind."
    reply = await hand_in(people, "Ada", insight, gist="Never answer such a mail before you slept on it.")
    assert "can't be asked" in reply.errors["gist"]
    await world.move(hours=2)
    assert len(asks(people, "Ben")) == 1
    assert asks(people, "Gus") + asks(people, "Zoe") + asks(people, "Cleo") == []


async def test_whoever_is_deactivated_while_asked_is_left_out_and_nobody_waits(world: World):
    people = await found(world)
    insight = await asked(people)
    await people.press("Ben", "archive.fine")
    async with people.database.transaction() as session:
        cleo = await members.by_id(session, people.workspace_id, people.ids["Cleo"], lock=True)
        assert cleo is not None
        await changes.deactivate(session, cleo, now=world.clock())
    await people.settle()
    done = await card(people, insight)
    assert (done.state, "silence" in done.tips) == ("published", False)


async def test_what_somebody_says_anew_takes_the_place_of_their_words(world: World):
    people = await found(world)
    insight = await asked(people)
    await people.press("Cleo", "archive.fine")
    await people.press("Ben", "archive.change_words")
    form = people.form("Ben")
    assert [each["block_id"] for each in form["blocks"] if each["type"] == "input"] == ["words0", "words1", "name"]
    reply = await people.submit(
        "Ben",
        {"words0": "A clear no is kinder than a late yes.", "words1": "<!channel> Offer two dates.", "name": "with"},
    )
    assert reply.ok
    done = await card(people, insight)
    assert done.state == "published"
    assert done.gist == "A clear no is kinder than a late yes."
    assert done.tips.split("\n")[0] == "<!channel> Offer two dates."
    ben = next(row for row in await making.quotes(people, insight) if row.member_id == people.ids["Ben"])
    assert (ben.state, ben.named) == ("redacted", True)
    assert "now say what you wrote" in str(people.messages("Ben"))
    reply = await hand_in(people, "Cleo", insight, gist="A clear no is kinder than a late yes, always.")
    assert reply.ok
    await world.move(hours=2)
    assert len(asks(people, "Ben")) == 1, "words they wrote in the form are theirs as well"
    assert (await card(people, insight)).gist == "A clear no is kinder than a late yes."


async def test_a_change_asks_only_those_whose_words_changed_and_the_last_version_stays(world: World):
    people = await found(world)
    insight = await published(people)
    before = await card(people, insight)
    tips = before.tips.replace("and then wait in silence", "and wait")
    assert (await hand_in(people, "Ada", insight, tips=tips, question="How do I say no?")).ok
    await world.move(hours=2)
    assert asks(people, "Ben") == []
    assert len(asks(people, "Cleo")) == 1
    meanwhile = await card(people, insight)
    assert (meanwhile.state, meanwhile.tips, meanwhile.version) == ("published", before.tips, before.version)
    await people.press("Cleo", "archive.leave_out")
    done = await card(people, insight)
    assert done.question == "How do I say no?"
    assert "ask them" not in done.tips.lower()
    assert [each.state for each in await making.versions(people, insight)] == ["approved"]
    ben = next(row for row in await making.quotes(people, insight) if row.member_id == people.ids["Ben"])
    assert (ben.state, ben.named) == ("approved", True)


async def test_an_answer_can_be_undone_until_the_card_is_read(world: World):
    people = await found(world)
    insight = await asked(people)
    await people.press("Ben", "archive.fine_named")
    await people.press("Ben", "archive.ask_again")
    assert len(asks(people, "Ben")) == 1
    await people.press("Cleo", "archive.fine")
    assert (await card(people, insight)).state == "asking"
    assert "Ask them what happens" not in walk.said(await people.home("Ben", "cards"))
    await people.press_home("Ben", "archive.fine")
    assert (await card(people, insight)).state == "published"
    assert "without your name" in str(people.messages("Ben"))
    assert asks(people, "Ben") == []


async def test_nobody_answers_for_somebody_else_and_nothing_is_answered_twice(world: World):
    people = await found(world, "Ada", "Ben", "Cleo", "Eve")
    insight = await asked(people)
    ben = next(row for row in await making.quotes(people, insight) if row.member_id == people.ids["Ben"])
    for name in ("Eve", "Lead", "Ada"):
        await people.forge(name, "archive.fine_named", str(ben.id))
        assert "belongs to somebody else" in walk.said(people.form(name))
    await people.press("Ben", "archive.fine")
    await people.forge("Ben", "archive.leave_out", str(ben.id))
    assert "nothing was answered" in walk.said(people.form("Ben"))
    for value in ("x", "999999", ""):
        await people.forge("Ben", "archive.fine", value)
    assert (await card(people, insight)).state == "asking"
    await jobs.look_at(world.bot.tools, (people.workspace_id, insight.id))
    await jobs.look_at(world.bot.tools, (people.workspace_id + 1, insight.id))
    assert (await card(people, insight)).state == "asking"
