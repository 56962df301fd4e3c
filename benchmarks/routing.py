"""One question routed among ten thousand people: who might answer, looked up and ranked, on SQLite and PostgreSQL."""

import asyncio
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.app import Perennial
from bot.clock import stopwatch
from bot.db import Base
from bot.features.questions.askers import Asker, keep
from bot.features.questions.models import Asked, Question, QuestionSkill
from bot.features.questions.routing import candidates
from bot.members.commitments.models import Commitment
from bot.members.models import Member, MemberSkill, Skill, Workspace
from bot.migrate import migrate
from bot.settings import read_settings
from bot.vault import Vault, new_key
from tests.postgres import PostgresServer, find_binaries, run_server

PEOPLE, OLD_QUESTIONS, TURNS = 10_000, 2_000, 60
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
SKILLS = 40
ZONES = ("Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "America/Sao_Paulo", "Australia/Sydney")
CHUNK = 5_000
FIRST = 1_000_000  # ids of old questions begin here, so that new ones are given their own


async def main() -> None:
    """The same company in both databases."""
    with tempfile.TemporaryDirectory() as folder:
        await on("sqlite", f"sqlite:///{Path(folder) / 'perennial.db'}")
    for address in run_server(find_binaries()):
        server = PostgresServer(address)
        await on("postgresql", server.create_database())
        server.drop_all()


async def on(name: str, url: str) -> None:
    """Build the company, route, and print what it took."""
    await migrate(url)
    key = new_key()
    settings = read_settings(
        _env_file=None,
        slack_bot_token="xoxb-benchmark",
        slack_signing_secret="benchmark",
        database_url=url,
        perennial_secret_key=key,
    )
    perennial = Perennial(settings, Vault.from_setting(key), lambda: TUESDAY)
    here = await fill(perennial)
    for skills in (2, 0):
        took = sorted([await route(perennial, here, skills, number) for number in range(TURNS)])
        p95 = took[int(len(took) * 0.95)] * 1000
        what = f"{skills}_skills" if skills else "no_skills"
        print(f"routing_{name}_{what}_p95_milliseconds: {p95:.0f} (must stay under 100)", flush=True)
    await perennial.close()


async def route(perennial: Perennial, here: int, skills: int, number: int) -> float:
    """One question, as the job would look for whom to ask."""
    async with perennial.database.transaction() as session:
        question = Question(
            workspace_id=here, token=f"{skills}:{number}", alias="", kind="question", pace="days", audience="everyone",
            state="open", body=b"", asked_at=TUESDAY, changed_at=TUESDAY, step=0,
        )  # fmt: skip
        keep(session, question, Asker(number + 1))
        session.add(question)
        await session.flush()
        for skill in range(skills):
            session.add(
                QuestionSkill(question_id=question.id, skill_id=1 + (number + skill) % SKILLS, workspace_id=here)
            )
        await session.flush()
        began = stopwatch()
        chosen = await candidates.choose(session, question, 2, now=TUESDAY, seed=question.token)
        seconds = stopwatch() - began
        assert len(chosen) == 2, "somebody fits"
        await session.delete(question)
    return seconds


async def fill(perennial: Perennial) -> int:
    """Ten thousand people in six zones who offer two skills each, and a month of questions behind them."""
    chance = random.Random(7)
    async with perennial.database.transaction() as session:
        workspace = Workspace(team_id="T1", name="Tidewater", installed_at=TUESDAY, options={})
        session.add(workspace)
        await session.flush()
        here = workspace.id
        for number in range(1, SKILLS + 1):
            session.add(Skill(id=number, workspace_id=here, slug=f"skill-{number}", name=f"Skill {number}"))
    await bulk(perennial, Member, [person(here, number, chance) for number in range(1, PEOPLE + 1)])
    offers = [
        {"workspace_id": here, "member_id": number, "skill_id": skill, "direction": "offers"}
        for number in range(1, PEOPLE + 1)
        for skill in chance.sample(range(1, SKILLS + 1), 2)
    ]
    await bulk(perennial, MemberSkill, offers)
    await past(perennial, here, chance)
    return here


async def past(perennial: Perennial, here: int, chance: random.Random) -> None:
    """Questions of the last month: three asked, one of them took it."""
    asked, taken, rows = [], [], []
    for number in range(1, OLD_QUESTIONS + 1):
        at = TUESDAY - timedelta(hours=number % 600)
        rows.append(old_question(here, number, at))
        for place, member_id in enumerate(chance.sample(range(1, PEOPLE + 1), 3)):
            asked.append(old_ask(here, number, member_id, at, took=place == 2))
            if place == 2:
                taken.append(old_commitment(here, number, member_id, at))
    await bulk(perennial, Question, rows)
    await bulk(perennial, Asked, asked)
    await bulk(perennial, Commitment, taken)


def old_question(here: int, number: int, at: datetime) -> dict[str, Any]:
    """One that is over."""
    return {
        "id": number + FIRST, "workspace_id": here, "token": f"old:{number}", "alias": "", "kind": "question",
        "pace": "days", "audience": "everyone", "state": "closed", "asker_hash": b"x", "asker_sealed": b"x", "body": b"",
        "version": 1, "step": 0, "asked_at": at, "changed_at": at,
    }  # fmt: skip


def old_ask(here: int, number: int, member_id: int, at: datetime, *, took: bool) -> dict[str, Any]:
    """Somebody who was asked then."""
    return {
        "workspace_id": here, "question_id": number + FIRST, "member_id": member_id, "step": 0, "role": "mentor",
        "state": "claimed" if took else "passed", "reasons": [], "asked_at": at, "claimed_at": at if took else None,
        "ended_at": at,
    }  # fmt: skip


def old_commitment(here: int, number: int, member_id: int, at: datetime) -> dict[str, Any]:
    """What it weighs."""
    return {
        "workspace_id": here, "member_id": member_id, "kind": "question", "subject": f"question:{number + FIRST}",
        "started_at": at, "ended_at": None,
    }  # fmt: skip


async def bulk(perennial: Perennial, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows, some thousands a transaction."""
    for start in range(0, len(rows), CHUNK):
        async with perennial.database.transaction() as session:
            await session.execute(insert(model), rows[start : start + CHUNK])


def person(here: int, number: int, chance: random.Random) -> dict[str, Any]:
    """One member with hours of their own."""
    return {
        "id": number, "workspace_id": here, "slack_id": f"U{number:06}", "name": f"Person {number}", "title": "Colleague",
        "tz": chance.choice(ZONES), "level": 2, "hours_start": chance.choice((480, 540, 600)), "hours_end": 1020,
        "work_days": [0, 1, 2, 3, 4], "weekly_budget": 4, "joined_at": TUESDAY, "seen_at": TUESDAY,
    }  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
