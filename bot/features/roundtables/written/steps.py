"""What happens to a round by itself: a reminder if it is quiet, its end, whose turn it is, and that it is forgotten."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import (
    ending,
    moderating,
    nudging,
    posting,
    reactions_store,
    replies_store,
    rules,
    store,
    subjects,
)
from bot.programs import store as programs


async def take(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """The step that is due of a locked one."""
    if store.step_of(roundtable) == store.NUDGE:
        await _nudge(session, roundtable, now)
    elif roundtable.step == store.CLOSE:
        await _close(session, roundtable, now)
    elif roundtable.step == store.SUMMARY:
        await moderating.lapse(session, roundtable, now)
    elif roundtable.step == store.FORGET:
        await replies_store.forget_words(session, roundtable)
        await reactions_store.forget_round(session, roundtable)
        roundtable.step, roundtable.due_at = store.DONE, None  # a summary that stands there can still be reported


async def _nudge(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    beyond = int(roundtable.step.partition(":")[2] or 0)
    reached = await nudging.nudge(session, roundtable, now, beyond=beyond) if now < roundtable.closes_at else None
    if reached is None:
        roundtable.step, roundtable.due_at = store.CLOSE, roundtable.closes_at
    else:
        roundtable.step, roundtable.due_at = f"{store.NUDGE}:{reached}", now


async def _close(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    row = await programs.get_round(session, roundtable.workspace_id, roundtable.round_id, lock=True)
    if row.state == "sealed":
        row.state = "closed"
    await posting.take_back(session, roundtable, now)
    opened = await store.threads(session, roundtable, store.OPEN)
    for thread in opened:
        thread.state = store.CLOSED
    await outbox.withdraw(session, roundtable.workspace_id, subjects.nudge(roundtable.round_id), now=now)
    program = await programs.get(session, roundtable.workspace_id, roundtable.program_id)
    wrote = await store.writers(session, roundtable.workspace_id, roundtable.round_id)
    needs_none = len(wrote) < rules.FEWEST_WRITERS or not opened  # of one voice, or with nowhere to stand
    if needs_none or program.state == "ended" or roundtable.withheld:
        await ending.with_a_line(session, roundtable, now)
    else:
        await moderating.ask_next(session, roundtable, program, now)
