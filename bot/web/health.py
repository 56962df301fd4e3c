"""Alive and ready: what a supervisor asks before it restarts us or sends us work."""

from datetime import timedelta
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.db import Database
from bot.registry import Tools
from bot.scheduler import Scheduler
from bot.schema import newest, revision_of

LATE = timedelta(minutes=2)


class Running(Protocol):
    """What health looks at in a running bot."""

    database: Database
    tools: Tools
    scheduler: Scheduler
    works: bool  # whether this process runs jobs
    slack_ok: bool  # whether Slack last knew our token

    @property
    def socket_ok(self) -> bool | None: ...  # whether the socket is connected; None without Socket Mode


async def what_is_not_ready(bot: Running) -> list[str]:
    """Why this process should not be given work, a line each; empty when it is ready."""
    reasons = []
    try:
        async with bot.database.reading() as session:
            await session.execute(text("SELECT 1"))
            found = await (await session.connection()).run_sync(_revision)
        if found != newest():
            reasons.append(f"database: at migration {found}, the code wants {newest()}; run perennial migrate")
    except (SQLAlchemyError, OSError) as error:
        reasons.append(f"database: {type(error).__name__}")
    if not bot.slack_ok:
        reasons.append("slack: the token was not accepted; run perennial doctor")
    if bot.socket_ok is False:
        reasons.append("socket: not connected to Slack")
    last = bot.scheduler.last_tick
    if bot.works and (last is None or bot.tools.clock() - last > LATE):
        reasons.append("jobs: the metronome has not beaten for two minutes")
    return reasons


def _revision(connection: Connection) -> str | None:
    return revision_of(connection)
