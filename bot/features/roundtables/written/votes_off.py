"""Takes back the vote of a program that ended meanwhile: there is no next round to choose a question for."""

from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock, utc_now
from bot.features.roundtables.written.voting import BALLOT
from bot.gatherings.ballots import acting
from bot.gatherings.ballots import store as ballots
from bot.gatherings.models import Ballot
from bot.programs.models import Program
from bot.registry import Tools
from bot.scheduler import one_by_one


async def next_due(session: AsyncSession) -> datetime | None:
    """At once, where there is one."""
    clock: Clock = session.info.get("clock", utc_now)
    return clock() if await _over(session) else None


async def take_back(tools: Tools) -> int:
    """Every one of them."""
    async with tools.database.reading() as session:
        over = await _over(session)
    return await one_by_one(tools, over, partial(_take_one_back, tools))


async def _take_one_back(tools: Tools, found: tuple[int, int]) -> None:
    async with tools.database.transaction() as session:
        await acting.take_back(session, await acting.locked(session, *found), now=tools.clock())


async def _over(session: AsyncSession) -> list[tuple[int, int]]:
    """(workspace id, ballot id); a program that ended is never taken up again."""
    query = (
        select(Ballot.workspace_id, Ballot.id)
        .join(Program, Program.id == Ballot.program_id)
        .where(
            Program.state == "ended",
            Ballot.state == ballots.OPEN,
            Ballot.subject.startswith(f"{BALLOT.name}:"),
            Ballot.due_at.is_not(None),
        )
        .order_by(Ballot.id)
        .limit(50)
    )
    return [(row.workspace_id, row.id) for row in await session.execute(query)]
