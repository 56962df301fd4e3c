"""A message is kept as an insight once whoever wrote it agrees; what can't be kept has a kind reason."""

from sqlalchemy import select

from bot.archive.models import Insight
from tests.archive.cards import making
from tests.archive.cards.making import asks, card, found
from tests.features.goals.people import People
from tests.members import walk
from tests.world import World

WORDS = "The second draft is always better, because by then somebody else has read the first one."


async def keep(people: People, name: str, channel: str, ts: str) -> str:
    """Choose the shortcut on a message; what opens."""
    side = people.world.side
    assert side is not None
    assert (await people.world.acts.message_shortcut(people.users[name], "archive.keep", channel, ts)).ok
    await side.quiet()
    return walk.said(people.form(name))


def say(people: People, name: str, channel: str, words: str = WORDS, **facts: object) -> str:
    return str(people.world.slack.post_message(channel, people.users[name], words, **facts)["ts"])


async def the_card(people: People) -> Insight:
    async with people.database.reading() as session:
        return (await session.execute(select(Insight))).scalar_one()


async def test_words_of_a_colleague_are_kept_once_they_agree(any_world: World):
    people = await found(any_world)
    channel = any_world.slack.add_channel("general", creator=people.users["Ada"], members=people.users.values())
    ts = say(people, "Ben", channel)
    await keep(people, "Ada", channel, ts)
    form = people.form("Ada")
    gist = next(block for block in form["blocks"] if block.get("block_id") == "gist")
    assert gist["element"]["initial_value"] == WORDS
    assert WORDS not in str(form["private_metadata"])
    assert (await people.submit("Ada", {"question": "Why a second draft?"})).ok
    await any_world.move(hours=2)
    assert "Ada would like to keep words of yours" in people.last("Ben")["text"]
    assert "already" in await keep(people, "Cleo", channel, ts)
    await people.press("Ben", "archive.fine_named")
    done = await the_card(people)
    assert (done.state, done.gist, done.source_kind) == ("published", WORDS, "message")
    assert channel not in str(done.source)
    assert "in the archive already: “Why a second draft?”" in await keep(people, "Cleo", channel, ts)


async def test_own_words_are_there_at_once_and_a_form_left_open_is_forgotten(world: World):
    people = await found(world)
    channel = world.slack.add_channel("general", creator=people.users["Ada"], members=people.users.values())
    ts = say(people, "Ben", channel)
    await keep(people, "Cleo", channel, ts)
    await keep(people, "Ben", channel, ts)
    assert (await people.submit("Ben", {"question": "Why a second draft?", "name": "with"})).ok
    assert (await the_card(people)).state == "published"
    await keep(people, "Ada", channel, say(people, "Cleo", channel))
    await world.move(days=2)
    assert (await the_card(people)).gist == WORDS, "the other draft is forgotten"
    assert asks(people, "Cleo") + asks(people, "Ben") == []


async def test_words_from_a_conversation_of_two_are_seen_by_no_lead_before_their_writer_agreed(world: World):
    people = await found(world)
    direct = world.slack.open_dm(people.users["Ada"], people.users["Ben"])
    said = await keep(people, "Ada", direct, say(people, "Ben", direct))
    assert "conversation others can't read. Only Ben and you see this" in said
    insight = await the_card(people)
    await people.forge("Lead", "archive.edit", str(insight.id))
    assert "belongs to whoever made it" in walk.said(people.form("Lead"))
    assert (await people.submit("Ada", {"question": "Why a second draft?"})).ok
    await world.move(hours=2)
    await people.press("Ben", "archive.leave_out")
    assert (await card(people, insight)).state == "draft"
    assert (await making.open_text(people, insight)).gist == ""


async def test_a_lead_mends_a_published_card_and_reads_nothing_of_it_that_waits_for_a_yes(world: World):
    people = await found(world)
    direct = world.slack.open_dm(people.users["Ada"], people.users["Ben"])
    await keep(
        people, "Ada", direct, say(people, "Ben", direct, f"{WORDS} My own first ones are dreadful, every time.")
    )
    assert (await people.submit("Ada", {"question": "Why a second draft?", "gist": WORDS})).ok
    await world.move(hours=2)
    await people.press("Ben", "archive.fine_named")
    insight = await the_card(people)
    assert insight.state == "published"
    await people.forge("Lead", "archive.edit", str(insight.id))
    assert WORDS in str(people.form("Lead")), "everybody reads that"
    await people.world.acts.close(people.users["Lead"], people.form("Lead")["id"])
    await people.forge("Ada", "archive.edit", str(insight.id))
    assert (await people.submit("Ada", {"tips": "My own first ones are dreadful, every time."})).ok
    await people.forge("Lead", "archive.edit", str(insight.id))
    assert "dreadful" not in str(people.form("Lead"))
    assert "agreeing on new words" in walk.said(people.form("Lead"))


async def test_what_cannot_be_kept_has_a_kind_reason_and_a_way_on(world: World):
    people = await found(world, "Ada", "Ben")
    world.person("Zoe")
    channel = world.slack.add_channel(
        "general", creator=people.users["Ada"], members=[*people.users.values(), world.users["Zoe"]]
    )
    slack = world.slack
    app = slack.post_message(channel, slack.bot_user_id, WORDS, bot_id=slack.fact("bot_id"))["ts"]
    zoe = slack.post_message(channel, world.users["Zoe"], WORDS)["ts"]
    assert "An app wrote this" in await keep(people, "Ada", channel, str(app))
    assert "not in Perennial" in await keep(people, "Ada", channel, str(zoe))
    assert (
        await walk.press(world, people.users["Ada"], action_id="archive.write", view_id=people.form("Ada")["id"])
    ).ok
    assert people.form("Ada")["callback_id"] == "archive.write"
    async with people.database.reading() as session:
        assert (await session.execute(select(Insight))).first() is None
