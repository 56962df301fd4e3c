"""Rounds: opened once when they are due, drafted for a look, sent by hand, taken back, skipped, stopped."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.programs import rules, store
from bot.programs.kinds import ahead_of, kind_of
from bot.programs.models import Program, Round


async def draft(session: AsyncSession, program: Program, now: datetime) -> Round:
    """The draft of the program's next round, for previews: made when first asked for. The program must be locked."""
    found = await store.draft_of(session, program)
    if found is not None:
        return found
    found = _number(program, state="draft", local_date=program.next_date, now=now)
    session.add(found)
    await session.flush()
    return found


async def open_due(session: AsyncSession, program: Program, now: datetime) -> Round | None:
    """Open the round of a locked program that is due, and look ahead; None where it was missed and so is moved."""
    assert program.next_date is not None and program.due_at is not None, "what is due has a date"
    if _missed(session, program, now):
        program.skip_through = program.next_date
        await store.reschedule(session, program, now)
        return None
    opened = await _claim(session, program, local_date=program.next_date, now=now, sends_at=now)
    await store.reschedule(session, program, now)
    return opened


async def send_now(session: AsyncSession, program: Program, now: datetime) -> Round:
    """Open a round at once, beside the calendar; it leaves in ten minutes, so that it can be taken back until then."""
    if program.state != "active":
        raise TooLate("This program is not running, so there is nothing to send. Resume it first.")
    if ahead_of(session, program) is not None:
        raise TooLate("Sessions of this program are planned for their dates, so none is sent by hand.")
    newest = await store.newest_round(session, program)
    if newest is not None and can_be_undone(newest, now):
        raise TooLate(f"Round {newest.number} is about to leave already. Undo it first, or let it go.")
    return await _claim(session, program, local_date=None, now=now, sends_at=now + rules.UNDO_FOR)


async def undo_send(session: AsyncSession, opened: Round, program: Program, now: datetime) -> None:
    """Take back a locked round before anything of it left; its seating stays as a draft, where its kind keeps one."""
    if not can_be_undone(opened, now):
        raise TooLate("This round has begun to leave, so it can't be taken back any more. You can still stop the rest.")
    keeps_draft = await kind_of(session, program).undo(session, opened, now)
    opened.due_at = opened.sends_at = opened.lease_until = opened.closes_at = None
    if keeps_draft and await store.draft_of(session, program) is None:
        opened.state, opened.local_date = "draft", program.next_date
    else:
        opened.state, opened.note = "stopped", "taken back before it left"
    await session.flush()


async def stop_round(session: AsyncSession, opened: Round, program: Program, now: datetime) -> str:
    """Stop a locked round that is being sent; a sentence that says who already got theirs."""
    if opened.state not in store.UNDER_WAY:
        raise TooLate("This round is over, so there is nothing left to stop.")
    outcome = await kind_of(session, program).stop(session, opened, now)
    opened.state, opened.due_at, opened.lease_until, opened.note = "stopped", None, None, outcome
    return outcome


async def skip_next(session: AsyncSession, program: Program, now: datetime) -> date:
    """Have nothing happen on a locked program's next date; which date that was."""
    skipped = program.next_date
    if program.state != "active" or skipped is None:
        raise TooLate("This program has no next date, so there is nothing to skip.")
    if ahead_of(session, program) is not None:
        raise TooLate("Sessions of this program are planned ahead. Move one or call it off on its own page.")
    program.skip_through = skipped
    await store.reschedule(session, program, now)
    return skipped


async def undo_skip(session: AsyncSession, program: Program, now: datetime) -> date | None:
    """Bring a skipped date back, if it has not passed; the next date as it is then."""
    program.skip_through = None
    await store.reschedule(session, program, now)
    return program.next_date


def can_be_undone(opened: Round, now: datetime) -> bool:
    """Whether nothing of it has left yet."""
    return opened.state in store.UNDER_WAY and opened.sends_at is not None and now < opened.sends_at


def _missed(session: AsyncSession, program: Program, now: datetime) -> bool:
    assert program.next_date is not None and program.due_at is not None, "what is due has a date"
    if ahead_of(session, program) is None:
        return rules.too_late(program.due_at, now)
    return rules.too_late_to_prepare(rules.moment(program.next_date, program.at_minute, program.tz), now)


async def _claim(
    session: AsyncSession, program: Program, *, local_date: date | None, now: datetime, sends_at: datetime
) -> Round:
    """Promote the stored draft, or begin a new round, with the program row locked."""
    opened = await store.draft_of(session, program)
    if opened is None:
        opened = _number(program, state="claimed", local_date=local_date, now=now)
        session.add(opened)
    opened.state, opened.local_date = "claimed", local_date
    opened.opened_at, opened.due_at, opened.sends_at, opened.note = now, now, sends_at, None
    await session.flush()
    return opened


def _number(program: Program, *, state: str, local_date: date | None, now: datetime) -> Round:
    program.last_number += 1
    return Round(
        workspace_id=program.workspace_id,
        program_id=program.id,
        number=program.last_number,
        local_date=local_date,
        state=state,
        opened_at=now,
    )
