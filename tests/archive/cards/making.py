"""How a card is offered, written and agreed on in tests: by real forms and buttons, a few people at their desks."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import asking, messages, rules, store
from bot.archive.cards.consents import views as consents
from bot.archive.cards.editing import handing_in
from bot.archive.cards.saying import Piece, Tag, Text
from bot.archive.models import Insight, InsightQuote, InsightVersion
from bot.members.models import Member
from playground.events import Reply
from tests.features.goals.people import People
from tests.features.goals.people import found as found_people
from tests.members import walk
from tests.world import World

BEN = (
    "Clients respect a clear no more than a late yes. Write down the one number they need before you answer. "
    "I would offer two dates and let them choose."
)
CLEO = "Ask them what happens if it is a week later, and then wait in silence."
QUESTION = "How do I say no to a client I really like?"


async def found(world: World, *names: str) -> People:
    return await found_people(world, *(names or ("Ada", "Ben", "Cleo")))


async def offered(
    people: People,
    *,
    made_by: str | None = "Ada",
    pieces: Sequence[Piece] | None = None,
    alias: str = "",
    source: str | None = "question:1",
    tags: Sequence[Tag] = (),
) -> Insight:
    """A draft from a thread in which Ada asked, Ben and Cleo answered."""
    said = pieces
    if said is None:
        asker = Piece(people.ids["Ada"], QUESTION, alias)
        said = [asker, Piece(people.ids["Ben"], BEN), Piece(people.ids["Cleo"], CLEO)]
    async with people.database.transaction() as session:
        return await cards.offer(
            session, people.workspace_id, source_kind="question", source=source,
            made_by=None if made_by is None else people.ids[made_by], pieces=said, question=QUESTION, tags=tags,
            now=people.world.clock(),
        )  # fmt: skip


async def open_edit(people: People, name: str, insight: Insight) -> dict[str, Any]:
    """The form of a card, as it opens for somebody."""
    assert (await people.forge(name, "archive.edit", str(insight.id))).ok
    return people.form(name)


async def hand_in(people: People, name: str, insight: Insight, **said: Any) -> Reply:
    """Open its form, change what is given, and hand it in."""
    await open_edit(people, name, insight)
    return await people.submit(name, said)


async def asked(people: People) -> Insight:
    """A card that was handed in as it was drafted; Ben and Cleo have been asked."""
    insight = await offered(people)
    async with people.database.transaction() as session:
        await _hand_in_as_it_is(session, people, insight)
    await people.world.move(hours=2)
    return insight


async def published(people: People) -> Insight:
    """The same, and both said yes with their names."""
    insight = await offered(people)
    async with people.database.transaction() as session:
        found, version = await _hand_in_as_it_is(session, people, insight)
        for row in (await store.quotes(session, version)).values():
            await messages.end(session, found, row.person, consents.moot(), people.world.clock(), since=None)
            row.state, row.named = rules.APPROVED, True
        await session.flush()
        assert await asking.settle(session, found, version, people.world.clock(), besides=people.ids.values())
    return await card(people, insight)


async def _hand_in_as_it_is(session: AsyncSession, people: People, insight: Insight) -> tuple[Insight, InsightVersion]:
    """What the form does, without its window."""
    found = await store.get(session, people.workspace_id, insight.id, lock=True)
    member = await session.get_one(Member, people.ids["Ada"])
    version = (await store.versions(session, found)).open
    assert version is not None
    judged = await handing_in.judge(session, found, member, store.read(session, version))
    assert not judged.errors
    await handing_in.keep(session, found, member, judged, people.world.clock(), named=True)
    return found, version


async def card(people: People, insight: Insight) -> Insight:
    async with people.database.reading() as session:
        return await session.get_one(Insight, insight.id)


async def open_text(people: People, insight: Insight) -> Text:
    """The wording in the making, or else the approved one."""
    async with people.database.reading() as session:
        newest = (await store.versions(session, insight)).newest
        assert newest is not None
        return store.read(session, newest)


async def quotes(people: People, insight: Insight) -> list[InsightQuote]:
    async with people.database.reading() as session:
        query = select(InsightQuote).where(InsightQuote.insight_id == insight.id).order_by(InsightQuote.id)
        return list((await session.execute(query)).scalars())


async def versions(people: People, insight: Insight) -> list[InsightVersion]:
    async with people.database.reading() as session:
        query = select(InsightVersion).where(InsightVersion.insight_id == insight.id).order_by(InsightVersion.number)
        return list((await session.execute(query)).scalars())


def asks(people: People, name: str) -> list[dict[str, Any]]:
    """The messages in which somebody is asked about their words and has not answered."""
    return [each for each in people.messages(name) if "archive.fine" in str(each.get("blocks"))]


def shown(view: dict[str, Any]) -> str:
    return re.sub(r"\s+", " ", walk.said(view))
