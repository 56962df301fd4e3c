"""A company that lives: it starts with a real first week, goes on after a restart or a kill, and tells what happened."""

import asyncio
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.programs.models import Enrolment
from playground.beginning import Beginning
from playground.company import Company
from playground.living import Living, start_over

ROOT = Path(__file__).parents[2]


def company() -> Company:
    return Company.read().smaller(4)


async def begin(files: Path) -> None:
    living = Living(files, company=company())
    await living.start()
    await Beginning(living.company, living.workspace, living.hands, living.stepper).happen()
    living.workspace.remember("weeks_lived", "0")
    await living.stop()


@pytest.fixture(scope="module")
def first_week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company at the end of its first week; tests go on with copies of it."""
    files = tmp_path_factory.mktemp("first") / "week"
    asyncio.run(begin(files))
    return files


@pytest.fixture
async def begun(first_week: Path, tmp_path: Path) -> Living:
    shutil.copytree(first_week, tmp_path / "files")
    living = Living(tmp_path / "files", company=company())
    await living.start()
    return living


async def test_the_first_week_is_lived_by_signed_requests_marked_as_scripted(begun: Living):
    living = begun
    acts = living.workspace.acts(500)
    assert all(act["scripted"] for act in acts)
    assert {"pressed programs.new", "sent programs.save", "sent members.join_hours"} <= {act["did"] for act in acts}
    channel = living.company.channel_id(living.workspace)
    assert "Would you like to join?" in living.workspace.history(channel)[-1]["text"]
    async with living.bot.perennial.database.reading() as session:
        joined = select(func.count()).select_from(Enrolment).where(Enrolment.state == "joined")
        assert (await session.execute(joined)).scalar_one() == len(living.company.people)
    await living.stop()


async def test_whoever_is_played_is_left_alone(begun: Living):
    living = begun
    mira = living.company.id_of(living.workspace, "mira")
    living.cast.play(mira)
    before = len([act for act in living.workspace.acts(1000) if act["user"] == mira])
    await living.stepper.move(timedelta(weeks=2))
    acts = living.workspace.acts(1000)
    assert len([act for act in acts if act["user"] == mira]) == before
    assert any(act["did"].startswith("pressed introductions.") for act in acts)
    await living.stop()


async def test_a_restart_goes_on_where_the_company_stood(begun: Living, tmp_path: Path):
    living = begun
    await living.stepper.move(timedelta(days=8))
    stood = living.clock()
    story = living.time.story(living.company.starts)
    await living.stop()

    again = Living(tmp_path / "files", company=company())
    await again.start()
    assert again.clock() == stood
    assert again.time.story(again.company.starts) == story
    assert any("introduction" in line["text"] for line in story)
    await again.stepper.move(timedelta(days=7))
    await again.stop()


async def test_a_company_stopped_in_its_first_week_begins_anew(tmp_path: Path):
    living = Living(tmp_path / "files", company=company())
    await living.start()
    await living.stepper.settle()
    await living.stop()
    again = Living(tmp_path / "files", company=company())
    assert again.workspace.acts() == []
    assert not (tmp_path / "files" / "perennial.db").exists()
    again.workspace.close()


async def test_the_next_moment_is_one_at_which_the_person_played_sees_something(begun: Living):
    living = begun
    ben = living.company.id_of(living.workspace, "ben")
    living.cast.play(ben)
    before = living.clock()
    steps = [step async for step in living.time.move("next")]
    assert steps[-1]["done"]
    unread = [channel for channel in living.workspace.conversations_of(ben) if channel["unread"]]
    assert unread
    assert before < living.clock() < before + timedelta(days=9)
    await living.stop()


async def test_the_page_says_how_far_the_first_weeks_are_and_moves_no_time_meanwhile(tmp_path: Path):
    living = Living(tmp_path / "files", company=company())
    await living.start()
    mira = living.company.id_of(living.workspace, "mira")
    async with aiohttp.ClientSession() as browser:
        with living.time.showing():
            living.time.tell("Week 2 of 6 lived")
            async with browser.get(f"{living.server.url}/as/{mira}/home") as page:
                drawn = await page.text()
            async with browser.post(f"{living.server.url}/time/week", headers={"origin": living.server.url}) as refused:
                assert refused.status == 409
        assert "Week 2 of 6 lived" in drawn
        async with browser.get(f"{living.server.url}/as/{mira}/home") as page:
            assert "Week 2 of 6 lived" not in await page.text()
    await living.stop()


def test_starting_over_keeps_other_files(tmp_path: Path):
    (tmp_path / "slack.db").touch()
    (tmp_path / "notes.txt").touch()
    start_over(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


# the command itself


@contextmanager
def demo(files: Path, port: int, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "playground", "--port", str(port), "--files", str(files)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def read_until(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"never said {words!r}")


def test_it_survives_being_killed_and_satisfies_the_doctor(tmp_path: Path):
    port = free_port()
    with demo(tmp_path, port) as killed:
        assert f":{port}/" in read_until(killed, "The playground is at")
        killed.send_signal(signal.SIGKILL)
    with demo(tmp_path, port) as process:
        assert f":{port}/" in read_until(process, "The playground is at")
        environment = dict(
            shlex.split(line.removeprefix("export "))[0].split("=", 1)
            for line in (tmp_path / "env").read_text(encoding="utf-8").splitlines()
        )
        doctor = subprocess.run(
            [sys.executable, "-m", "bot", "doctor"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert doctor.returncode == 0, doctor.stdout + doctor.stderr
        process.send_signal(signal.SIGTERM)
        read_until(process, "Saved.")


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with demo(tmp_path, port) as process:
            assert f"Port {port} is taken" in read_until(process, "is taken")
            assert "http://127.0.0.1:" in read_until(process, "The playground is at")


def test_a_real_token_in_the_environment_stops_the_start(tmp_path: Path):
    with demo(tmp_path, free_port(), SLACK_BOT_TOKEN="xoxb-1234567890-abcdef") as process:
        assert "SLACK_BOT_TOKEN holds a real Slack token" in read_until(process, "SLACK_BOT_TOKEN")
        assert process.wait(20) != 0


@pytest.mark.parametrize("by", ["hour", "morning"])
async def test_a_short_move_ends_where_it_should(tmp_path: Path, by: str):
    living = Living(tmp_path / "files", company=company())
    await living.start()
    before = living.clock()
    async for _ in living.time.move(by):
        await asyncio.sleep(0)
    moved = living.clock() - before
    assert moved == timedelta(hours=1)  # seven in the morning, so that both end at eight
    await living.stop()
