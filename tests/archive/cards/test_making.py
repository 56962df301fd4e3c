"""A card is offered once, written by those who have a part in it, and read from then on by everybody."""

import asyncio

from sqlalchemy import select

from bot.archive import cards
from bot.archive.cards import people as people_of
from bot.archive.cards.saying import Tag
from bot.archive.models import Insight, InsightPiece, InsightTag, InsightVersion
from bot.db import Database
from bot.members import store as members
from bot.members.models import Member, Workspace
from tests.archive.cards import making
from tests.archive.cards.making import QUESTION, found, hand_in, offered
from tests.conftest import MONDAY
from tests.members import walk
from tests.world import World


async def one_member(database: Database) -> tuple[int, int]:
    async with database.transaction() as session:
        workspace = Workspace(team_id="T1", name="One", installed_at=MONDAY)
        session.add(workspace)
        await session.flush()
        ben = Member(workspace_id=workspace.id, slack_id="U1", name="Ben")
        session.add(ben)
        await session.flush()
        return workspace.id, ben.id


async def test_what_is_offered_twice_is_made_once_even_at_the_same_moment(database: Database):
    workspace_id, ben_id = await one_member(database)

    async def offer() -> int:
        async with database.transaction() as session:
            made = await cards.offer(
                session, workspace_id, source_kind="question", source="question:7", made_by=ben_id,
                pieces=[cards.Piece(ben_id, making.BEN)], question=QUESTION, now=MONDAY,
            )  # fmt: skip
            return made.id

    first, second = await asyncio.gather(offer(), offer())
    assert first == second == await offer()
    async with database.transaction() as session:
        assert len((await session.execute(select(InsightPiece))).all()) == 1
        assert (await session.execute(select(InsightVersion.number))).scalars().all() == [1]
        assert await cards.outcome(session, workspace_id, "question:7", "worked", MONDAY)
        assert await cards.outcome(session, workspace_id, "question:7", "not", MONDAY)
        assert not await cards.outcome(session, workspace_id, "question:8", "worked", MONDAY)
        assert not await cards.outcome(session, workspace_id + 1, "question:7", "worked", MONDAY)
    async with database.reading() as session:
        counted = (await session.execute(select(Insight.worked, Insight.tried))).one()
    assert tuple(counted) == (1, 2)


async def test_two_aliases_of_one_person_are_two_people_to_whoever_reads_the_database(database: Database):
    workspace_id, ben_id = await one_member(database)
    async with database.transaction() as session:
        pieces = [cards.Piece(ben_id, f"{words} I ask about and mean.", words) for words in ("Heron", "Robin")]
        insight = await cards.offer(
            session, workspace_id, source_kind="question", source="question:7", made_by=None,
            pieces=[*pieces, cards.Piece(ben_id, making.BEN)], question=QUESTION, now=MONDAY,
        )  # fmt: skip
        assert len(set((await session.execute(select(InsightPiece.person))).scalars())) == 3
        assert await people_of.cards_of(session, workspace_id, ben_id) == [insight.id]
        assert await people_of.cards_of(session, workspace_id, ben_id + 1) == []
        assert len(people_of.keys_of(ben_id, await people_of.everybody(session, insight))) == 3


async def test_whoever_has_no_part_in_it_can_do_nothing_with_it(world: World):
    people = await found(world, "Ada", "Ben", "Cleo", "Eve")
    insight = await offered(people)
    for action in ("archive.edit", "archive.take_back", "archive.take_out", "archive.out_too", "archive.stay"):
        await people.forge("Eve", action, str(insight.id))
        said = walk.said(people.form("Eve"))
        assert "belongs to whoever made it" in said or "no longer exists" in said, action
    await people.forge("Ben", "archive.take_back", str(insight.id))
    assert "belongs to whoever made it" in walk.said(people.form("Ben"))
    for name in ("Ada", "Ben", "Lead"):
        assert (await making.open_edit(people, name, insight))["callback_id"] == "archive.edit"
    form = people.form("Lead")
    async with people.database.transaction() as session:
        lead = await members.by_id(session, people.workspace_id, people.ids["Lead"], lock=True)
        assert lead is not None
        lead.is_admin = False
    answer = await people.submit_elsewhere("Lead", form, {"gist": "Mine now."})
    assert "belongs to whoever made it" in str(answer)
    assert "Mine now." not in str(await making.open_text(people, insight))


async def test_of_two_windows_the_second_reads_what_changed(world: World):
    people = await found(world)
    insight = await offered(people, tags=[Tag("skill", "negotiating", "Negotiating")])
    await making.open_edit(people, "Ben", insight)
    early = people.form("Ben")
    assert (await hand_in(people, "Ada", insight, question="How do I say no?", challenges=["saying-no"])).ok
    answer = await people.submit_elsewhere("Ben", early, {"gist": "Mine."})
    said = walk.said(answer["view"])
    assert "Somebody changed this card" in said
    assert "*How do I say no?*" in said
    assert (await making.open_text(people, insight)).gist != "Mine."
    again = {**early, **answer["view"], "id": "V000000099"}
    assert "is kept" in walk.said((await people.submit_elsewhere("Ben", again, {}))["view"])
    text = await making.open_text(people, insight)
    assert text.gist == "Mine."


async def test_a_form_with_nothing_in_it_stays_open_and_says_what_is_missing(world: World):
    people = await found(world)
    insight = await offered(people)
    reply = await hand_in(people, "Ada", insight, question=" ", gist="​")
    assert set(reply.errors) == {"question", "gist"}
    assert [each.number for each in await making.versions(people, insight)] == [1]


async def test_a_card_of_ones_own_words_is_there_at_once_with_its_tags(world: World):
    people = await found(world)
    await people.home("Ada")
    await people.press_home("Ada", "archive.write")
    said = {
        "question": "How do I start a review?",
        "gist": "<script>alert(1)</script> Begin with the question you are least sure about.",
        "challenges": ["being-heard"],
        "industries": ["software"],
        "skills": [walk.option("Design reviews")],
        "name": "without",
    }
    reply = await people.submit("Ada", said)
    assert reply.ok, reply.errors or reply.problems
    assert "is in the archive" in walk.said(people.form("Ada"))
    assert "&lt;script&gt;" not in walk.said(people.form("Ada"))
    async with people.database.reading() as session:
        done = (await session.execute(select(Insight))).scalar_one()
        tags = (await session.execute(select(InsightTag.kind, InsightTag.slug).order_by(InsightTag.kind))).all()
    assert (done.state, done.gist) == ("published", said["gist"])
    assert [tuple(each) for each in tags] == [
        ("challenge", "being-heard"), ("industry", "software"), ("skill", "design-reviews"),
    ]  # fmt: skip
    (quote,) = await making.quotes(people, done)
    assert (quote.member_id, quote.named, quote.state) == (people.ids["Ada"], False, "approved")
    assert people.messages("Ada") == []


async def test_a_draft_nobody_hands_in_is_forgotten(world: World):
    people = await found(world)
    insight = await offered(people)
    await world.move(days=61)
    async with people.database.reading() as session:
        assert await session.get(Insight, insight.id) is None
        assert (await session.execute(select(InsightPiece))).first() is None
    await people.forge("Ada", "archive.edit", str(insight.id))
    assert "no longer exists" in walk.said(people.form("Ada"))
