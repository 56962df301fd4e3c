"""From a reply in a question's thread until it is stored, and until whoever asked reads it, with the real clock and metronome.

The bot and the make-believe Slack share a process and its two cores, so that what is measured is slower than apart.
"""

import asyncio
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
import yaml
from sqlalchemy import func, select

from bot.clock import stopwatch, utc_now
from bot.features.questions import lifecycle, messages, store
from bot.features.questions.models import Answer, Asked
from bot.features.questions.rules import Draft, Words
from bot.members import changes
from bot.members import store as members
from bot.members.changes import Hours
from bot.members.models import Member
from playground.bot_side import BotSide
from playground.server import SlackServer
from playground.workspace import Workspace

ROOT = Path(__file__).parents[1]
THREADS, REPLIES, GAP = 10, 200, 0.1  # replies, one every tenth of a second, turn by turn in each thread
LONGEST = 30.0  # seconds until we stop looking


async def main() -> None:
    """Ten threads, two hundred replies."""
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer()], logger_factory=structlog.ReturnLoggerFactory()
    )
    workspace = Workspace(":memory:", clock=utc_now)
    workspace.install(yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8")))
    server = SlackServer(workspace)
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        side = BotSide(server, f"sqlite:///{folder}/perennial.db", utc_now)  # type: ignore[arg-type]  # time as it is
        await side.start()
        side.perennial.scheduler.start()
        threads = [await begun(side, workspace, number) for number in range(THREADS)]
        stored, read = await answered(side, server, workspace, threads)
        await side.stop()
    await server.stop()
    for name, waits in (("stored", stored), ("read_by_the_asker", read)):
        ordered = sorted(waits)
        print(f"reply_{name}_p50_milliseconds: {statistics.median(ordered) * 1000:.0f}")
        print(
            f"reply_{name}_slowest_milliseconds: {ordered[-1] * 1000:.0f} (of {len(ordered)}; stored: must stay under 2000)"
        )


async def begun(side: BotSide, workspace: Workspace, number: int) -> tuple[str, str, str]:
    """A question somebody holds: the mentor's Slack id, and channel and ts of their thread."""
    now, users = utc_now(), [workspace.add_user(f"{who}{number}")["id"] for who in ("asker", "mentor")]
    async with side.perennial.database.transaction() as session:
        asker, mentor = [await joined(session, user, now) for user in users]
        draft = Draft(Words(f"What would you do with case {number}?"), "question", "days", f"mentor:{mentor.id}")
        question = await lifecycle.start(session, asker, draft, now=now)
        question.state, question.due_at = "held", None
        asked = Asked(
            workspace_id=asker.workspace_id, question_id=question.id, member_id=mentor.id, step=0, role="mentor",
            state="asked", reasons=[], asked_at=now,
        )  # fmt: skip
        session.add(asked)
        await session.flush()
        await messages.ask(session, question, asked, mentor, now=now, expires_at=now + timedelta(days=1))
    ask = await until(lambda: place_of(side, question.id, mentor.id))
    async with side.perennial.database.transaction() as session:
        asked = (await session.execute(select(Asked).where(Asked.id == ask.id))).scalar_one()
        asked.state, asked.claimed_at = "claimed", now
    return users[1], ask.channel, ask.ts


async def joined(session: Any, user: str, now: Any) -> Member:
    """Somebody who is at their desk whatever the hour."""
    member = await members.meet(session, 1, user)
    member.seen_at = now
    changes.set_hours(member, Hours(0, 24 * 60, (0, 1, 2, 3, 4, 5, 6), 9))
    await changes.join(session, member, now=now)
    return member


async def place_of(side: BotSide, question_id: int, member_id: int) -> Asked | None:
    """Where somebody was asked, once they were."""
    async with side.perennial.database.reading() as session:
        question = await store.get(session, 1, question_id)
        asked = await store.asked_as(session, question, member_id)
        return asked if asked is not None and asked.ts is not None else None


async def answered(
    side: BotSide, server: SlackServer, workspace: Workspace, threads: list[tuple[str, str, str]]
) -> tuple[list[float], list[float]]:
    """Write, and look every hundredth of a second whether it is stored, and carried."""
    stored, read = [], []
    for number in range(REPLIES):
        user, channel, ts = threads[number % len(threads)]
        words = f"Reply number {number} of this measurement."
        began = stopwatch()
        writing = asyncio.create_task(server.acts.post(user, channel, words, ts))
        await until(lambda wanted=number + 1: some(side, wanted))
        stored.append(stopwatch() - began)
        await until(lambda said=words: carried(workspace, said))
        read.append(stopwatch() - began)
        await writing
        await asyncio.sleep(GAP)
    return stored, read


async def some(side: BotSide, wanted: int) -> bool:
    """Whether so many answers are stored."""
    async with side.perennial.database.reading() as session:
        return (await session.execute(select(func.count(Answer.id)))).scalar_one() >= wanted


async def carried(workspace: Workspace, words: str) -> bool:
    """Whether the bot has said it in another thread."""
    query = "SELECT count(*) FROM messages WHERE author = ? AND doc LIKE ?"
    return bool(workspace.db.execute(query, (workspace.bot_user_id, f"%{words}%")).fetchone()[0])


async def until(look: Any) -> Any:
    """What `look` finds, once it finds something."""
    began = stopwatch()
    while stopwatch() - began < LONGEST:
        if found := await look():
            return found
        await asyncio.sleep(0.01)
    raise TimeoutError("it did not come")


if __name__ == "__main__":
    asyncio.run(main())
