"""Kills a worker in the middle of a fan-out, as often as wanted, and counts what each person was told."""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks._worker import KIND, FileClock, build
from bot.delivery import outbox
from bot.delivery.limits import Limits
from bot.members.models import Workspace as Installed
from bot.messages import Content, Message, People
from playground.server import SlackServer
from playground.workspace import Workspace

ROOT = Path(__file__).parents[1]
QUIET = os.environ | {"PYTHONWARNINGS": "ignore"}  # a killed process can't tidy up, and says so
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass
class Counted:
    """What came of it."""

    kills: int
    lost: int
    twice: int


async def crash(
    database_url: str, folder: Path, key: str, *, people: int, kills: int, seed: int, history_delay: float = 0
) -> Counted:
    """Queue a message for each of `people`, deliver under `kills` kill -9, then look at what arrived."""
    clock_file = folder / "clock"
    clock_file.write_text(START.isoformat(), encoding="ascii")
    slack = Workspace(":memory:", clock=lambda: datetime.fromisoformat(clock_file.read_text(encoding="ascii")))
    slack.install(yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8")))
    server = SlackServer(slack)
    server.faults.delay_history(history_delay)
    await server.start()
    users = [slack.add_user(f"person{number}")["id"] for number in range(people)]
    token = next(each.text for each in slack.tokens() if each.kind == "bot")
    await _queue(database_url, server.api_url, key, clock_file, users, token)
    posts = Posts(slack)
    chance = random.Random(seed)
    killed = 0
    while True:
        command = [sys.executable, "-m", "benchmarks._worker", database_url, server.api_url, key, str(clock_file)]
        worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=QUIET)
        if killed < kills:
            step = max(1, (people - posts.count) // (2 * (kills - killed)))
            killed += await _kill_after(worker, posts.reach(posts.count + chance.randint(1, step)))
        elif await worker.wait() == 0:
            break
        else:
            raise RuntimeError("the worker did not end well")
    told = Counter(_told(slack, user) for user in users)
    await server.stop()
    return Counted(killed, told[0], sum(count for times, count in told.items() if times > 1))


class Posts:
    """Counts what Slack holds, and tells when it is enough."""

    def __init__(self, slack: Workspace) -> None:
        self.count, self.goal = 0, 0
        self.enough = asyncio.Event()
        slack.subscribe(self._changed)

    def _changed(self, kind: str, payload: dict[str, Any]) -> None:
        if kind == "message" and payload["change"] == "posted":
            self.count += 1
            if self.count >= self.goal:
                self.enough.set()

    async def reach(self, goal: int) -> None:
        """Wait until Slack holds that many."""
        self.goal = goal
        self.enough.clear()
        await self.enough.wait()


async def _kill_after(worker: asyncio.subprocess.Process, reached: Coroutine[Any, Any, None]) -> int:
    """Kill without a word once Slack holds enough messages; 0 if the worker was done before."""
    enough, ended = asyncio.create_task(reached), asyncio.create_task(worker.wait())
    await asyncio.wait((enough, ended), return_when=asyncio.FIRST_COMPLETED)
    enough.cancel()
    if worker.returncode is not None:
        return 0
    worker.kill()
    await ended
    return 1


def _told(slack: Workspace, user: str) -> int:
    return len(slack.history(slack.open_dm(slack.bot_user_id, user)))


async def _queue(database_url: str, slack_url: str, key: str, clock_file: Path, users: list[str], token: str) -> None:
    perennial = build(database_url, slack_url, key, FileClock(clock_file), Limits.off())
    async with perennial.database.transaction() as session:
        session.add(
            Installed(
                team_id="T0PERENNIAL",
                name="Tidewater",
                installed_at=START,
                options={},
                bot_token=perennial.database.vault.seal(token.encode(), "workspace token"),
            )
        )
        await session.flush()
        messages = [
            Message(1, KIND.name, f"note:{user}", People((user,), ()), f"note:{user}", START, Content(f"Hello {user}"))
            for user in users
        ]
        await outbox.enqueue_all(session, messages, now=START)
    await perennial.close()
