"""A live roundtable of two thousand, from the database and back; run as `python -m benchmarks.live_tables`.

Reading who comes, what they said of themselves, who sat together before and who is kept apart; seating them in the
other process; writing where they sit; and queuing what each of them hears. Seconds are processor time, of this process
and of the other one, so that a busy machine measures the same.
"""

import asyncio
import random
import resource
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks._round import FUNCTIONS, MONDAY, ZONES, postgres
from bot import plain
from bot.app import Perennial
from bot.db import insert_new
from bot.delivery.models import Delivery
from bot.features.roundtables.live import inputs, jobs, seats, store, work
from bot.features.roundtables.live.models import LiveSeat
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering, Seat
from bot.members.models import Apart, Member, MemberSkill, Skill, Team, Workspace
from bot.migrate import migrate
from bot.programs.models import Program
from bot.settings import read_settings
from bot.vault import Vault, new_key

PEOPLE, TEAMS, SKILLS, EARLIER = 2_000, 40, 60, 3
SECONDS = 2  # together: reading, seating and writing
START = MONDAY + timedelta(hours=24)


async def main() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        await measure("sqlite", f"sqlite:///{Path(folder) / 'perennial.db'}")
    with postgres() as url:
        await measure("postgresql", url)


async def measure(name: str, url: str) -> None:
    """Each step of the way, on a company made up here."""
    await migrate(url)
    key = new_key()
    settings = read_settings(
        _env_file=None, slack_bot_token="xoxb-b", slack_signing_secret="b", database_url=url, perennial_secret_key=key
    )
    perennial = Perennial(settings, Vault.from_setting(key), lambda: MONDAY)
    gathering = await fill(perennial)
    began = time.process_time()
    async with perennial.database.reading() as session:
        of, live = await store.get(session, gathering.workspace_id, gathering.id)
        gathered = await inputs.gather(session, live, of, MONDAY)
    packed = plain.pack(gathered)
    reading = time.process_time() - began
    loop = asyncio.get_running_loop()
    small = plain.pack(gathered | {"inputs": gathered["inputs"] | {"people": gathered["inputs"]["people"][:40]}})
    await loop.run_in_executor(perennial.tools.cpu, work.seat, small)  # the other process has begun, and has numpy
    seating = await loop.run_in_executor(perennial.tools.cpu, seat_and_measure, packed)
    claimed = await jobs.claim(perennial.tools, gathering.workspace_id, gathering.id)
    assert claimed is not None, "it is due"
    await jobs.freeze(perennial.tools, claimed)
    await jobs.keep(perennial.tools, claimed, work.seat(packed))
    began = time.process_time()
    assert await jobs.write(perennial.tools, claimed), "nobody else holds it"
    writing = time.process_time() - began
    began = time.process_time()
    while await jobs.tell_some(perennial.tools, claimed):
        pass
    telling = time.process_time() - began
    together = reading + seating + writing
    for what, seconds in (("reading", reading), ("seating", seating), ("writing", writing), ("telling", telling)):
        print(f"live_tables_{name}_{what}_cpu_seconds: {seconds:.2f}", flush=True)
    print(f"live_tables_{name}_reading_seating_writing_cpu_seconds: {together:.2f} (at most {SECONDS})", flush=True)
    async with perennial.database.reading() as session:
        told = (await session.execute(select(func.count()).where(Delivery.kind == "roundtables.table"))).scalar_one()
        seated = (await session.execute(select(func.count()).where(LiveSeat.number.is_not(None)))).scalar_one()
    print(f"live_tables_{name}_told: {told} (must be {PEOPLE})", flush=True)
    print(f"live_tables_{name}_seated: {seated - EARLIER * PEOPLE} (must be {PEOPLE})", flush=True)
    perennial.tools.cpu.shutdown()
    await perennial.database.close()


def seat_and_measure(packed: bytes) -> float:
    """In the other process: processor time of one seating."""
    began = resource.getrusage(resource.RUSAGE_SELF)
    work.seat(packed)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    return ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime


async def fill(perennial: Perennial) -> Gathering:
    """Two thousand people of forty teams come; they sat at tables three times before; some keep apart."""
    chance = random.Random(7)
    async with perennial.database.transaction() as session:
        workspace = Workspace(team_id="T0BENCH", name="Bench", installed_at=MONDAY, options={})
        session.add(workspace)
        await session.flush()
        teams = [Team(workspace_id=workspace.id, name=f"Team {each}", slug=f"team-{each}") for each in range(TEAMS)]
        skills = [Skill(workspace_id=workspace.id, name=f"Skill {each}", slug=f"s{each}") for each in range(SKILLS)]
        session.add_all([*teams, *skills])
        await session.flush()
        people = [
            Member(
                workspace_id=workspace.id, slack_id=f"U{number:05}", name=f"P{number}", joined_at=MONDAY,
                seen_at=MONDAY, tz=chance.choice(ZONES), team_id=chance.choice(teams).id,
                function=chance.choice(FUNCTIONS), level=chance.randrange(5),
            )
            for number in range(PEOPLE)
        ]  # fmt: skip
        session.add_all(people)
        await session.flush()
        ids = [each.id for each in people]
        offered = [
            MemberSkill(workspace_id=workspace.id, member_id=each, skill_id=skill.id, direction=direction)
            for each in ids
            for direction in ("offers", "wants")
            for skill in chance.sample(skills, 3)
        ]
        apart = {(min(pair), max(pair)) for pair in (chance.sample(ids, 2) for _ in range(200))}
        session.add_all([*offered, *[Apart(workspace_id=workspace.id, member_id=a, other_id=b) for a, b in apart]])
        program = Program(
            workspace_id=workspace.id, kind="live_roundtables", name="Round", state="active", tz="Europe/Lisbon",
            every_weeks=1, starts_on=date(2026, 1, 1), weekday=1, at_minute=600, options={}, created_at=MONDAY,
        )  # fmt: skip
        session.add(program)
        await session.flush()
        for ago in range(EARLIER, -1, -1):
            gathering = Gathering(
                workspace_id=workspace.id, program_id=program.id, kind=program.kind,
                starts_at=START - timedelta(weeks=ago), tz="Europe/Lisbon", minutes=45, step="day", created_at=MONDAY,
                state=gatherings.OVER if ago else gatherings.PLANNED,
            )  # fmt: skip
            session.add(gathering)
            await session.flush()
            await store.begin(session, gathering, 5, None if ago else MONDAY)
            row = {"workspace_id": workspace.id, "gathering_id": gathering.id}
            coming = [row | {"member_id": each, "state": gatherings.COMING, "since": MONDAY} for each in ids]
            await insert_new(session, Seat, coming, unique=("gathering_id", "member_id"), returning=Seat.member_id)
            if ago:
                chance.shuffle(ids)
                await seats.write(session, gathering, {each: at // 5 for at, each in enumerate(ids)}, {}, ids, 1)
        return gathering


if __name__ == "__main__":
    asyncio.run(main())
