"""A reflection is read by the people its writer names, for as long as they say, and by nobody else."""

from typing import Any

from sqlalchemy import select

from bot.archive.models import Insight, InsightQuote
from bot.features.reflections.models import Reader
from bot.members import changes
from bot.members import store as members
from tests.features.reflections import writing
from tests.members import walk
from tests.world import World

CANARY = "A canary that <!channel> may hear & nobody else."


async def share_form(world: World, user: str) -> None:
    (entry,) = await writing.entries(world, user)
    await writing.go(world, user, f"journal:entry:{entry.id}")
    await walk.press(world, user, action_id="reflections.share")


def named(*users: str) -> dict[str, Any]:
    return {"who": {"who": "people" if users else "me"}, "people": {"people": list(users)}}


async def shared(world: World, writer: str, *readers: str) -> None:
    await share_form(world, writer)
    assert (await writing.hand_in(world, writer, named(*readers))).ok


async def written(world: World, *names: str) -> list[str]:
    users = await writing.joined(world, *names)
    await writing.write(world, users[0], CANARY, mood="low")
    return users


async def test_a_named_reader_is_told_and_reads_it(any_world: World):
    world = any_world
    ada, ben = await written(world, "Ada", "Ben")
    await shared(world, ada, ben)
    await world.move(hours=2)
    message = world.last_message_to(ben)
    assert message["text"] == "Ada lets you read something from their journal."
    assert "canary" not in str(message)
    await writing.press(world, ben, message, "reflections.read_shared")
    shown = walk.said(walk.modal(world, ben))
    assert "A canary that &lt;!channel&gt; may hear &amp; nobody else." in shown
    assert "submit" not in walk.modal(world, ben) or walk.modal(world, ben)["submit"] is None
    (entry,) = await writing.entries(world, ada)
    assert "You and Ben can read this." in await writing.go(world, ada, f"journal:entry:{entry.id}")


async def test_taking_it_back_ends_it_at_once(world: World):
    ada, ben = await written(world, "Ada", "Ben")
    await shared(world, ada, ben)
    await world.move(hours=2)
    message = world.last_message_to(ben)
    await shared(world, ada)
    await walk.press(
        world, ben, channel=writing.dm(world, ben), ts=message["ts"], action_id="reflections.read_shared",
        value=str((await writing.entries(world, ada))[0].id), anyway=True,
    )  # fmt: skip
    await world.settle()
    assert world.slack.modals(ben) == []
    await world.move(seconds=10)
    assert "not shared any more" in str(world.messages_to(ben))
    assert "Read it" not in str(world.messages_to(ben))


async def test_what_is_taken_back_before_it_left_is_never_announced(world: World):
    ada, ben = await written(world, "Ada", "Ben")
    await world.move(hours=12)
    await shared(world, ada, ben)
    await shared(world, ada)
    await world.move(days=1)
    assert "journal" not in str(world.messages_to(ben))


async def test_removing_the_entry_ends_it_for_its_readers(world: World):
    ada, ben = await written(world, "Ada", "Ben")
    await shared(world, ada, ben)
    await world.move(hours=2)
    (entry,) = await writing.entries(world, ada)
    await writing.go(world, ada, f"journal:entry:{entry.id}")
    await writing.press_home(world, ada, "reflections.remove")
    assert "not shared any more" in str(world.messages_to(ben))
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(Reader.reader_id))).first() is None


async def test_a_reader_sees_the_newest_words(world: World):
    ada, ben = await written(world, "Ada", "Ben")
    await shared(world, ada, ben)
    await world.move(hours=2)
    (entry,) = await writing.entries(world, ada)
    await writing.go(world, ada, f"journal:entry:{entry.id}")
    await walk.press(world, ada, action_id="reflections.change")
    await writing.hand_in(world, ada, writing.words("Mended."))
    await writing.press(world, ben, world.last_message_to(ben), "reflections.read_shared")
    assert "Mended." in walk.said(walk.modal(world, ben))


async def test_nobody_else_reads_it_with_a_forged_id(world: World):
    ada, ben, eve = await written(world, "Ada", "Ben", "Eve")
    await shared(world, ada, ben)
    lead = (await writing.joined(world, "Lea", is_admin=True))[0]
    value = str((await writing.entries(world, ada))[0].id)
    for user in (eve, lead):
        await walk.open_home(world, user)
        for action_id in ("reflections.read_shared", "reflections.read", "reflections.change", "reflections.share"):
            await walk.press(world, user, action_id=action_id, value=value, anyway=True)
            assert "canary" not in walk.said(walk.modal(world, user))
            await world.acts.close(user, walk.modal(world, user)["id"], all_views=True)
        await walk.press(world, user, action_id="reflections.remove", value=value, anyway=True)
    assert await writing.texts(world, ada) == [CANARY]


async def test_a_reader_can_neither_change_nor_share_it(world: World):
    ada, ben, eve = await written(world, "Ada", "Ben", "Eve")
    await shared(world, ada, ben)
    await share_form(world, ada)
    view = walk.modal(world, ada)
    await world.acts.submit(ben, view["id"], named(eve), anyway=True)
    await world.move(hours=2)
    assert "journal" not in str(world.messages_to(eve))
    value = str((await writing.entries(world, ada))[0].id)
    await walk.open_home(world, ben)
    await walk.press(world, ben, action_id="reflections.change", value=value, anyway=True)
    assert "not in your journal any more" in walk.said(walk.modal(world, ben))


async def test_whoever_cannot_be_a_reader_is_refused_in_words(world: World):
    ada, *others = await written(world, "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia")
    outsider = world.person("Otto")
    await share_form(world, ada)
    for users, said in (
        ([ada], "You can read it anyway."),
        (others, "five people are the most".replace("five", "5")),
        ([outsider], "is not in Perennial"),
    ):
        reply = await writing.hand_in(world, ada, named(*users))
        assert said in reply.errors["people"]
    reply = await writing.hand_in(world, ada, {"who": {"who": "people"}, "people": {"people": []}})
    assert "Name at least one person" in reply.errors["people"]


async def test_what_somebody_shared_closes_when_they_leave_and_opens_on_their_return(world: World):
    ada, ben = await written(world, "Ada", "Ben")
    await shared(world, ada, ben)
    await world.move(hours=2)
    message = world.last_message_to(ben)
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, 1, ada)
        assert row is not None
        await changes.leave(session, row, now=world.clock())
    await writing.press(world, ben, message, "reflections.read_shared")
    assert world.slack.modals(ben) == []
    async with world.bot.database.transaction() as session:
        row = await members.by_slack_id(session, 1, ada)
        assert row is not None
        await changes.join(session, row, now=world.clock())
    await writing.press(world, ben, message, "reflections.read_shared")
    assert "canary" in walk.said(walk.modal(world, ben))


async def test_a_card_for_the_archive_is_written_from_it_and_nothing_leaves_before(world: World):
    (ada,) = await writing.joined(world, "Ada")
    words = "The review went better once I sent the question a day before. I would send it two days before next time."
    await writing.write(world, ada, words)
    await share_form(world, ada)
    chosen = {"who": {"who": "archive"}, "people": {"people": []}}
    assert (await writing.hand_in(world, ada, chosen)).ok
    form = walk.modal(world, ada)
    said = {block["block_id"]: block["element"].get("initial_value") for block in form["blocks"] if "element" in block}
    assert said["gist"] == "The review went better once I sent the question a day before."
    assert said["tips"] == "I would send it two days before next time."
    async with world.bot.database.reading() as session:
        assert (await session.execute(select(Insight))).first() is None
    (entry,) = await writing.entries(world, ada)
    assert entry.sharing == "me"
    named = {"question": {"question": "When do I send the question?"}, "name": {"name": "without"}}
    assert (await world.acts.submit(ada, form["id"], named)).ok
    await world.settle()
    async with world.bot.database.reading() as session:
        card = (await session.execute(select(Insight))).scalar_one()
        assert (card.state, card.source_kind, card.source) == ("published", "reflection", None)
        assert (await session.execute(select(InsightQuote.named))).scalar_one() is False
