"""A quarter in the playground's company: the same however time is moved, and within everybody's hours and budget."""

import asyncio
import shutil
import sqlite3
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from playground.beginning import Beginning
from playground.company import Company
from playground.ledger import beyond, groups, repeated
from playground.living import Living

PEOPLE = 6  # so that two quarters are lived in seconds; benchmarks/demo.py lives one with all thirty
WEEKS = 13
Rows = list[tuple[object, ...]]


def company() -> Company:
    """The first few people of the seed, with what befalls them."""
    return Company.read().smaller(PEOPLE)


async def begin(files: Path) -> None:
    living = Living(files, company=company())
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    await living.stepper.move_to(living.company.starts + timedelta(weeks=1))
    living.workspace.remember("weeks_lived", "99")
    await living.stop()


async def live(files: Path, spans: list[timedelta]) -> None:
    living = Living(files, company=company())
    await living.start()
    for span in spans:
        await living.stepper.move(span)
    await living.stop()


@pytest.fixture(scope="session")  # of the session, not the module: workers take tests from each other between modules
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = tmp_path_factory.mktemp("begun")
    asyncio.run(begin(files))
    return files


def lived(begun: Path, name: str, spans: list[timedelta]) -> sqlite3.Connection:
    files = begun.with_name(name)
    shutil.copytree(begun, files)
    asyncio.run(live(files, spans))
    return sqlite3.connect(files / "perennial.db")


@pytest.fixture(scope="session")
def quarter(begun: Path) -> sqlite3.Connection:
    """The bot's database after one press of a quarter."""
    return lived(begun, "quarter", [timedelta(weeks=WEEKS)])


def test_a_quarter_in_one_press_is_91_presses_of_a_day(begun: Path, quarter: sqlite3.Connection):
    daily = lived(begun, "daily", [timedelta(days=1)] * 7 * WEEKS)
    for rows in (introductions, answers, meetings, reflections, messages):
        assert rows(daily) == rows(quarter), rows.__name__


def test_a_quarter_has_a_story(quarter: sqlite3.Connection):
    assert quarter.execute("SELECT count(*) FROM rounds WHERE state = 'sealed' OR state = 'closed'").fetchone()[0] > 10
    assert Counter(row[0] for row in quarter.execute("SELECT answer FROM introduction_members"))["met"] > 10
    assert quarter.execute("SELECT count(*) FROM introduction_meetings WHERE state = 'agreed'").fetchone()[0] > 0
    assert quarter.execute("SELECT count(*) FROM introduction_members WHERE rating IS NOT NULL").fetchone()[0] > 5
    assert quarter.execute("SELECT count(*) FROM thanks WHERE occasion LIKE 'introduction:%'").fetchone()[0] > 0
    states = dict(quarter.execute("SELECT state, count(*) FROM deliveries GROUP BY state"))
    assert not set(states) & {"failed", "parked", "unknown", "sending"}, states


def test_everybody_meets_somebody_else_each_round(quarter: sqlite3.Connection):
    repeats, rounds = repeated(quarter)
    assert rounds > 10
    assert repeats == 0


def test_everybody_has_met_nearly_everybody_who_may_be_met(quarter: sqlite3.Connection):
    pairs = Counter(
        frozenset((one, other)) for _, group in groups(quarter) for one in group for other in group if one < other
    )
    assert len(pairs) >= PEOPLE * (PEOPLE - 1) / 2


def test_no_suggestion_is_beyond_a_budget_or_outside_somebodys_hours(quarter: sqlite3.Connection):
    sent, outside, beyond_budget = beyond(quarter)
    assert sent > 50
    assert (outside, beyond_budget) == (0, 0)


def introductions(database: sqlite3.Connection) -> Rows:
    return sorted(
        database.execute("SELECT round_id, place, state, opener_id, starters, created_at, ends_at FROM introductions"),
        key=str,
    )


def reflections(database: sqlite3.Connection) -> Rows:
    asked = database.execute(
        "SELECT member_id, slug, local_date, state, reflection_id FROM reflection_prompts"
    ).fetchall()
    kept = database.execute("SELECT member_id, prompt_slug, local_date, written_at FROM reflections").fetchall()
    assert kept, "nobody wrote anything"
    return sorted([*asked, *kept], key=str)


def answers(database: sqlite3.Connection) -> Rows:
    return sorted(
        database.execute(
            "SELECT introduction_id, member_id, asked_at, answer, answered_at, rating FROM introduction_members"
        ),
        key=str,
    )


def meetings(database: sqlite3.Connection) -> Rows:
    return sorted(
        database.execute(
            "SELECT introduction_id, state, proposed_by, accepted_by, starts_at, sequence FROM introduction_meetings"
        ),
        key=str,
    )


def messages(database: sqlite3.Connection) -> Rows:
    """Everything that went out, but for the keys that are drawn by chance."""
    return sorted(
        database.execute("SELECT kind, verb, message_class, member_ids, channel, state, due_at FROM deliveries"),
        key=str,
    )
