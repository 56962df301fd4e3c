"""Remembers what can be found: searches, cards, tags, and what is new or kept most; published cards only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import library, matching, people, rules, spelling
from bot.archive.finding.cards import Card, Filters, Found, Tag
from bot.archive.finding.matching import Match
from bot.archive.finding.query import Query, read_query
from bot.archive.finding.reading import PUBLISHED, cards, now_of
from bot.archive.finding.reading import card as card
from bot.archive.finding.words import meant, month_token, stems, tag_token, words_of
from bot.archive.models import Bookmark, Insight, InsightWord
from bot.members.rules import start_of_day

MOST_MONTHS = 36  # of a span of time that are asked of the index; beyond, each card's own day is looked at
MOST_TEXT = 6_000  # characters of a text that similar cards are looked for
MOST_TOKENS = 120  # of such a text
NO_FILTERS = Filters()


async def find(
    session: AsyncSession,
    workspace_id: int,
    typed: str,
    *,
    member_id: int | None,
    filters: Filters = NO_FILTERS,
    limit: int = 10,
    offset: int = 0,
    exactly: bool = False,
) -> Found:
    """The best cards for what somebody typed, whatever it was; `exactly` corrects no spelling. Never raises for a text.

    `session` may be one that only looks; the clock is the one lent to it. Nothing meaningful typed: the newest cards.
    """
    now = now_of(session)
    query = read_query(typed).narrowed(_chosen(filters))
    counts = await spelling.cards_with(session, workspace_id, _tokens(query))
    corrected: dict[str, str] = {}
    unknown = [word for word, token in zip(query.words, stems(query.words), strict=True) if token not in counts]
    if unknown and not exactly:
        corrected = await spelling.corrections(session, workspace_id, unknown)
        query = query.using(corrected)
        counts |= await spelling.cards_with(session, workspace_id, stems(corrected.values())) if corrected else {}
    hits, some = await _hits(session, workspace_id, query, counts, now)
    ranked = _ranked(hits[: rules.MOST_RANKED], query, now, counts)
    ids = [hit.id for hit in ranked[offset : offset + limit]]
    found = Found(
        cards=await cards(session, workspace_id, ids, member_id=member_id),
        total=len(ranked),
        more=len(hits) > rules.MOST_RANKED,
        query=query,
        corrected=corrected,
        some_words=some,
    )
    return found if ranked else await _with_suggestions(session, workspace_id, found)


async def similar(
    session: AsyncSession, workspace_id: int, text: str, *, limit: int = 3, member_id: int | None = None
) -> list[Card]:
    """Cards that share telling words with a text, the best first; quick, and never raises whatever the text."""
    tokens = list(dict.fromkeys(stems(meant(words_of(text[:MOST_TEXT])))))
    ids = await _alike(session, workspace_id, tokens, limit=limit, but=None)
    return await cards(session, workspace_id, ids, member_id=member_id)


async def related(
    session: AsyncSession, insight: Insight | Card, *, limit: int = 3, member_id: int | None = None
) -> list[Card]:
    """Other cards of the same workspace about the same things."""
    text = f"{insight.question} {insight.gist}"
    if isinstance(insight, Card):
        text += " " + " ".join(tag.name for tag in insight.tags)
    tokens = list(dict.fromkeys(stems(meant(words_of(text[:MOST_TEXT])))))
    ids = await _alike(session, insight.workspace_id, tokens, limit=limit, but=insight.id)
    return await cards(session, insight.workspace_id, ids, member_id=member_id)


async def tags(session: AsyncSession, workspace_id: int, *, limit: int = 100) -> list[Tag]:
    """What published cards are about, the most used first."""
    query = (
        select(InsightWord.word, InsightWord.cards)
        .where(InsightWord.workspace_id == workspace_id, InsightWord.kin == "_", InsightWord.word.contains("/"))
        .order_by(InsightWord.cards.desc(), InsightWord.word)
        .limit(limit)
    )
    found: dict[tuple[str, str], Tag] = {}
    for line, count in (await session.execute(query)).all():
        kind, slug, name = rules.read_tag_line(line)
        known = found.setdefault((kind, slug), Tag(kind, slug, name, 0))
        found[kind, slug] = replace(known, cards=known.cards + count)
    return sorted(found.values(), key=lambda tag: (-tag.cards, tag.slug, tag.kind))


async def newest(
    session: AsyncSession, workspace_id: int, *, limit: int = 10, offset: int = 0, member_id: int | None = None
) -> list[Card]:
    """The cards that were made last."""
    query = (
        select(Insight.id)
        .where(Insight.workspace_id == workspace_id, Insight.state == PUBLISHED)
        .order_by(Insight.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return await cards(session, workspace_id, list((await session.execute(query)).scalars()), member_id=member_id)


async def most_kept(
    session: AsyncSession, workspace_id: int, *, days: int | None = None, limit: int = 10, member_id: int | None = None
) -> list[Card]:
    """The cards most people keep; with `days`, those kept most within them by others than `member_id`."""
    query = (
        select(Bookmark.insight_id)
        .join(Insight, Insight.id == Bookmark.insight_id)
        .where(Bookmark.workspace_id == workspace_id, Insight.state == PUBLISHED)
        .group_by(Bookmark.insight_id)
        .order_by(func.count().desc(), Bookmark.insight_id.desc())
        .limit(limit)
    )
    if days is not None:
        since = now_of(session) - timedelta(days=days)
        query = query.where(Bookmark.kept_at >= since, Bookmark.member_id != (member_id or 0))
    return await cards(session, workspace_id, list((await session.execute(query)).scalars()), member_id=member_id)


def _chosen(filters: Filters) -> Query:
    """The filters as if they had been typed."""
    since = read_query(f"since:{filters.since}").since if filters.since else None
    return Query(tags=filters.tags, people=filters.people, since=since, worked=filters.worked)


def _tokens(query: Query) -> tuple[str, ...]:
    return (*query.stems, *(tag_token(tag) for tag in query.tags))


async def _hits(
    session: AsyncSession, workspace_id: int, query: Query, counts: dict[str, int], now: datetime
) -> tuple[list[rules.Hit], bool]:
    """Cards with all of the words; where none has, cards with some of them, and then True."""
    tokens, total = _tokens(query), counts.get(rules.COUNTS_ALL, 0)
    if not total:
        return [], False
    where = _days(query) + await people.conditions(session, workspace_id, query.people)
    months = _months(query, now)
    about = rules.expected(tokens, counts, total)
    if all(token in counts for token in tokens):
        rarest_first = tuple(sorted(tokens, key=lambda token: (counts[token], token)))
        match = Match(rarest_first, months, tuple(where))
        found = await matching.hits(session, workspace_id, match, about=about, cards=total)
        if found or len(query.stems) < 2:
            return found, False
    some = rules.telling(query.stems, counts, total) if len(query.stems) > 1 else ()
    must = tuple(tag_token(tag) for tag in query.tags)
    if not some or not all(token in counts for token in must):
        return [], False
    match = Match(must, (*months, some), tuple(where))
    found = await matching.hits(session, workspace_id, match, about=0, cards=total)
    return found, bool(found)


def _ranked(hits: Sequence[rules.Hit], query: Query, now: datetime, counts: dict[str, int]) -> list[rules.Hit]:
    """In order; without a word to go by, as they came: the newest first."""
    if not query.words:
        return list(hits)
    return rules.rank(hits, query, now, cards_with=counts, cards=counts.get(rules.COUNTS_ALL, 0))


async def _alike(
    session: AsyncSession, workspace_id: int, tokens: Sequence[str], *, limit: int, but: int | None
) -> list[int]:
    """Ids of the cards that share most of a text's telling words; one shared word is chance where there are many."""
    counts = await spelling.cards_with(session, workspace_id, tokens[:MOST_TOKENS])
    total = counts.get(rules.COUNTS_ALL, 0)
    wanted = rules.telling(tokens[:MOST_TOKENS], counts, total)
    if not wanted:
        return []
    match = Match(any_of=(wanted,))
    hits = await matching.hits(session, workspace_id, match, about=0, cards=total)
    known = [token for token in tokens[:MOST_TOKENS] if token in counts]
    return rules.most_alike([hit for hit in hits if hit.id != but], known, counts, total)[:limit]


def _days(query: Query) -> list[ColumnElement[bool]]:
    """The span of time by each card's own day, and the outcome."""
    found: list[ColumnElement[bool]] = []
    if query.since is not None:
        found.append(Insight.published_at >= start_of_day(query.since, "UTC"))
    if query.until is not None:
        found.append(Insight.published_at < start_of_day(query.until, "UTC"))
    if query.worked:
        found.append(Insight.worked > 0)
    return found


def _months(query: Query, now: datetime) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The months of a span of time, so that the index passes over all other cards by itself."""
    if query.since is None:
        return ()
    first, last = query.since, min(query.until or now.date(), now.date())
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < count <= MOST_MONTHS:
        return ()
    months = [date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(count)]
    return (tuple((month_token(f"{month:%Y-%m}"),) for month in months),)


async def _with_suggestions(session: AsyncSession, workspace_id: int, found: Found) -> Found:
    """Nothing was found: what there is to look for instead."""
    known = await tags(session, workspace_id, limit=60)
    words = found.query.words
    return replace(
        found,
        suggested_tags=tuple(rules.nearby(words, known)),
        suggested_collections=tuple(library.nearby(words)),
    )
