"""How long somebody waits for a search of their own journal, sealed as it is; run as `python -m benchmarks.journal`."""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.db import Database
from bot.features.reflections.journal import store
from bot.features.reflections.journal.rules import Part, Words
from bot.members.models import Member, Workspace
from bot.migrate import migrate
from bot.vault import Vault, new_key

ENTRIES, CHARACTERS = 2_000, 3_000
TURNS = 20
MUST_REACH = 100
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SYLLABLES = ("an", "be", "ca", "dé", "el", "fo", "gi", "ha", "jø", "ka", "lu", "né", "or", "pa", "sö", "tu", "va", "zü")


def made_up_text(chance: random.Random) -> str:
    """Words that mean nothing, accents among them, of the length that was promised."""
    text = ""
    while len(text) < CHARACTERS:
        text += "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) + " "
    return text[:CHARACTERS]


async def fill(database: Database) -> tuple[int, int]:
    """One member with a long life; their workspace and member id."""
    chance = random.Random(7)
    async with database.transaction() as session:
        session.add(Workspace(team_id="T1", name="Tidewater", installed_at=NOW, options={}))
        await session.flush()
        member = Member(workspace_id=1, slack_id="U1", name="Ada", tz="UTC", seen_at=NOW, joined_at=NOW)
        session.add(member)
        await session.flush()
        for number in range(ENTRIES):
            text = made_up_text(chance) + (" giraffe" if number % 400 == 0 else "")
            today = (NOW - timedelta(days=number)).date()
            await store.keep(session, 1, member.id, Words((Part(text),), "even"), today=today, now=NOW)
        return 1, member.id


async def search(database: Database, where: tuple[int, int], query: str) -> list[float]:
    """Milliseconds of each search, from its first query to its opened results."""
    found = []
    for _ in range(TURNS):
        began = time.perf_counter()
        async with database.reading() as session:
            await store.search(session, *where, query)
        found.append((time.perf_counter() - began) * 1000)
    return found


async def main() -> int:
    """Rare words and words that are everywhere; the slower of the two counts."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'journal.db'}"
        await migrate(url)
        database = Database(url, Vault.from_setting(new_key()))
        where = await fill(database)
        worst = 0.0
        for name, query in (("rare word", "GIRAFFE"), ("word that is everywhere", "de"), ("three words", "an be ca")):
            took = await search(database, where, query)
            worst = max(worst, statistics.median(took))
            print(f"journal search, {name}, median ms: {statistics.median(took):.1f} (must reach {MUST_REACH})")
            print(f"journal search, {name}, slowest ms: {max(took):.1f}")
        await database.close()
    return 0 if worst < MUST_REACH else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
