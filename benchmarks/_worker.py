"""A worker of its own that only delivers: what the benchmarks and the crash tests start, and kill.

With a clock file its time is moved: it jumps to whatever is due next, and ends when nothing is.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot import delivery
from bot.app import Perennial
from bot.clock import Clock, utc_now
from bot.delivery.limits import Limits
from bot.logs import set_up_logs
from bot.messages import Kind, MessageClass
from bot.settings import read_settings
from bot.vault import Vault

KIND = Kind("bench.note", MessageClass.ANSWER)


class FileClock:
    """Moved time in a file, so that the make-believe Slack and every worker after the next kill share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.time = datetime.fromisoformat(path.read_text(encoding="ascii"))

    def __call__(self) -> datetime:
        return self.time

    def move_to(self, moment: datetime) -> None:
        """Let time pass, for everybody who reads the file."""
        self.time = max(self.time, moment.astimezone(UTC))
        fresh = self.path.with_suffix(".new")
        fresh.write_text(self.time.isoformat(), encoding="ascii")
        fresh.replace(self.path)  # whoever reads meanwhile, or is killed, meets a whole time


def build(database_url: str, slack_url: str, key: str, clock: Clock, limits: Limits) -> Perennial:
    """A bot that knows one more kind of message, with limits of our own choosing."""
    set_up_logs("error", "console")  # to stderr: what is printed is for the benchmark
    settings = read_settings(
        _env_file=None,
        slack_bot_token="xoxb-benchmark",
        slack_signing_secret="benchmark",
        slack_api_url=slack_url,
        database_url=database_url,
        perennial_secret_key=key,
    )
    perennial = Perennial(settings, Vault.from_setting(key), clock)
    perennial.registry.kinds.add(KIND)
    delivery.register(perennial.registry, limits)
    return perennial


async def deliver_all(perennial: Perennial, clock: FileClock) -> None:
    """Deliver, jumping through moved time, until nothing waits any more."""
    await perennial.open()
    job = perennial.registry.schedule.jobs["deliver"]
    while True:
        async with perennial.database.reading() as session:
            due = await job.next_due(session)
        if due is None:
            break
        clock.move_to(due)
        await job.run(perennial.tools)
    await perennial.close()


async def deliver_now(perennial: Perennial) -> None:
    """Deliver in real time what is due now, once told to begin; then say so."""
    await perennial.open()
    job = perennial.registry.schedule.jobs["deliver"]
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    while await job.run(perennial.tools):
        pass
    print("done", flush=True)
    await perennial.close()


def main() -> None:
    """`_worker.py DATABASE SLACK KEY [CLOCK_FILE]`."""
    database_url, slack_url, key, *clock_file = sys.argv[1:]
    if clock_file:
        clock = FileClock(Path(clock_file[0]))
        asyncio.run(
            deliver_all(build(database_url, slack_url, key, clock, Limits.off(in_flight=10)), clock)
        )  # ten, as in life
    else:
        asyncio.run(deliver_now(build(database_url, slack_url, key, utc_now, Limits.off())))


if __name__ == "__main__":
    main()
