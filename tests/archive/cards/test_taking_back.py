"""A yes is taken back any time: by anybody quoted, by whoever made the card, and by leaving."""

from sqlalchemy import select

from bot.archive.cards import reports
from bot.archive.cards.saying import Piece
from bot.archive.models import Insight, InsightPiece, InsightVersion
from bot.members import changes
from bot.members import store as members
from tests.archive.cards import making
from tests.archive.cards.making import asked, asks, card, found, hand_in, published
from tests.features.goals.people import People
from tests.members import walk
from tests.world import World


async def take(people: People, name: str, action: str, insight: Insight) -> None:
    await people.home(name, "cards")
    assert (await people.press_home(name, action, str(insight.id))).ok


async def test_words_leave_a_published_card_and_its_maker_hears_that_not_who(any_world: World):
    people = await found(any_world)
    insight = await published(people)
    before = await card(people, insight)
    await any_world.move(hours=2)
    await take(people, "Cleo", "archive.take_out", insight)
    done = await card(people, insight)
    assert (done.state, "silence" in done.tips, "two dates" in done.tips) == ("published", False, True)
    assert done.version is not None
    assert before.version is not None
    assert done.version > before.version
    await any_world.move(hours=2)
    assert "somebody took their words back" in people.last("Ada")["text"]
    assert "Cleo" not in walk.said(people.last("Ada"))
    assert "Take my words out" not in walk.said(await people.home("Cleo", "cards"))
    async with people.database.reading() as session:
        row = (await session.execute(select(InsightVersion))).scalar_one()
    assert "silence" not in (await making.open_text(people, insight)).tips
    assert row.number == done.version


async def test_a_card_that_needs_the_words_is_read_no_more_until_it_is_mended(world: World):
    people = await found(world)
    insight = await published(people)
    await take(people, "Ben", "archive.take_out", insight)
    gone = await card(people, insight)
    assert (gone.state, gone.version, gone.question, gone.gist, gone.tips) == ("draft", None, "", "", "")
    await world.move(hours=2)
    assert "can't be read at present" in people.last("Ada")["text"]
    await people.press("Ada", "archive.edit")
    assert (await people.submit("Ada", {"gist": "Say it early."})).ok
    done = await card(people, insight)
    assert (done.state, done.gist) == ("published", "Say it early.")
    assert "silence" in done.tips
    assert "two dates" not in done.tips


async def test_whoever_made_it_takes_it_back_whole_where_only_their_words_stand_in_it(world: World):
    people = await found(world)
    insight = await asked(people)
    waiting = asks(people, "Ben")
    assert waiting
    await take(people, "Ada", "archive.take_back", insight)
    gone = await card(people, insight)
    assert (gone.state, gone.due_at, gone.source) == ("withdrawn", None, None)
    assert asks(people, "Ben") == []
    assert "was taken back" in people.last("Ben")["text"]
    async with people.database.reading() as session:
        assert (await session.execute(select(InsightPiece))).first() is None
        assert (await session.execute(select(InsightVersion))).first() is None
    await people.forge("Ada", "archive.edit", str(insight.id))
    assert "was taken back" in walk.said(people.form("Ada"))


async def test_others_let_theirs_stay_or_take_them_out_too(world: World):
    people = await found(world)
    insight = await asked(people)
    for name in ("Ben", "Cleo"):
        await people.press(name, "archive.fine")
    assert (await hand_in(people, "Lead", insight, question="Saying no")).ok  # so that the question is nobody's words
    assert (await card(people, insight)).question == "Saying no"
    await take(people, "Ada", "archive.take_back", insight)
    await world.move(hours=2)
    assert (await card(people, insight)).state == "published"
    for name in ("Ben", "Cleo"):
        assert "would like to take it back" in people.last(name)["text"]
    await people.press("Cleo", "archive.stay")
    assert "stay" in people.last("Cleo")["text"]
    await people.press("Ben", "archive.out_too")
    assert (await card(people, insight)).state == "withdrawn", "its gist was Ben's"


async def test_whoever_leaves_takes_their_words_along(world: World):
    people = await found(world)
    insight = await published(people)
    await people.leave("Cleo")
    done = await card(people, insight)
    assert (done.state, "silence" in done.tips) == ("published", False)
    await people.come_back("Cleo")
    assert (await hand_in(people, "Ada", insight, tips=making.CLEO)).ok
    await world.move(hours=2)
    assert len(asks(people, "Cleo")) == 1, "leaving is no no for ever"


async def test_a_card_that_is_all_theirs_goes_with_them_and_with_an_account_that_ends_it_stays(world: World):
    people = await found(world)
    own = [Piece(people.ids["Ada"], "I would always send the question a day before the meeting.")]
    ids = []
    for name, source in (("Ada", "question:1"), ("Ben", "question:2")):
        said = [Piece(people.ids[name], own[0].words)]
        insight = await making.offered(people, made_by=name, pieces=said, source=source)
        assert (await hand_in(people, name, insight, question="When?")).ok
        assert (await card(people, insight)).state == "published"
        ids.append(insight)
    await people.leave("Ada")
    async with people.database.transaction() as session:
        ben = await members.by_id(session, people.workspace_id, people.ids["Ben"], lock=True)
        assert ben is not None
        await changes.deactivate(session, ben, now=world.clock())
    await people.settle()
    assert [(await card(people, each)).state for each in ids] == ["withdrawn", "published"]


async def test_a_moderator_looks_hides_tells_and_puts_back(world: World):
    people = await found(world)
    insight = await published(people)
    where, now = (people.workspace_id, insight.id), world.clock()
    async with people.database.transaction() as session:
        written = await reports.look(session, *where, now)
        assert written is not None
        assert "a late yes" in written.words
        await reports.hide(session, *where, now)
        await reports.tell(session, *where, "Hidden for now.", now)
    assert (await card(people, insight)).state == "hidden"
    await people.forge("Ada", "archive.edit", str(insight.id))
    assert "A moderator looks at this card" in walk.said(people.form("Ada"))
    assert "A moderator looks at it" in walk.said(await people.home("Ada", "cards"))
    await take(people, "Cleo", "archive.take_out", insight)
    async with people.database.transaction() as session:
        assert await reports.look(session, people.workspace_id + 1, insight.id, now) is None
        await reports.restore(session, people.workspace_id + 1, insight.id, now)
    assert (await card(people, insight)).state == "hidden"
    async with people.database.transaction() as session:
        await reports.restore(session, *where, now)
        await reports.restore(session, *where, now)
    back = await card(people, insight)
    assert (back.state, "silence" in back.tips) == ("published", False)
    await world.move(hours=2)
    assert "Hidden for now." in str(people.messages("Ada"))
