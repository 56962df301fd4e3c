"""How much of what Slack allows is used, with limits on and a loopback Slack that enforces them: and no 429."""

import asyncio
import tempfile
from dataclasses import replace

from benchmarks._started import counted, loopback
from benchmarks._worker import KIND, build
from bot.clock import utc_now
from bot.db import Database
from bot.delivery import outbox
from bot.delivery.limits import Limits
from bot.members.models import Workspace
from bot.messages import Channel, Content, Message, People
from bot.migrate import migrate
from bot.vault import new_key

SECONDS = 120
POSTS, OPENS = 300, 50  # a minute, in one workspace
SLACK = {"chat.postMessage": POSTS, "per_channel": 1.0, "conversations.open": OPENS}


async def main() -> None:
    """Three workspaces side by side: many conversations, one conversation, groups that have to be opened."""
    with tempfile.TemporaryDirectory() as folder:
        results = await asyncio.gather(
            measure(f"sqlite:///{folder}/many.db", [Channel(f"C{number % 60:03}") for number in range(900)]),
            measure(f"sqlite:///{folder}/one.db", [Channel("C001")] * 200),
            measure(f"sqlite:///{folder}/groups.db", [People((f"U{n}A", f"U{n}B"), ()) for n in range(200)]),
        )
    allowed = (POSTS * SECONDS / 60, float(SECONDS), OPENS * SECONDS / 60)
    names = ("limits_posts_percent_used", "limits_one_conversation_percent_used", "limits_groups_percent_used")
    for name, most, found in zip(names, allowed, results, strict=True):
        print(f"{name}: {100 * found['posts'] / most:.1f} (must reach 95; {found['posts']:.0f} in {SECONDS} s)")
    print(f"limits_refusals: {sum(found['refusals'] for found in results):.0f} (must be 0)")


async def measure(database_url: str, recipients: list[Channel | People]) -> dict[str, float]:
    """Queue more than fits, deliver in real time for a while, and ask Slack what came."""
    await migrate(database_url)
    async with loopback(SLACK) as slack_url:
        perennial = build(database_url, slack_url, new_key(), utc_now, Limits())
        perennial.registry.schedule.jobs = {"deliver": perennial.registry.schedule.jobs["deliver"]}
        await queue(perennial.database, recipients)
        await perennial.open()
        perennial.scheduler.start()
        await asyncio.sleep(SECONDS)
        found = await counted(slack_url)
        await perennial.close()
    return found


async def queue(database: Database, recipients: list[Channel | People]) -> None:
    """A message for each, due now."""
    now = utc_now()
    async with database.transaction() as session:
        token = database.vault.seal(b"xoxb-benchmark", "workspace token")
        workspace = Workspace(team_id="T0BENCH", name="Bench", installed_at=now, options={}, bot_token=token)
        session.add(workspace)
        await session.flush()
        note = Message(workspace.id, KIND.name, "n", recipients[0], "n", now, Content("Ana, meet Ben."))
        messages = [replace(note, to=to, dedupe_key=f"n:{number}") for number, to in enumerate(recipients)]
        await outbox.enqueue_all(session, messages, now=now)


if __name__ == "__main__":
    asyncio.run(main())
