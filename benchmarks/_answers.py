"""A bot that answers Slack over HTTP while it makes a round of 10,000 people when told to: what the benchmark measures."""

import asyncio
import socket
import sys
from datetime import datetime

import uvicorn
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks._round import MONDAY, fill
from bot.app import Perennial
from bot.clock import utc_now
from bot.logs import set_up_logs
from bot.members.models import Workspace
from bot.pace import answer_first
from bot.registry import Answer, Event, Tools
from bot.settings import read_settings
from bot.vault import Vault
from bot.web.site import make_site

EVENT = "reaction_added"


async def note(session: AsyncSession, event: Event, tools: Tools) -> list[Answer]:
    """A handler whose only effect is that the event is done."""
    return []


async def main() -> None:
    """`_answering.py DATABASE SLACK KEY SECRET`: says its port; on each line it reads, makes the round and says so."""
    database_url, slack_url, key, secret = sys.argv[1:]
    set_up_logs("error", "console")  # to stderr: what is printed is for the benchmark
    settings = read_settings(
        _env_file=None,
        slack_bot_token="xoxb-benchmark",
        slack_signing_secret=secret,
        slack_api_url=slack_url,
        database_url=database_url,
        perennial_secret_key=key,
    )
    ahead = utc_now() - MONDAY

    def on_that_monday() -> datetime:
        return utc_now() - ahead

    perennial = Perennial(settings, Vault.from_setting(key), on_that_monday)
    perennial.registry.events.on(EVENT, note)
    await fill(perennial)
    async with perennial.database.transaction() as session:
        workspace = await session.get_one(Workspace, 1)
        workspace.bot_token = perennial.database.vault.seal(b"xoxb-benchmark", "workspace token")
        workspace.bot_user_id, workspace.bot_id = "U0BOT", "B0BOT"
    await perennial.open()
    await serve(perennial)


async def serve(perennial: Perennial) -> None:
    """As `perennial serve` does, but on a port of its own and with the round on demand."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    config = uvicorn.Config(make_site(perennial), lifespan="off", log_config=None, access_log=False)
    server = uvicorn.Server(config)
    web = asyncio.create_task(server.serve(sockets=[listener]))
    answer_first()
    print(listener.getsockname()[1], flush=True)
    jobs = perennial.registry.schedule.jobs
    while await asyncio.to_thread(sys.stdin.readline):
        await jobs["open rounds"].run(perennial.tools)
        made = await jobs["make rounds of introductions"].run(perennial.tools)
        print(f"{made} {perennial.database.longest_write * 1000:.0f}", flush=True)
    server.should_exit = True
    await web
    await perennial.close()
