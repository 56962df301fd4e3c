"""How long a search takes among 100,000 insights, on SQLite and on PostgreSQL; run as `python -m benchmarks.archive`."""

import asyncio
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from benchmarks._round import postgres
from bot.archive.finding import rules, store
from bot.archive.finding.cards import Filters
from bot.archive.models import Bookmark, Insight, InsightTag, InsightWord
from bot.db import Database
from bot.members.models import Member, Workspace
from bot.migrate import migrate
from bot.vault import Vault, new_key

CARDS, OTHERS = 100_000, 20_000  # of the workspace that is searched, and of one beside it
WORDS, TAGS = 60_000, 150
MUST_REACH = 50
TURNS = 12  # of each kind of search, each time with other words
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "in", "ol")]
Row = dict[str, Any]
Search = Callable[[Any, random.Random], Awaitable[Any]]


class Language:
    """Made-up words, used as often as words of a language are: the commonest in half of all cards, most in a few."""

    def __init__(self, chance: random.Random) -> None:
        words: dict[str, None] = {}
        while len(words) < WORDS:
            words["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))] = None
        self.words = list(words)
        self.weights = list(itertools.accumulate(1 / (rank + 20) for rank in range(WORDS)))
        self.tag_weights = [1 / (rank + 3) for rank in range(TAGS)]
        self.tags = [f"{one} {other}" for one, other in itertools.pairwise(self.words[1000 : 1001 + TAGS])]

    def text(self, chance: random.Random, least: int, most: int) -> str:
        """So many words."""
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=chance.randint(least, most)))


def made_up_card(language: Language, chance: random.Random, workspace_id: int, number: int) -> tuple[Row, list[Row]]:
    """Rows of a card and of its tags."""
    texts = (language.text(chance, 8, 20), language.text(chance, 20, 60), language.text(chance, 30, 90))
    names = chance.choices(language.tags, weights=language.tag_weights, k=2)
    tags = [("skill", name.replace(" ", "-"), name) for name in dict.fromkeys(names)]
    published = NOW - timedelta(minutes=10 * (CARDS + OTHERS - number))
    month, tried = f"{published:%Y-%m}", chance.choice((0, 0, 0, 1, 3, 8))
    card = {
        "id": number,
        "workspace_id": workspace_id,
        "state": "published",
        "source_kind": "question",
        "source": f"question:{number}",
        "made_at": published,
        "version": 1,
        "question": texts[0],
        "gist": texts[1],
        "tips": texts[2],
        "published_at": published,
        "look_again_at": published + timedelta(days=365),
        "worked": tried // 2,
        "tried": tried,
        "search_text": rules.search_text(*texts, [slug for _, slug, _ in tags], month=month),
        "search_words": "\n".join(rules.vocabulary(*texts, tags, month=month)),
    }
    of_card = {"workspace_id": workspace_id, "insight_id": number}
    return card, [of_card | {"kind": kind, "slug": slug, "name": name} for kind, slug, name in tags]


async def fill(databases: list[Database], language: Language) -> None:
    """Two workspaces with cards in turns, the same on every database; the first workspace is searched."""
    chance = random.Random(11)
    for database in databases:
        async with database.transaction() as session:
            for number in (1, 2):
                session.add(Workspace(team_id=f"T{number}", name="Tidewater", installed_at=NOW, options={}))
            await session.flush()
            session.add(Member(workspace_id=1, slack_id="U1", name="Ada", tz="UTC", seen_at=NOW, joined_at=NOW))
    counts: dict[int, Counter[str]] = {1: Counter(), 2: Counter()}
    every = (CARDS + OTHERS) // OTHERS
    numbers = iter(range(1, CARDS + OTHERS + 1))
    while part := list(itertools.islice(numbers, 1_000)):
        made = [made_up_card(language, chance, 1 if number % every else 2, number) for number in part]
        for card, _ in made:
            counts[card["workspace_id"]].update(card["search_words"].splitlines())
        for database in databases:
            async with database.transaction() as session:
                await session.execute(insert(Insight), [card for card, _ in made])
                await session.execute(insert(InsightTag), [tag for _, tags in made for tag in tags])
    for database in databases:
        await _words_and_bookmarks(database, counts)


async def _words_and_bookmarks(database: Database, counts: dict[int, Counter[str]]) -> None:
    async with database.transaction() as session:
        for workspace_id, words in counts.items():
            rows = [
                {"workspace_id": workspace_id, "cards": cards, **rules.row_of_line(word)}
                for word, cards in words.items()
            ]
            await session.execute(insert(InsightWord), rows)
        query = select(Insight.id).where(Insight.workspace_id == 1, Insight.id % 50 == 1)
        kept = [
            {"member_id": 1, "insight_id": each, "workspace_id": 1, "kept_at": NOW}
            for each in (await session.execute(query)).scalars()
        ]
        await session.execute(insert(Bookmark), kept)


def misspelt(word: str, chance: random.Random) -> str:
    """With two letters swapped, or one left out."""
    place = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5 and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def searches(language: Language) -> dict[str, Search]:
    """What people type, by kind."""
    words = language.words

    def of(least: int, most: int) -> Callable[[random.Random], str]:
        return lambda chance: words[chance.randrange(least, most)]

    rare, middling, common = of(20_000, 60_000), of(300, 5_000), of(0, 10)
    long = [word for word in words[200:5_000] if len(word) > 6]

    def typed(make: Callable[[random.Random], str], **filters: Any) -> Search:
        chosen = Filters(**filters)
        return lambda session, chance: store.find(session, 1, make(chance), member_id=1, filters=chosen)

    def tag(chance: random.Random, most: int = TAGS) -> str:
        return f"#{chance.choice(language.tags[:most]).replace(' ', '-')}"

    def wrong(chance: random.Random) -> str:
        return misspelt(chance.choice(long), chance)

    return {
        "a rare word": typed(rare),
        "a middling word": typed(middling),
        "a word in half of all cards": typed(common),
        "two words that are everywhere": typed(lambda chance: f"{common(chance)} {common(chance)}"),
        "a common and a rare word": typed(lambda chance: f"{common(chance)} {rare(chance)}"),
        "three middling words": typed(lambda chance: f"{middling(chance)} {middling(chance)} {middling(chance)}"),
        "a misspelt word": typed(wrong),
        "two misspelt words": typed(lambda chance: f"{wrong(chance)} {wrong(chance)}"),
        "a tag": typed(tag),
        "a tag and a common word": typed(lambda chance: f"{common(chance)} {tag(chance, 20)}"),
        "a common word since summer": typed(common, since="2026-06"),
        "a common word that worked": typed(common, worked=True),
        "nothing found": typed(lambda chance: "".join(chance.choices("xqwyj", k=9))),
        "twenty words": typed(lambda chance: language.text(chance, 20, 20)),
        "no words": typed(lambda chance: ""),
        "similar to a question": lambda session, chance: store.similar(session, 1, language.text(chance, 30, 80)),
    }


async def measure(name: str, database: Database, language: Language) -> float:
    """Prints what each kind took, and returns the 95th percentile of them all."""
    chance = random.Random(13)
    took: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for turn in range(TURNS + 1):  # the first warms caches and loads what is loaded late
        for kind, search in searches(language).items():
            began, began_cpu = time.perf_counter(), time.process_time()
            async with database.reading() as session:
                await search(session, chance)
            if turn:
                took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
                cpu.setdefault(kind, []).append((time.process_time() - began_cpu) * 1000)
    for kind, times in took.items():
        figures = f"{statistics.median(times):.1f}, {max(times):.1f}, {statistics.median(cpu[kind]):.1f}"
        print(f"archive search, {name}, {kind}, median, slowest and CPU of this process, ms: {figures}")
    p95 = summary(name, "ms", took)
    summary(name, "ms of CPU in this process", cpu)
    return p95


def summary(name: str, unit: str, found: dict[str, list[float]]) -> float:
    """Prints median, 95th percentile and slowest of all kinds together; returns the 95th percentile."""
    figures = sorted(itertools.chain.from_iterable(found.values()))
    p95 = figures[int(len(figures) * 0.95)]
    must = f" (must reach {MUST_REACH})" if unit == "ms" else ""
    print(f"archive search, {name}, p50 {unit}: {statistics.median(figures):.1f}")
    print(f"archive search, {name}, p95 {unit}: {p95:.1f}{must}")
    print(f"archive search, {name}, slowest {unit}: {figures[-1]:.1f}", flush=True)
    return p95


async def opened(url: str) -> Database:
    """A migrated database whose time stands still."""
    await migrate(url)
    database = Database(url, Vault.from_setting(new_key()))
    database.lent["clock"] = lambda: NOW
    return database


async def main() -> int:
    """Both databases, the same cards; the slower of the two counts."""
    language = Language(random.Random(7))
    with tempfile.TemporaryDirectory() as folder, postgres() as url:
        databases = {
            "SQLite": await opened(f"sqlite:///{Path(folder) / 'archive.db'}"),
            "PostgreSQL": await opened(url),
        }
        began = time.perf_counter()
        await fill(list(databases.values()), language)
        print(
            f"archive search, seconds to fill both with {CARDS:,} cards: {time.perf_counter() - began:.0f}", flush=True
        )
        worst = max([await measure(name, database, language) for name, database in databases.items()])
        for database in databases.values():
            await database.close()
    return 0 if worst < MUST_REACH else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
