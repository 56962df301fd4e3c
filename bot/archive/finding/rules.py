"""Decides what is found first, and what a card's search text is; values in, values out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.archive.finding.cards import Tag
from bot.archive.finding.query import Query as Query
from bot.archive.finding.query import read_query as read_query
from bot.archive.finding.words import FIELD_END, meant, month_token, stem, stems, tag_token
from bot.archive.finding.words import words_of as words_of

MOST_RANKED = 500  # the newest so many hits are put in order; there are more only where words are everywhere
WEIGHTS = (4.0, 3.0, 1.5, 5.0)  # of the question, the gist, what to try, and the tags
BEST_FIRST = tuple(sorted(enumerate(WEIGHTS), key=lambda each: -each[1]))
FEW = 5  # tokens that are looked for one by one; of more, first those are found that a card holds at all
WHOLE_PHRASE = 6.0
OLD = 60  # months, of a card whose month isn't known
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COUNTS_ALL = "_"  # the line that counts every card
LOOK_AGAIN_AFTER = timedelta(days=365)


class Hit(NamedTuple):
    """A card as ranking reads it."""

    id: int
    search_text: str
    worked: int = 0
    tried: int = 0
    bookmarks: int = 0


def search_text(question: str, gist: str, tips: str, tags: Iterable[str], *, month: str = "") -> str:
    """What both databases index: tokens in ASCII, field by field, and at the end one token for each tag and the month.

    A space stands before and behind each token, the first and the last among them.
    `tags` are names or slugs; `month` is that of publishing, such as 2026-03.
    """
    given = sorted(tags)
    fields = [" ".join(stems(meant(words_of(text)))) for text in (question, gist, tips, " ".join(given))]
    whole = sorted({tag_token(each) for each in given if words_of(each)})
    fields.append(" ".join([*whole, *([month_token(month)] if month else [])]))
    return f" {f' {FIELD_END} '.join(fields)} "


def vocabulary(
    question: str, gist: str, tips: str, tags: Iterable[tuple[str, str, str]], *, month: str = ""
) -> list[str]:
    """What a card adds to its workspace's words: the folded words, and lines for its tags, its month and itself.

    `tags` are kind, slug and name; see models.InsightWord for the lines that are no words.
    """
    given = sorted(tags)
    texts = " ".join((question, gist, tips, *(name for _, _, name in given)))
    lines = {COUNTS_ALL, *meant(words_of(texts)), *(tag_line(*each) for each in given)}
    return sorted(lines | ({month_token(month)} if month else set()))


def tag_line(kind: str, slug: str, name: str) -> str:
    """A tag among the words of a workspace."""
    return f"_{kind}/{slug}/{' '.join(name.split())}"


def read_tag_line(line: str) -> tuple[str, str, str]:
    """Its kind, slug and name."""
    kind, slug, name = line[1:].split("/", 2)
    return kind, slug, name


def row_of_line(line: str) -> dict[str, str]:
    """A line as it is kept: the token under which it is searched, and where a misspelt word looks for it."""
    if not line.startswith("_"):
        return {"word": line, "stem": stem(line), "kin": f"{line[0]}{len(line)}"}
    return {"word": line, "stem": tag_token(read_tag_line(line)[1]) if "/" in line else line, "kin": line[:1]}


def tags_of(lines: str) -> tuple[Tag, ...]:
    """The tags of a card by its lines, in the order of their names."""
    found = [read_tag_line(line) for line in lines.splitlines() if line.startswith("_") and "/" in line]
    return tuple(Tag(*each) for each in sorted(found, key=lambda tag: (tag[2], tag[0])))


def rank(
    hits: Sequence[Hit], query: Query, now: datetime, *, cards_with: Mapping[str, int] | None = None, cards: int = 0
) -> list[Hit]:
    """The best first: all words before some, then where they stand, what worked, what is kept, what is new.

    `cards_with` says how many of the `cards` hold a token, so that a rare word weighs more; ties go to the newer card.
    """
    weights = _weights(query.stems, cards_with or {}, cards)
    phrases = [f" {' '.join(phrase)} " for phrase in query.phrases]
    merits: dict[tuple[int, int, int, str], float] = {}
    keyed = []
    for hit in hits:
        found, score = _weighed(hit.search_text, weights)
        made_of = (hit.worked, hit.tried, hit.bookmarks, _month(hit.search_text))
        if made_of not in merits:
            merits[made_of] = _merit(*made_of, now)
        score += merits[made_of] + WHOLE_PHRASE * sum(phrase in hit.search_text for phrase in phrases)
        keyed.append((-found, -round(score, 6), -hit.id, hit))
    keyed.sort(key=lambda each: each[:3])
    return [hit for *_, hit in keyed]


def most_alike(hits: Sequence[Hit], tokens: Sequence[str], cards_with: Mapping[str, int], cards: int) -> list[int]:
    """Ids of the cards that share most with a text; where it has many words, one that is shared is chance."""
    weights = _weights(tokens, cards_with, cards)
    least = 2 if len(weights) > 2 else 1
    scored = []
    for hit in hits:
        shared, score = _weighed(hit.search_text, weights)
        if shared >= least:
            scored.append((-round(score, 6), -hit.id))
    return [-id_ for _, id_ in sorted(scored)]


def nearby(words: Sequence[str], tags: Sequence[Tag], *, limit: int = 5) -> list[Tag]:
    """Tags that begin like a word that was typed, and then those that most cards have."""
    beginnings = tuple(word[:4] for word in words if len(word) > 2)
    likely = [tag for tag in tags if beginnings and any(w.startswith(beginnings) for w in words_of(tag.name))]
    return [*likely, *(tag for tag in tags if tag not in likely)][:limit]


def needs_a_look(look_again_at: datetime | None, now: datetime) -> bool:
    """Whether a card is old enough to ask whether it is still true."""
    return look_again_at is not None and look_again_at <= now


def kin_of(word: str) -> list[str]:
    """Where the word that was meant may be: with its first letter or its second, and nearly as long."""
    edits = edits_allowed(word)
    lengths = range(max(1, len(word) - edits), len(word) + edits + 1)
    return [f"{letter}{length}" for letter in dict.fromkeys(word[:2]) for length in lengths]


def with_another_start(word: str) -> list[str]:
    """What else may have been meant: another first letter, or one that was left out."""
    return [letter + rest for letter in LETTERS for rest in (word, word[1:]) if letter + rest != word]


def edits_allowed(word: str) -> int:
    """How far a word may be from a known one to be taken for it: short ones must be right."""
    if len(word) < 4 or not word.isascii() or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


def nearest(word: str, found: Sequence[tuple[str, int]], cards: Mapping[str, int]) -> str | None:
    """Of known words and their edits the one that was meant: fewest edits, the same first letter, then the commonest."""
    best = min(
        found, key=lambda each: (each[1], each[0][:1] != word[:1], -cards.get(each[0], 0), each[0]), default=None
    )
    return best[0] if best is not None else None


def expected(tokens: Iterable[str], cards_with: Mapping[str, int], cards: int) -> float:
    """About how many cards hold all of these, as if none of them kept company with another."""
    about = float(cards)
    for token in tokens:
        about *= cards_with.get(token, 0) / max(1, cards)
    return about


def telling(
    tokens: Sequence[str], cards_with: Mapping[str, int], cards: int, *, room: float = 400
) -> tuple[tuple[str, ...], ...]:
    """Which of many words to look for, one or two together, so that about `room` cards are found and the best are in.

    The rarest words come alone; of those that are commoner, pairs.
    """
    known = sorted(
        (token for token in dict.fromkeys(tokens) if cards_with.get(token)), key=lambda t: (cards_with[t], t)
    )
    chosen: list[tuple[str, ...]] = []
    alone: set[str] = set()
    for token in known[:8]:
        if cards_with[token] <= room or (not chosen and len(known) == 1):
            chosen.append((token,))
            alone.add(token)
            room -= cards_with[token]
    rest = [token for token in known if token not in alone][:4]
    pairs = [(one, other) for place, one in enumerate(rest) for other in rest[place + 1 :]]
    for pair in sorted(pairs, key=lambda pair: (expected(pair, cards_with, cards), pair)):
        about = expected(pair, cards_with, cards)
        if about <= room or not chosen:
            chosen.append(pair)
            room -= about
    return tuple(chosen)


def _weights(tokens: Iterable[str], cards_with: Mapping[str, int], cards: int) -> dict[str, float]:
    """How much each token weighs."""
    return {token: _rarity(token, cards_with, cards) for token in tokens}


def _weighed(text: str, weights: Mapping[str, float]) -> tuple[int, float]:
    """How many tokens a search text holds, and what they count: each in the best field that holds it."""
    held = weights if len(weights) < FEW else sorted(weights.keys() & text.split())
    fields = text.split(FIELD_END)
    found, score = 0, 0.0
    for token in held:
        spaced = f" {token} "
        for place, worth in BEST_FIRST:
            if place < len(fields) and spaced in fields[place]:
                found += 1
                score += worth * weights[token]
                break
    return found, score


def _rarity(token: str, cards_with: Mapping[str, int], cards: int) -> float:
    """From about one for a word that is everywhere to three for one that hardly any card holds."""
    if not cards:
        return 1.0
    holding = min(cards, max(1, cards_with.get(token, 1)))
    return 1.0 + 2.0 * math.log(cards / holding) / math.log(cards + 1)


def _merit(worked: int, tried: int, bookmarks: int, month: str, now: datetime) -> float:
    """What people made of it: that it worked counts most, and a little that it is kept and new."""
    honest = worked / tried if tried else 0.0
    proved = math.log2(1 + worked) * honest
    kept = math.log2(1 + bookmarks) / 2
    age = max(0, (now.year - int(month[:4])) * 12 + now.month - int(month[4:])) if month else OLD
    return proved + kept + 1.0 / (1.0 + age / 12)


def _month(text: str) -> str:
    """The month at the end of a search text, as 202603; it costs nothing to read for five hundred cards."""
    place = text.rfind(" _m")
    month = text[place + 3 : place + 9]
    return month if place >= 0 and month.isdecimal() and len(month) == 6 else ""
