"""Whose words a card is compared with; who that is opens with the server's key alone where it was said under an alias."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import words
from bot.archive.cards.saying import Piece
from bot.archive.cards.words import Run
from bot.archive.models import Insight, InsightPiece, InsightQuote
from bot.db import vault_of
from bot.members import store as members
from bot.members.models import Member


@dataclass(frozen=True)
class Person:
    """Somebody whose words are where a card comes from; `key` names them in this card and in no other."""

    key: bytes
    member_id: int
    alias: str
    may_be_quoted: bool
    runs: frozenset[Run]


def key_of(session: AsyncSession, insight_id: int, member_id: int, alias: str = "") -> bytes:
    """How one person is named in one card; each alias of theirs is somebody else than they are under their own name."""
    return vault_of(session).fingerprint(f"{insight_id}:{member_id}:{alias}", "archive person")


def seal_member(session: AsyncSession, insight_id: int, member_id: int) -> bytes:
    """Who it is, for the column that says it to nobody."""
    return vault_of(session).seal(str(member_id).encode(), f"insight:{insight_id}:person")


def unseal_member(session: AsyncSession, insight_id: int, sealed: bytes) -> int:
    """Who it is."""
    return int(vault_of(session).open(sealed, f"insight:{insight_id}:person"))


async def add(session: AsyncSession, insight: Insight, pieces: Sequence[Piece]) -> None:
    """Keep words people said, sealed, so that every wording of the card is compared with them."""
    for piece in pieces:
        hidden = bool(piece.alias)
        row = InsightPiece(
            workspace_id=insight.workspace_id,
            insight_id=insight.id,
            person=key_of(session, insight.id, piece.member_id, piece.alias),
            member_id=None if hidden else piece.member_id,
            member_sealed=seal_member(session, insight.id, piece.member_id),
            alias=piece.alias,
            may_be_quoted=piece.may_be_quoted,
            words=vault_of(session).seal(piece.words.encode(), f"insight:{insight.id}:piece"),
        )
        session.add(row)
    await session.flush()


async def everybody(session: AsyncSession, insight: Insight) -> dict[bytes, Person]:
    """Everybody whose words a card is compared with, in the order in which they came."""
    query = select(InsightPiece).where(
        InsightPiece.workspace_id == insight.workspace_id, InsightPiece.insight_id == insight.id
    )
    found: dict[bytes, Person] = {}
    for row in (await session.execute(query.order_by(InsightPiece.id))).scalars():
        said = vault_of(session).open(row.words, f"insight:{insight.id}:piece").decode()
        before = found.get(row.person)
        found[row.person] = Person(
            key=row.person,
            member_id=before.member_id if before else unseal_member(session, insight.id, row.member_sealed),
            alias=row.alias,
            may_be_quoted=row.may_be_quoted and (before is None or before.may_be_quoted),
            runs=words.runs(said) | (before.runs if before else frozenset()),
        )
    return found


async def who_can_be_asked(session: AsyncSession, workspace_id: int, people: Collection[Person]) -> set[bytes]:
    """The keys of those who are here to answer: no guests, nobody who left or was deactivated."""
    ids = [person.member_id for person in people if person.may_be_quoted]
    query = select(Member.id).where(
        Member.workspace_id == workspace_id, Member.id.in_(ids), Member.is_guest.is_(False), members.present()
    )
    here = set((await session.execute(query)).scalars())
    return {person.key for person in people if person.may_be_quoted and person.member_id in here}


async def forget(session: AsyncSession, insight: Insight, member_id: int) -> None:
    """Keep nothing of what somebody said, nor that they were asked about it."""
    keys = list(keys_of(member_id, await everybody(session, insight)))
    for model in (InsightPiece, InsightQuote):
        about = (model.workspace_id == insight.workspace_id, model.insight_id == insight.id, model.person.in_(keys))
        await session.execute(delete(model).where(*about).execution_options(synchronize_session=False))


def keys_of(member_id: int, everybody: Mapping[bytes, Person]) -> set[bytes]:
    """Every name one member has in a card: their own, and the aliases they asked under."""
    return {person.key for person in everybody.values() if person.member_id == member_id}


async def cards_of(
    session: AsyncSession, workspace_id: int, member_id: int, *, hidden_in: Collection[str] = ()
) -> list[int]:
    """The cards that are compared with words of somebody, under whatever name.

    `hidden_in`: of those said under an alias only cards in these states, which is quicker.
    What was said under aliases is looked through one by one: a column that finds it would tell it, too.
    """
    named = select(InsightPiece.insight_id).where(
        InsightPiece.workspace_id == workspace_id, InsightPiece.member_id == member_id
    )
    ids = set((await session.execute(named)).scalars())
    hidden = select(InsightPiece.insight_id, InsightPiece.person, InsightPiece.alias).where(
        InsightPiece.workspace_id == workspace_id, InsightPiece.member_id.is_(None)
    )
    if hidden_in:
        hidden = hidden.join(Insight, Insight.id == InsightPiece.insight_id).where(Insight.state.in_(list(hidden_in)))
    for insight_id, person, alias in await session.execute(hidden):
        if person == key_of(session, insight_id, member_id, alias):
            ids.add(insight_id)
    return sorted(ids)
