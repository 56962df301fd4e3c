"""Remembers collections: those from the file with the cards leads put first, and those that leads make by hand."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import library, matching, rules, spelling
from bot.archive.finding.cards import Card
from bot.archive.finding.matching import Match
from bot.archive.finding.query import Query
from bot.archive.finding.reading import PUBLISHED, cards, now_of
from bot.archive.finding.words import words_of
from bot.archive.models import Collection, CollectionCard, Insight
from bot.db import insert_new
from bot.members.rules import clean

LONGEST_NAME, LONGEST_ABOUT = 40, 250


@dataclass(frozen=True)
class Shelf:
    """A collection as it is listed."""

    slug: str
    name: str
    about: str


async def collections(session: AsyncSession, workspace_id: int) -> list[Shelf]:
    """All collections: those of the file first, then those that leads made, by name."""
    from_file = [Shelf(each.slug, each.name, each.about) for each in library.built_in().values()]
    query = select(Collection).where(Collection.workspace_id == workspace_id).order_by(Collection.name, Collection.id)
    made = [Shelf(row.slug, row.name, row.about) for row in (await session.execute(query)).scalars()]
    return from_file + [each for each in made if each.slug not in library.built_in()]


async def collection(session: AsyncSession, workspace_id: int, which: str) -> Shelf | None:
    """One of them."""
    return next((each for each in await collections(session, workspace_id) if each.slug == which), None)


async def cards_of(
    session: AsyncSession, workspace_id: int, which: str, *, member_id: int | None, limit: int = 10, offset: int = 0
) -> tuple[list[Card], int]:
    """What is in a collection: first what leads put there, then what its words and tags find, the best first."""
    by_hand = await put_by_hand(session, workspace_id, which)
    found = await _found(session, workspace_id, which)
    ids = [*by_hand, *(each for each in found if each not in set(by_hand))]
    return await cards(session, workspace_id, ids[offset : offset + limit], member_id=member_id), len(ids)


async def put_by_hand(session: AsyncSession, workspace_id: int, which: str) -> list[int]:
    """Ids of the published cards that leads put there, in their order."""
    query = (
        select(CollectionCard.insight_id)
        .join(Collection, Collection.id == CollectionCard.collection_id)
        .join(Insight, Insight.id == CollectionCard.insight_id)
        .where(
            Collection.workspace_id == workspace_id,
            Collection.slug == which,
            Insight.workspace_id == workspace_id,
            Insight.state == PUBLISHED,
        )
        .order_by(CollectionCard.position, CollectionCard.insight_id)
    )
    return list((await session.execute(query)).scalars())


async def put(session: AsyncSession, workspace_id: int, which: str, insight_id: int) -> None:
    """Put a card into a collection, at its end; twice is once."""
    row = await _row(session, workspace_id, which)
    last = select(func.coalesce(func.max(CollectionCard.position), 0)).where(CollectionCard.collection_id == row.id)
    place = {"collection_id": row.id, "insight_id": insight_id, "workspace_id": workspace_id}
    place["position"] = (await session.execute(last)).scalar_one() + 1
    await insert_new(
        session,
        CollectionCard,
        [place],
        unique=("collection_id", "insight_id"),
        returning=CollectionCard.insight_id,
    )


async def take_out(session: AsyncSession, workspace_id: int, which: str, insight_id: int) -> None:
    """Take out what a lead put there; what its words find stays."""
    theirs = select(Collection.id).where(Collection.workspace_id == workspace_id, Collection.slug == which)
    await session.execute(
        delete(CollectionCard).where(
            CollectionCard.workspace_id == workspace_id,
            CollectionCard.collection_id.in_(theirs),
            CollectionCard.insight_id == insight_id,
        )
    )


async def make(session: AsyncSession, workspace_id: int, name: str, about: str) -> str:
    """Make a collection, or find the one of that name; its slug."""
    named = clean(name)[:LONGEST_NAME]
    which = slug_of(named)
    row = {"workspace_id": workspace_id, "slug": which, "name": named, "about": clean(about)[:LONGEST_ABOUT]}
    await insert_new(session, Collection, [row], unique=("workspace_id", "slug"), returning=Collection.id)
    return which


def slug_of(name: str) -> str:
    """What makes two spellings one collection; empty for a name without a letter or digit."""
    return "-".join(words_of(name))[:LONGEST_NAME].strip("-")


async def _row(session: AsyncSession, workspace_id: int, which: str) -> Collection:
    """Its row; one from the file gets its row with the first card a lead puts there."""
    if each := library.built_in().get(which):
        await make_row(session, workspace_id, each)
    query = (
        select(Collection).where(Collection.workspace_id == workspace_id, Collection.slug == which).with_for_update()
    )
    return (await session.execute(query)).scalar_one()


async def make_row(session: AsyncSession, workspace_id: int, each: library.BuiltIn) -> None:
    """A row for a collection of the file; what it is called and about stays what the file says."""
    row = {"workspace_id": workspace_id, "slug": each.slug, "name": each.name, "about": each.about}
    await insert_new(session, Collection, [row], unique=("workspace_id", "slug"), returning=Collection.id)


async def _found(session: AsyncSession, workspace_id: int, which: str) -> list[int]:
    each = library.built_in().get(which)
    if each is None:
        return []
    total = (await spelling.cards_with(session, workspace_id, [])).get(rules.COUNTS_ALL, 0)
    if not total:
        return []
    hits = await matching.hits(session, workspace_id, Match(any_of=(each.tokens,)), about=0, cards=total)
    return [hit.id for hit in rules.rank(hits[: rules.MOST_RANKED], Query(), now_of(session))]
