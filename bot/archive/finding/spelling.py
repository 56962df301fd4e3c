"""Asks the words of a workspace: how many cards hold them, and which known word a misspelt one was meant to be.

They are read anew each time, only those that are kin to the misspelt word and in one row: milliseconds among a hundred
thousand of them, right whoever published meanwhile, and no memory while nobody searches.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, func, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import rules
from bot.archive.models import InsightWord

MOST_CORRECTED = 3  # words of one search
COUNTS = (
    select(InsightWord.stem, func.sum(InsightWord.cards))
    .where(
        InsightWord.workspace_id == bindparam("workspace_id"),
        InsightWord.stem.in_(bindparam("tokens", expanding=True)),
    )
    .group_by(InsightWord.stem)
)


def _joined(how: Any) -> Select[str]:
    """Words and their cards in one line; two ways in, each by its own index: with OR, SQLite would read every word."""
    ways = [
        select(InsightWord.word, InsightWord.cards).where(InsightWord.workspace_id == bindparam("workspace_id"), where)
        for where in (
            InsightWord.kin.in_(bindparam("kin", expanding=True)),
            InsightWord.word.in_(bindparam("others", expanding=True)),
        )
    ]
    near = union_all(*ways).subquery("near")
    space: ColumnElement[str] = literal_column("' '")
    return select(how(near.c.word + space + near.c.cards.cast(String), space, type_=String))


KIN = {"sqlite": _joined(func.group_concat), "postgresql": _joined(func.string_agg)}


async def cards_with(session: AsyncSession, workspace_id: int, tokens: Collection[str]) -> dict[str, int]:
    """About how many cards hold each token; one that no card holds is missing. "_" counts all cards."""
    asked = {"workspace_id": workspace_id, "tokens": list({*tokens, rules.COUNTS_ALL})}
    found = {token: int(count) for token, count in (await session.execute(COUNTS, asked)).all()}
    most = found.get(rules.COUNTS_ALL, 0)
    return {token: min(count, most) for token, count in found.items()}


async def corrections(session: AsyncSession, workspace_id: int, unknown: Sequence[str]) -> dict[str, str]:
    """The nearest known word for each that no card holds, where one is near enough."""
    wrong = [word for word in unknown if rules.edits_allowed(word)][:MOST_CORRECTED]
    if not wrong:
        return {}
    known = await _kin(session, workspace_id, wrong)
    words = list(known)
    best = {word: rules.nearest(word, _near(word, words), known) for word in wrong}
    return {word: used for word, used in best.items() if used is not None}


async def _kin(session: AsyncSession, workspace_id: int, wrong: Sequence[str]) -> dict[str, int]:
    """Words that may be meant and their cards; the database joins them, for thousands of rows take ten times as long."""
    asked = {
        "workspace_id": workspace_id,
        "kin": sorted({kin for word in wrong for kin in rules.kin_of(word)}),
        "others": sorted({other for word in wrong for other in rules.with_another_start(word)}),
    }
    query = KIN["sqlite" if session.get_bind().dialect.name == "sqlite" else "postgresql"]
    found = ((await session.execute(query, asked)).scalar_one_or_none() or "").split()
    return dict(zip(found[::2], map(int, found[1::2]), strict=True))


def _near(word: str, known: Sequence[str]) -> list[tuple[str, int]]:
    from rapidfuzz import process  # in C, and loaded with the first misspelt word
    from rapidfuzz.distance import OSA

    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=rules.edits_allowed(word), limit=None)
    return [(each, int(edits)) for each, edits, _ in found]
