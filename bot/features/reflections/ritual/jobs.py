"""The clock asks: post the question of a round, and close it some days later; one round a transaction."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.reflections import library
from bot.features.reflections.ritual import messages, rules, store, views
from bot.features.reflections.ritual.options import RitualOptions
from bot.members.rules import day_in_words
from bot.programs import store as programs
from bot.programs.models import Program, Round
from bot.programs.rules import in_their_hours
from bot.registry import Tools
from bot.scheduler import one_by_one

OPENS, CLOSES = 9 * 60, 17 * 60  # minutes after midnight, where the program is at home
LATEST = timedelta(days=4)


async def hold(tools: Tools) -> int:
    """Take every round that is due one step further."""
    async with tools.database.reading() as session:
        due = await store.rounds_due(session, tools.clock())
    return await one_by_one(tools, due, partial(take_step, tools))


async def take_step(tools: Tools, found: tuple[int, int]) -> None:
    """Claimed → posted (sealed) → closed, if it is still due."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        row = await programs.get_round(session, *found, lock=True)
        if row.state not in store.OPEN_STATES or row.due_at is None or row.due_at > now:
            return
        program = await programs.get(session, row.workspace_id, row.program_id)
        if row.state == "sealed":
            await _close(session, row, program, now)
        elif row.sends_at is not None and row.sends_at > now:
            row.due_at = row.sends_at  # sent by hand: it can be taken back until then
        else:
            await _post(session, row, program, now)


async def _post(session: AsyncSession, row: Round, program: Program, now: datetime) -> None:
    if program.channel is None:
        row.state, row.due_at, row.note = "closed", None, "there is no channel to post in"
        return
    words = library.rounds()
    slug = rules.choose(list(words), await store.asked(session, program), luck=program.id)
    await store.begin(session, row, slug, program.channel)
    ritual = await store.begun(session, row.workspace_id, row.id)
    closes_at = now + timedelta(days=RitualOptions.model_validate(program.options).open_days)
    local = closes_at.astimezone(ZoneInfo(program.tz)).date()
    said = views.question(row.id, words[slug], day_in_words(local, now.astimezone(ZoneInfo(program.tz)).date()))
    await outbox.enqueue(session, messages.question(ritual, said, now), now=now)
    row.state, row.closes_at, row.due_at, row.lease_until = "sealed", closes_at, closes_at, None


async def _close(session: AsyncSession, row: Round, program: Program, now: datetime) -> None:
    row.state, row.due_at = "closed", None
    ritual = await store.get(session, row.workspace_id, row.id)
    if ritual is None or ritual.ts is None or program.state == "ended":
        return
    due_at = in_their_hours(
        now, before=now + LATEST, tz=program.tz, hours_start=OPENS, hours_end=CLOSES, work_days=(0, 1, 2, 3, 4)
    )
    said = views.closed(await store.count(session, row.workspace_id, row.id))
    await outbox.enqueue(session, messages.closed(ritual, said, due_at), now=now)
