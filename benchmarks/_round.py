"""The measuring itself; round.py starts it, so that the process that matches starts as lightly as beside `python -m bot`."""

import asyncio
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from bot.app import Perennial
from bot.clock import stopwatch
from bot.db import Base
from bot.delivery.models import Delivery
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.models import Interest, Member, MemberInterest, MemberSkill, Skill, Team, Workspace
from bot.migrate import migrate
from bot.pace import answer_first
from bot.programs.models import Enrolment, Program, Round
from bot.settings import read_settings
from bot.vault import Vault, new_key
from tests.postgres import PostgresServer, find_binaries, run_server

PEOPLE = 10_000
PAST_ROUNDS = 6
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEAMS, SKILLS, INTERESTS = 120, 200, 80
FUNCTIONS = ("Engineering", "Sales", "Design", "Support", "Finance", "People", "Marketing", "Legal")
ZONES = ("Europe/Lisbon", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo")
CHUNK = 2000


async def main() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        await measure("sqlite", f"sqlite:///{Path(folder) / 'perennial.db'}")
    with postgres() as url:
        await measure("postgres", url)


@contextmanager
def postgres() -> Iterator[str]:
    """A server of our own, or the one that PERENNIAL_TEST_PG_URL names."""
    if given := os.environ.get("PERENNIAL_TEST_PG_URL"):
        server = PostgresServer(given)
        url = server.create_database()
        yield url
        server.drop_all()
        return
    for address in run_server(find_binaries()):
        yield PostgresServer(address).create_database()


async def measure(name: str, url: str) -> None:
    """Build the company, open the round, and print what it took."""
    await migrate(url)
    key = new_key()
    settings = read_settings(
        _env_file=None,
        slack_bot_token="xoxb-benchmark",
        slack_signing_secret="benchmark",
        database_url=url,
        perennial_secret_key=key,
    )
    perennial = Perennial(settings, Vault.from_setting(key), lambda: MONDAY)
    await fill(perennial)
    perennial.database.longest_write = 0.0
    answer_first()
    watch = asyncio.create_task(slowest_turn())
    memory = asyncio.create_task(peak_memory())
    began = stopwatch()
    jobs = perennial.registry.schedule.jobs
    await jobs["open rounds"].run(perennial.tools)
    await jobs["make rounds of introductions"].run(perennial.tools)
    seconds = stopwatch() - began
    watch.cancel()
    memory.cancel()
    peak, slowest = PEAK[0], SLOWEST[0]
    async with perennial.database.reading() as session:
        queued = await session.scalar(
            select(func.count()).select_from(Delivery).where(Delivery.kind == "introductions.hello")
        )
        state = await session.scalar(select(Round.state).order_by(Round.id.desc()).limit(1))
    await perennial.close()
    print(f"round_people_{name}: {PEOPLE} ({queued} introductions queued, round {state})")
    print(f"round_seconds_{name}: {seconds:.1f} (must reach 15)")
    print(
        f"round_longest_write_milliseconds_{name}: {perennial.database.longest_write * 1000:.0f} (must stay under 200)"
    )
    print(
        f"round_longest_held_loop_milliseconds_{name}: {slowest * 1000:.0f} (acknowledgements wait this long at most)"
    )
    print(f"round_peak_megabytes_{name}: {peak:.0f} (must stay under 400, both processes)", flush=True)


PEAK = [0.0]
SLOWEST = [0.0]


async def slowest_turn() -> None:
    """How long anything held up the event loop."""
    SLOWEST[0] = 0.0
    while True:
        began = stopwatch()
        await asyncio.sleep(0.002)
        SLOWEST[0] = max(SLOWEST[0], stopwatch() - began - 0.002)


async def peak_memory() -> None:
    """What this process and the one it matches in hold together, looked at twenty times a second."""
    PEAK[0] = 0.0
    while True:
        PEAK[0] = max(PEAK[0], resident("self") + sum(resident(child) for child in children()))
        await asyncio.sleep(0.05)


def children() -> list[str]:
    """Processes we started; PostgreSQL's server is not the bot's."""
    found = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return [each for each in found if "multiprocessing" in command(each)]


def command(process: str) -> str:
    """What a process was started with."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def resident(process: str) -> float:
    """Megabytes of memory a process holds right now; none where it has ended."""
    try:
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0


async def fill(perennial: Perennial) -> None:
    """Ten thousand people with facts, six rounds behind them, and a seventh that is due."""
    chance = random.Random(7)
    async with perennial.database.transaction() as session:
        workspace = Workspace(team_id="T1", name="Tidewater", installed_at=MONDAY, options={})
        session.add(workspace)
        await session.flush()
        here = workspace.id
        program = Program(
            workspace_id=here, kind="introductions", name="Introductions", channel="C1", state="active",
            tz="Europe/Lisbon", every_weeks=1, starts_on=date(2026, 1, 5), weekday=0, at_minute=540, options={},
            next_date=MONDAY.date(), due_at=MONDAY, last_number=PAST_ROUNDS, created_at=MONDAY,
        )  # fmt: skip
        session.add(program)
        await session.flush()
    named: list[tuple[type[Base], int]] = [(Team, TEAMS), (Skill, SKILLS), (Interest, INTERESTS)]
    for model, count in named:
        rows = [{"id": i, "workspace_id": here, "slug": f"s{i}", "name": f"Name {i}"} for i in range(1, count + 1)]
        await bulk(perennial, model, rows)
    everybody = range(1, PEOPLE + 1)
    await bulk(perennial, Member, [person(here, number, chance) for number in everybody])
    since = {"workspace_id": here, "program_id": program.id, "state": "joined", "since": MONDAY}
    await bulk(perennial, Enrolment, [{**since, "member_id": number} for number in everybody])
    await bulk(perennial, MemberSkill, list(skills(here, chance)))
    liked = [
        {"workspace_id": here, "member_id": number, "interest_id": interest}
        for number in everybody
        for interest in chance.sample(range(1, INTERESTS + 1), 3)
    ]
    await bulk(perennial, MemberInterest, liked)
    await past(perennial, here, program.id, chance)


async def bulk(perennial: Perennial, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows, some thousands a transaction."""
    for start in range(0, len(rows), CHUNK):
        async with perennial.database.transaction() as session:
            await session.execute(insert(model), rows[start : start + CHUNK])


def person(here: int, number: int, chance: random.Random) -> dict[str, Any]:
    """One member with the facts that matching reads."""
    start = chance.choice((480, 540, 540, 600))
    return {
        "id": number, "workspace_id": here, "slack_id": f"U{number:06}", "name": f"Person {number}", "title": "Colleague",
        "tz": chance.choice(ZONES), "team_id": chance.randint(1, TEAMS), "function": chance.choice(FUNCTIONS),
        "level": chance.choice((0, 1, 1, 2, 2, 2, 3, 3, 4)), "hours_start": start, "hours_end": start + 480,
        "work_days": [0, 1, 2, 3, 4], "weekly_budget": 4, "joined_at": MONDAY, "seen_at": MONDAY,
    }  # fmt: skip


def skills(here: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Three skills offered and three wanted by everybody."""
    for number in range(1, PEOPLE + 1):
        chosen = chance.sample(range(1, SKILLS + 1), 6)
        for index, skill in enumerate(chosen):
            direction = "offers" if index < 3 else "wants"
            yield {"workspace_id": here, "member_id": number, "skill_id": skill, "direction": direction}


async def past(perennial: Perennial, here: int, program_id: int, chance: random.Random) -> None:
    """Six rounds of random pairs, so that there is a history to respect."""
    people: list[int] = list(range(1, PEOPLE + 1))
    next_id = 1
    for number in range(1, PAST_ROUNDS + 1):
        row = {"id": number, "workspace_id": here, "program_id": program_id, "number": number, "state": "closed"}
        await bulk(perennial, Round, [{**row, "opened_at": MONDAY}])
        chance.shuffle(people)
        pairs = [(next_id + index, people[2 * index : 2 * index + 2]) for index in range(PEOPLE // 2)]
        next_id += len(pairs)
        made = {"workspace_id": here, "program_id": program_id, "round_id": number, "state": "closed", "starters": []}
        told = {"created_at": MONDAY, "sent_at": MONDAY, "ends_at": MONDAY, "exchange": False}
        rows = [{"id": each, **made, **told, "opener_id": pair[0], "place": each} for each, pair in pairs]
        await bulk(perennial, Introduction, rows)
        seats = [
            {"introduction_id": each, "member_id": member, "workspace_id": here, "answer": "met"}
            for each, pair in pairs
            for member in pair
        ]
        await bulk(perennial, IntroductionMember, seats)
    if not perennial.database.is_sqlite:
        async with perennial.database.transaction() as session:
            for table, last in (("rounds", PAST_ROUNDS), ("introductions", next_id), ("members", PEOPLE)):
                await session.execute(select(func.setval(f"{table}_id_seq", last)))
