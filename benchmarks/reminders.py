"""A thousand people's fifteen-minute reminders: whether they begin at the minute, and leave as fast as Slack lets them.

Real time and a loopback Slack that enforces its limits; less urgent messages are due in the same minute and must wait.
"""

import asyncio
import tempfile
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from benchmarks._started import counted, loopback
from benchmarks._worker import build
from bot.clock import stopwatch, utc_now
from bot.db import Database, insert_new
from bot.delivery import outbox
from bot.delivery.limits import Limits
from bot.delivery.models import Delivery
from bot.gatherings import messages, rules
from bot.gatherings.models import Gathering, Seat
from bot.members.models import Member, Workspace
from bot.messages import Content, Message, People
from bot.migrate import migrate
from bot.programs.models import Program
from bot.vault import new_key
from tests.postgres import PostgresServer, find_binaries, run_server

ATTENDEES, OTHERS = 1_000, 200
POSTS_A_MINUTE = 300
SLACK = {"chat.postMessage": POSTS_A_MINUTE, "per_channel": 1.0}
LEAD = timedelta(seconds=20)  # from now until the minute at which the reminders are due
PATIENCE = 15 * 60  # seconds: by then the session has begun


async def main() -> None:
    """Both databases, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        await measure("sqlite", f"sqlite:///{folder}/reminders.db")
    for url in run_server(find_binaries()):
        server = PostgresServer(url)
        await measure("postgresql", server.create_database())
        server.drop_all()


async def measure(name: str, database_url: str) -> None:
    """From the moment they are queued until the last one is sent."""
    await migrate(database_url)
    async with loopback(SLACK) as slack_url:
        perennial = build(database_url, slack_url, new_key(), utc_now, Limits())
        wanted = ("deliver", "take gatherings further")
        jobs = perennial.registry.schedule.jobs
        perennial.registry.schedule.jobs = {each: jobs[each] for each in wanted}
        minute = utc_now() + LEAD
        await fill(perennial.database, minute)
        await perennial.open()
        began = stopwatch()
        perennial.scheduler.start()
        queued = await until(perennial.database, ATTENDEES)
        print(f"reminders_{name}_queued_seconds: {queued - began:.1f} (before the minute: {LEAD.seconds})", flush=True)
        await until(perennial.database, ATTENDEES, "sent")
        refusals = (await counted(slack_url))["refusals"]
        await say(name, perennial.database, minute, refusals)
        await perennial.close()


async def fill(database: Database, minute: datetime) -> None:
    """A session a quarter of an hour after the minute, its people, and messages that are less urgent."""
    now = utc_now()
    async with database.transaction() as session:
        token = database.vault.seal(b"xoxb-benchmark", "workspace token")
        workspace = Workspace(team_id="T0BENCH", name="Bench", installed_at=now, options={}, bot_token=token)
        session.add(workspace)
        await session.flush()
        people = [
            Member(workspace_id=workspace.id, slack_id=f"U{number:05}", name=f"P{number}", joined_at=now, seen_at=now)
            for number in range(ATTENDEES + OTHERS)
        ]
        session.add_all(people)
        program = Program(
            workspace_id=workspace.id, kind="bench", name="Stories", state="active", tz="UTC", every_weeks=1,
            starts_on=date(2026, 1, 1), weekday=1, at_minute=600, options={}, created_at=now,
        )  # fmt: skip
        session.add(program)
        await session.flush()
        gathering = Gathering(
            workspace_id=workspace.id, program_id=program.id, kind="bench", starts_at=minute + rules.BEFORE["soon"],
            tz="UTC", minutes=20, link="https://call.example/1", state="planned", step="soon", due_at=now, created_at=now,
        )  # fmt: skip
        session.add(gathering)
        await session.flush()
        rows = [
            {
                "gathering_id": gathering.id, "member_id": each.id, "workspace_id": workspace.id, "state": rules.COMING,
                "since": now,
            }
            for each in people[:ATTENDEES]
        ]  # fmt: skip
        await insert_new(session, Seat, rows, unique=("gathering_id", "member_id"), returning=Seat.member_id)
        later = [
            Message(
                workspace.id, messages.REMINDER.name, "bench", People((each.slack_id,), (each.id,)), f"later:{each.id}",
                minute, Content("Tuesday 10:00, your time: Stories."),
            )
            for each in people[ATTENDEES:]
        ]  # fmt: skip
        await outbox.enqueue_all(session, later, now=now)


async def until(database: Database, enough: int, *states: str) -> float:
    """When so many reminders are in one of these states, or in any; after our patience, when that ended."""
    patience = stopwatch() + PATIENCE
    for _ in range(PATIENCE * 10):
        if await many(database, *states) >= enough or stopwatch() > patience:
            break
        await asyncio.sleep(0.1)
    return stopwatch()


async def many(database: Database, *states: str) -> int:
    """How many reminders are in one of these states, or in any."""
    query = select(func.count()).where(Delivery.kind == messages.SOON.name)
    async with database.reading() as session:
        return int((await session.execute(query.where(Delivery.state.in_(states)) if states else query)).scalar_one())


async def say(name: str, database: Database, minute: datetime, refusals: float) -> None:
    """The figures."""
    async with database.reading() as session:
        query = select(Delivery.kind, Delivery.started_at, Delivery.settled_at).where(Delivery.state == "sent")
        rows = (await session.execute(query)).all()
    soon = [row for row in rows if row.kind == messages.SOON.name]
    first, last = min(row.started_at for row in soon), max(row.settled_at for row in soon)
    overtook = sum(row.started_at < max(each.started_at for each in soon) for row in rows if row not in soon)
    least = (len(soon) / POSTS_A_MINUTE) * 60
    took = (last - minute).total_seconds()
    print(f"reminders_{name}_sent: {len(soon)} (must be {ATTENDEES})")
    print(f"reminders_{name}_first_after_the_minute_seconds: {(first - minute).total_seconds():.2f} (at the minute)")
    print(f"reminders_{name}_all_sent_after_seconds: {took:.0f} (Slack allows {least:.0f}; the session begins at 900)")
    print(f"reminders_{name}_percent_of_what_slack_allows: {100 * least / took:.1f} (must reach 95)")
    print(f"reminders_{name}_less_urgent_ones_that_overtook: {overtook} (must be 0)")
    print(f"reminders_{name}_refusals: {refusals:.0f} (must be 0)", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
