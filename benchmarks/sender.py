"""How many deliveries a second leave with limits off: one worker on SQLite, one and two on PostgreSQL."""

import asyncio
import statistics
import tempfile

from benchmarks._started import counted, ended, loopback, said, started, told
from benchmarks._worker import KIND, build
from bot.clock import stopwatch, utc_now
from bot.db import Database
from bot.delivery import outbox
from bot.delivery.limits import Limits
from bot.members.models import Workspace
from bot.messages import Channel, Content, Message
from bot.migrate import migrate
from bot.vault import new_key
from tests.postgres import PostgresServer, find_binaries, run_server

MESSAGES, CONVERSATIONS, RUNS = 3_000, 1_000, 3


async def main() -> None:
    """The middle of three runs each."""
    with tempfile.TemporaryDirectory() as folder:
        rates = [await rate(f"sqlite:///{folder}/{run}.db", workers=1) for run in range(RUNS)]
        print(f"sender_sqlite_one_worker_per_second: {statistics.median(rates):.0f} (must reach 300)", flush=True)
    for url in run_server(find_binaries()):
        server = PostgresServer(url)
        for workers, must in ((1, 300), (2, 500)):
            rates = [await rate(server.create_database(), workers=workers) for _ in range(RUNS)]
            name = "one_worker" if workers == 1 else "two_workers"
            print(
                f"sender_postgresql_{name}_per_second: {statistics.median(rates):.0f} (must reach {must})", flush=True
            )
        server.drop_all()


async def rate(database_url: str, *, workers: int) -> float:
    """Deliveries a second, from the word go until the last worker found nothing more."""
    key = new_key()
    await migrate(database_url)
    async with loopback() as slack_url:
        perennial = build(database_url, slack_url, key, utc_now, Limits.off())
        await queue(perennial.database)
        await perennial.close()
        crew = [await started("benchmarks._worker", database_url, slack_url, key) for _ in range(workers)]
        for worker in crew:
            assert await said(worker) == "ready"
        began = stopwatch()
        for worker in crew:
            await told(worker)
        for worker in crew:
            assert await said(worker) == "done"
        seconds = stopwatch() - began
        found = await counted(slack_url)
        for worker in crew:
            await ended(worker)
    if found["posts"] != MESSAGES or found["twice"]:
        raise RuntimeError(f"{found} instead of {MESSAGES} messages, each once")
    return MESSAGES / seconds


async def queue(database: Database, *, workspace_team: str = "T0BENCH") -> None:
    """The messages, round and round through the conversations."""
    now = utc_now()
    async with database.transaction() as session:
        token = database.vault.seal(b"xoxb-benchmark", "workspace token")
        workspace = Workspace(team_id=workspace_team, name="Bench", installed_at=now, options={}, bot_token=token)
        session.add(workspace)
        await session.flush()
        content = Content("Ana, meet Ben.", [{"type": "section", "text": {"type": "mrkdwn", "text": "Ana, meet Ben."}}])
        messages = [
            Message(workspace.id, KIND.name, f"n:{n}", Channel(f"C{n % CONVERSATIONS:05}"), f"n:{n}", now, content)
            for n in range(MESSAGES)
        ]
        await outbox.enqueue_all(session, messages, now=now)


if __name__ == "__main__":
    asyncio.run(main())
