"""Decides what is found first, and what a card's search text is; values in, values out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archive.finding.query import Query as Query
from bot.archive.finding.query import read_query as read_query
from bot.archive.finding.words import FIELD_END, meant, month_token, stems, tag_token
from bot.archive.finding.words import words_of as words_of

MOST_RANKED = 500  # the newest so many hits are put in order; there are more only where words are everywhere
WEIGHTS = (4.0, 3.0, 1.5, 5.0)  # of the question, the gist, what to try, and the tags
WHOLE_PHRASE = 6.0
LOOK_AGAIN_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Hit:
    """A card as ranking reads it."""

    id: int
    search_text: str
    worked: int
    tried: int
    published_at: datetime | None
    bookmarks: int = 0


def search_text(question: str, gist: str, tips: str, tags: Iterable[str], *, month: str = "") -> str:
    """What both databases index: tokens in ASCII, field by field, and at the end one token for each tag and the month.

    `tags` are names as people read them; `month` is that of publishing, such as 2026-03.
    """
    names = sorted(tags)
    fields = [" ".join(stems(meant(words_of(text)))) for text in (question, gist, tips, " ".join(names))]
    whole = sorted({tag_token(name) for name in names if words_of(name)})
    fields.append(" ".join([*whole, *([month_token(month)] if month else [])]))
    return f" {FIELD_END} ".join(fields)


def vocabulary(question: str, gist: str, tips: str, tags: Iterable[str]) -> list[str]:
    """The folded words of a card, each once: what a misspelt word is compared with."""
    return sorted(set(meant(words_of(" ".join((question, gist, tips, *tags))))))


def rank(
    hits: Sequence[Hit], query: Query, now: datetime, *, cards_with: Mapping[str, int] | None = None, cards: int = 0
) -> list[Hit]:
    """The best first: all words before some, then where they stand, what worked, what is kept, what is new.

    `cards_with` says how many of the `cards` hold a token, so that a rare word weighs more; ties go to the newer card.
    """
    weights = {token: _rarity(token, cards_with or {}, cards) for token in query.stems}

    def order(hit: Hit) -> tuple[int, float, int]:
        fields = [f" {field.strip()} " for field in hit.search_text.split(FIELD_END)]
        found, score = 0, 0.0
        for token, weight in weights.items():
            best = _best_field(f" {token} ", fields)
            found += best > 0
            score += best * weight
        score += WHOLE_PHRASE * sum(_holds(fields, phrase) for phrase in query.phrases)
        return -found, -round(score + _merit(hit, now), 6), -hit.id

    return sorted(hits, key=order)


def needs_a_look(look_again_at: datetime | None, now: datetime) -> bool:
    """Whether a card is old enough to ask whether it is still true."""
    return look_again_at is not None and look_again_at <= now


def edits_allowed(word: str) -> int:
    """How far a word may be from a known one to be taken for it: short ones must be right."""
    if len(word) < 4 or not word.isascii() or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


def _best_field(token: str, fields: Sequence[str]) -> float:
    return max((weight for weight, field in zip(WEIGHTS, fields, strict=False) if token in field), default=0.0)


def _holds(fields: Sequence[str], phrase: Sequence[str]) -> bool:
    wanted = f" {' '.join(phrase)} "
    return any(wanted in field for field in fields[: len(WEIGHTS)])


def _rarity(token: str, cards_with: Mapping[str, int], cards: int) -> float:
    """From about one for a word that is everywhere to three for one that hardly any card holds."""
    if not cards:
        return 1.0
    holding = min(cards, max(1, cards_with.get(token, 1)))
    return 1.0 + 2.0 * math.log(cards / holding) / math.log(cards + 1)


def _merit(hit: Hit, now: datetime) -> float:
    """What people made of it: that it worked counts most, and a little that it is kept and new."""
    honest = hit.worked / hit.tried if hit.tried else 0.0
    proved = math.log2(1 + hit.worked) * honest
    kept = math.log2(1 + hit.bookmarks) / 2
    age = max(0.0, (now - hit.published_at) / timedelta(days=365)) if hit.published_at else 5.0
    return proved + kept + 1.0 / (1.0 + age)
