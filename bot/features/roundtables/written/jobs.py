"""The clock asks: post the prompt of a round; one round a transaction."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import choosing, posting, rules, steps, store
from bot.features.roundtables.written.options import RoundtableOptions
from bot.programs import store as programs
from bot.programs.models import Program, Round
from bot.registry import Tools
from bot.scheduler import one_by_one


async def post(tools: Tools) -> int:
    """Post the prompt of every round that is due."""
    async with tools.database.reading() as session:
        due = await store.claimed(session, tools.clock())
    return await one_by_one(tools, due, partial(_post_one, tools))


async def _post_one(tools: Tools, found: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, *found, lock=True)
        if row.state != "claimed" or row.due_at is None or row.due_at > now:
            return
        program = await programs.get(session, row.workspace_id, row.program_id)
        if row.sends_at is not None and row.sends_at > now:
            row.due_at = row.sends_at  # sent by hand: it can be taken back until then
        elif program.state != "active" or program.channel is None:
            row.state, row.due_at, row.note = "stopped", None, "its program had stopped"
        else:
            await _begin(session, row, program, program.channel, now)


async def _begin(session: AsyncSession, row: Round, program: Program, channel: str, now: datetime) -> None:
    options = RoundtableOptions.model_validate(program.options)
    holidays = await programs.holidays(session, row.workspace_id)
    closes_at = rules.closing(now, options.open_days, program.tz, holidays)
    chosen = await choosing.choose(session, program)
    roundtable = Roundtable(
        round_id=row.id, workspace_id=row.workspace_id, program_id=program.id,
        slug=chosen.slug, theme=chosen.theme, skill=chosen.skill, proposal_id=chosen.proposal_id,
        question=chosen.question, hint=chosen.hint, opened_at=now, closes_at=closes_at,
        step=store.NUDGE, due_at=rules.middle(now, closes_at), version=1,
    )  # fmt: skip
    session.add(roundtable)
    await session.flush()
    await store.add_threads(session, roundtable, list(dict.fromkeys([channel, *options.channels])))
    await posting.post(session, roundtable, now)
    row.state, row.closes_at, row.due_at, row.lease_until = "sealed", closes_at, None, None


async def tend(tools: Tools) -> int:
    """Take every roundtable that is due one step further."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(_tend_one, tools))


async def _tend_one(tools: Tools, found: tuple[int, int]) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        await programs.get_round(session, *found, lock=True)  # first: a lead who stops it holds it, and waits for us
        roundtable = await store.get(session, *found, lock=True)
        if roundtable.due_at is not None and roundtable.due_at <= now:
            await steps.take(session, roundtable, now)
