"""Asks the index: the newest hits of a set of tokens, the same on SQLite and PostgreSQL."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding.rules import MOST_RANKED, Hit
from bot.archive.finding.words import token_here
from bot.archive.models import Bookmark, Insight

SEARCH = table("insight_search", column("rowid"), column("insight_id"), column("workspace_id"), column("words"))
CARD = Insight.__table__
EVERYWHERE = 5_000  # so many hits, and PostgreSQL reads the newest cards one by one instead of gathering them all
MOST_WALKED = 20_000

Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Match:
    """What a card's tokens must be: all of `all_of`, and of each group of `any_of` one alternative, itself all of it."""

    all_of: tuple[str, ...] = ()
    any_of: tuple[Alternatives, ...] = ()
    conditions: tuple[ColumnElement[bool], ...] = ()  # on Insight


async def hits(session: AsyncSession, workspace_id: int, match: Match, *, about: float, cards: int) -> list[Hit]:
    """The newest hits, one more than are ranked; `about` how many of the workspace's `cards` are to be expected."""
    asked: dict[str, Any] = {"workspace_id": workspace_id}
    if session.get_bind().dialect.name == "sqlite":
        asked |= {"match": _expression(workspace_id, match, '"', "AND", "OR")}
        return await _read(session, ON_SQLITE.where(*match.conditions) if match.conditions else ON_SQLITE, asked)
    asked |= {"match": _expression(workspace_id, match, "'", "&", "|")}
    if about > EVERYWHERE:
        wider = 4 if match.conditions else 1
        walked = min(MOST_WALKED, int(1.3 * wider * (MOST_RANKED + 1) * cards / about))
        query = WALKED_ALL.where(*match.conditions) if match.conditions else WALKED
        found = await _read(session, query, asked | {"walked": walked})
        if len(found) > MOST_RANKED:
            return found
    return await _read(session, GATHERED_ALL.where(*match.conditions) if match.conditions else GATHERED, asked)


async def _read(session: AsyncSession, query: Select[Any], asked: dict[str, Any]) -> list[Hit]:
    return [Hit._make(row) for row in (await session.execute(query, asked)).all()]


def _rows(found: FromClause, insight_id: ColumnElement[Any]) -> Select[Any]:
    """Of each hit what ranking reads, the newest first."""
    kept = select(func.count()).where(Bookmark.insight_id == CARD.c.id).correlate(CARD).scalar_subquery()
    return (
        select(CARD.c.id, CARD.c.search_text, CARD.c.worked, CARD.c.tried, kept)
        .select_from(found.join(CARD, CARD.c.id == insight_id))
        .where(CARD.c.workspace_id == bindparam("workspace_id"))
        .limit(MOST_RANKED + 1)
    )


def _newest_of(found: FromClause, *where: ColumnElement[bool]) -> FromClause:
    """Ids of the newest of them; the fence keeps cards that are not among them from being read."""
    ids = select(found.c.insight_id).where(*where).order_by(found.c.insight_id.desc()).limit(MOST_RANKED + 1)
    return ids.subquery("newest")


def _in_order(found: FromClause) -> Select[Any]:
    return _rows(found, found.c.insight_id).order_by(CARD.c.id.desc())


# Each is put together once. SQLite: FTS5 walks its lists from the newest card down, and stops when there are enough.
ON_SQLITE = (
    _rows(SEARCH, SEARCH.c.rowid)
    .where(literal_column("insight_search").op("MATCH")(bindparam("match")))
    .order_by(SEARCH.c.rowid.desc())
)

# PostgreSQL: the GIN index gives all hits at once; the fence keeps the planner from walking all cards for them.
WANTED = bindparam("match").cast(TSQUERY)
FOUND = select(SEARCH.c.insight_id).where(SEARCH.c.words.op("@@")(WANTED)).cte("found").prefix_with("MATERIALIZED")
GATHERED = _in_order(_newest_of(FOUND))
GATHERED_ALL = _in_order(FOUND)

# Where a word is everywhere, enough of the newest cards hold it, and the index would give half of all cards.
LATELY = (
    select(SEARCH.c.insight_id, SEARCH.c.words)
    .where(SEARCH.c.workspace_id == bindparam("workspace_id"))
    .order_by(SEARCH.c.insight_id.desc())
    .limit(bindparam("walked", type_=Integer))
    .subquery("lately")
)
WALKED = _in_order(_newest_of(LATELY, LATELY.c.words.op("@@")(WANTED)))
WALKED_ALL = _in_order(select(LATELY.c.insight_id).where(LATELY.c.words.op("@@")(WANTED)).subquery("newest"))


def _expression(workspace_id: int, match: Match, quote: str, both: str, either: str) -> str:
    """The same expression in each database's own signs; tokens are ASCII letters, digits and _, so none is a sign."""
    alone: list[Alternatives] = [((token,),) for token in match.all_of or ("",)]
    if match.any_of and not match.all_of:
        alone = []
    groups = [
        tuple(tuple(token_here(workspace_id, token) for token in tokens) for tokens in group)
        for group in (*alone, *match.any_of)
    ]
    return f" {both} ".join(_group(group, quote, both, either) for group in groups)


def _group(group: Alternatives, quote: str, both: str, either: str) -> str:
    parts = [f" {both} ".join(f"{quote}{token}{quote}" for token in tokens) for tokens in group]
    return f"({f' {either} '.join(f'({part})' for part in parts)})"
