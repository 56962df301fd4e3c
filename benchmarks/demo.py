"""How soon the playground's page answers, its first weeks are lived, and a quarter passes in one press."""

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.pace import answer_first
from playground.ledger import beyond, repeated
from playground.living import DATABASE, Living

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
QUARTER = timedelta(weeks=13)


@contextmanager
def demo(files: Path) -> Iterator["subprocess.Popen[str]"]:
    """The command as people start it, on a port of its own."""
    command = [sys.executable, "-m", "playground", "--port", "0", "--files", str(files)]
    environment = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(process: "subprocess.Popen[str]", pattern: str) -> str:
    """The first of its lines in which a pattern is found."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(pattern, line):
            return found[0]
    raise SystemExit(f"the playground ended before it said {pattern}")


def page_answers(files: Path) -> tuple[float, float]:
    """Seconds until the page answers, and until the first weeks are lived."""
    began = time.perf_counter()
    with demo(files) as process:
        urllib.request.urlopen(wait_for(process, ADDRESS.pattern)).read()
        answered = time.perf_counter() - began
        with sqlite3.connect(files / "slack.db") as slack:
            lived = slack.execute("SELECT value FROM facts WHERE name = 'weeks_lived'").fetchone()
        if lived is None or int(lived[0]) < 6:
            wait_for(process, "Week 6 of 6 lived")
        return answered, time.perf_counter() - began


async def quarter(files: Path) -> tuple[float, float]:
    """Seconds for one press of a quarter, and what of them was this process's own work."""
    living = Living(files)
    await living.start()
    answer_first()  # as the command does
    began, worked = time.perf_counter(), time.process_time()
    async for _ in living.time.move("quarter"):
        await asyncio.sleep(0)
    took = time.perf_counter() - began, time.process_time() - worked
    await living.stop()
    return took


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        answered, lived = page_answers(files)
        print(f"demo, page answers, seconds: {answered:.1f} (must reach 10)", flush=True)
        print(f"demo, first six weeks lived, seconds: {lived:.1f} (must reach 30)", flush=True)
        again, _ = page_answers(files)
        print(f"demo, page answers with the saved state, seconds: {again:.1f} (must reach 10)", flush=True)
        took, worked = asyncio.run(quarter(files))
        print(f"demo, a quarter in one press, seconds: {took:.1f} (must reach 30)")
        print(f"demo, a quarter in one press, processor seconds: {worked:.1f}")
        database = sqlite3.connect(files / DATABASE)
        repeats, rounds = repeated(database)
        sent, outside, over = beyond(database)
        print(f"demo, rounds lived: {rounds}")
        print(f"demo, pairs that met twice running: {repeats} (must reach 0)")
        print(f"demo, suggestions sent: {sent}")
        print(f"demo, suggestions outside hours or over a budget: {outside + over} (must reach 0)")


if __name__ == "__main__":
    main()
