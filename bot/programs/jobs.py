"""The clock asks: open what is due, tell people of tomorrow, and greet a workspace's first leads."""

from datetime import date, datetime
from functools import partial

from bot.delivery import outbox
from bot.members.store import recipients
from bot.messages import Message, People, Recipient
from bot.programs import first_hour, rounds, rules, store, telling, views
from bot.programs.kinds import ahead_of
from bot.programs.models import Program
from bot.registry import Tools
from bot.scheduler import one_by_one

BATCH = 500  # notices queued in one transaction


async def open_rounds(tools: Tools) -> int:
    """Open every round that is due, each in a transaction of its own."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(open_round, tools))


async def open_round(tools: Tools, found: tuple[int, int]) -> None:
    """Open one program's round, if nobody else did meanwhile; its owner hears of one that came too late."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        program = await store.get(session, *found, lock=True)
        if program.state != "active" or program.due_at is None or program.due_at > now:
            return
        missed = program.next_date
        if await rounds.open_due(session, program, now) is None and missed is not None:
            say = views.moved if ahead_of(session, program) is None else views.too_near
            news = say(program.name, missed, program.next_date)
            await telling.tell_owner(session, program, news, key=f"moved:{missed}", now=now)
        tools.log.info("round due", program=program.id, date=str(missed))


async def tell_of_tomorrow(tools: Tools) -> int:
    """Have the members of programs whose round is near hear of it."""
    async with tools.database.reading() as session:
        due = await store.notices_due(session, tools.clock())
    return await one_by_one(tools, due, partial(tell_members, tools))


async def tell_members(tools: Tools, found: tuple[int, int]) -> None:
    """Queue the notices of one round, a few hundred a transaction; a crash repeats, and the keys stop doubles."""
    beyond = 0
    while (reached := await _tell_some(tools, found, beyond)) is not None:
        beyond = reached


async def _tell_some(tools: Tools, found: tuple[int, int], beyond: int) -> int | None:
    """One batch, in order of member id; the last id reached, or None when nobody is left to be told."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        program = await store.get(session, *found, lock=True)
        day = program.next_date
        if program.state != "active" or program.notice_at is None or program.notice_at > now or day is None:
            return None
        member_ids = await store.joined_members(session, program, day, beyond=beyond, limit=BATCH)
        if not member_ids or program.due_at is None or program.due_at <= now:
            program.notice_at = None
            return None
        reachable = await recipients(session, program.workspace_id, member_ids)
        messages = [_notice(program, day, person, now, program.due_at) for person in reachable.values()]
        await outbox.enqueue_all(session, messages, now=now)
        return member_ids[-1]


def _notice(program: Program, day: date, person: Recipient, now: datetime, opens_at: datetime) -> Message:
    due_at = rules.in_their_hours(
        now,
        before=opens_at,
        tz=person.tz,
        hours_start=person.hours_start,
        hours_end=person.hours_end,
        work_days=person.work_days,
    )
    return Message(
        workspace_id=program.workspace_id,
        kind=views.NOTICE.name,
        subject=views.notice_subject(program.id, day),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"program:{program.id}:notice:{day}:v{program.version}:{person.member_id}",
        due_at=due_at,
        expires_at=opens_at,
    )


async def greet_leads(tools: Tools) -> int:
    """Walk the first leads of a new workspace through their first hour."""
    async with tools.database.reading() as session:
        workspaces = await store.ungreeted(session)
    return await one_by_one(tools, workspaces, partial(greet, tools))


async def greet(tools: Tools, workspace_id: int) -> None:
    """One workspace, once."""
    async with tools.database.transaction() as session:
        several = tools.settings.many_workspaces
        await first_hour.greet(session, workspace_id, only_known=several, now=tools.clock())
