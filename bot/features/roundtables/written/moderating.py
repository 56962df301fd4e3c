"""Asks one of those who joined to sum a round up, and the next one where somebody passes, leaves or has no time."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.roundtables.models import Roundtable, RoundtableTurn
from bot.features.roundtables.written import ending, people, rules, store, subjects, turn_messages
from bot.features.roundtables.written.drafting import stays_in_its_channel
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind, MessageClass
from bot.programs import store as programs
from bot.programs import telling
from bot.programs.models import Program
from bot.programs.rules import local_date
from bot.slack import blocks

TOLD = Kind(
    "roundtables.summary_told", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True
)


async def ask_next(session: AsyncSession, roundtable: Roundtable, program: Program, now: datetime) -> None:
    """Whose turn it is of those who were not asked so far; a line ends the round where nobody is left."""
    member = await _whose_turn(session, roundtable, program, now)
    roundtable.moderator_id = member.id if member is not None else None
    roundtable.version += 1
    if member is None:
        await ending.with_a_line(session, roundtable, now)
        return
    session.add(
        RoundtableTurn(
            round_id=roundtable.round_id,
            member_id=member.id,
            workspace_id=roundtable.workspace_id,
            asked_at=now,
            state=store.ASKED,
        )
    )
    roundtable.step = store.SUMMARY
    roundtable.due_at = await _until(session, member, now)
    await session.flush()
    await outbox.enqueue(session, turn_messages.asked(roundtable, member, now), now=now)


async def _whose_turn(session: AsyncSession, roundtable: Roundtable, program: Program, now: datetime) -> Member | None:
    asked = {each.member_id for each in await store.turns_of(session, roundtable)}
    if len(asked) >= rules.MOST_TURNS:
        return None
    joined = set(await programs.joined_members(session, program, local_date(now, program.tz)))
    if await stays_in_its_channel(session, roundtable):
        joined &= await store.writers(session, roundtable.workspace_id, roundtable.round_id)
    left = joined - asked - await people.sitting_out(session, roundtable)
    lately = await store.turns(session, program, now)
    while (member_id := rules.whose_turn(left, lately, luck=roundtable.round_id)) is not None:
        member = await members.by_id(session, program.workspace_id, member_id)
        if member is not None and await _can_be_asked(session, member, now):
            return member
        left.discard(member_id)
    return None


async def _can_be_asked(session: AsyncSession, member: Member, now: datetime) -> bool:
    return await people.can_be_asked(session, member, now, until=await _until(session, member, now))


async def _until(session: AsyncSession, member: Member, now: datetime) -> datetime:
    holidays = await programs.holidays(session, member.workspace_id)
    return rules.working_days_later(now, rules.WORKING_DAYS, member.tz, holidays)


async def pass_on(
    session: AsyncSession, roundtable: Roundtable, turn: RoundtableTurn, state: str, now: datetime
) -> None:
    """Somebody's turn of a locked round ends without a summary, and the next one is asked."""
    turn.state = state
    await session.flush()
    await outbox.withdraw(session, roundtable.workspace_id, subjects.turn(roundtable.round_id, turn.member_id), now=now)
    program = await programs.get(session, roundtable.workspace_id, roundtable.program_id)
    await ask_next(session, roundtable, program, now)


async def lapse(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """Two working days passed: a line ends the round, and nobody else is bothered."""
    roundtable.version += 1
    for turn in await store.turns_of(session, roundtable):
        if turn.state == store.ASKED:
            turn.state = store.RELEASED if roundtable.withheld else store.LAPSED  # hidden, nobody could sum it up
            subject = subjects.turn(roundtable.round_id, turn.member_id)
            await outbox.withdraw(session, roundtable.workspace_id, subject, now=now)
            await turn_messages.redraw(session, roundtable, turn, now)
    await ending.with_a_line(session, roundtable, now)


async def tell(session: AsyncSession, roundtable: Roundtable, member_id: int | None, text: str, now: datetime) -> None:
    """Somebody hears what became of what they wrote for a round."""
    member = await members.by_id(session, roundtable.workspace_id, member_id or 0)
    if member is not None:
        program = await programs.get(session, roundtable.workspace_id, roundtable.program_id)
        content = Content(text, [blocks.section(text)])
        key = f"{TOLD.name}:{roundtable.round_id}:{now.isoformat()}"
        await telling.tell(session, program, member, TOLD, content, key=key, now=now)


async def somebody_left(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Who was to sum up left Perennial, or was deactivated: somebody else is asked."""
    await _release(session, workspace_id, member_id, now)


async def stepped_back(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They began a pause, or take on nothing more for now: the same, and their message says so."""
    await _release(session, workspace_id, member_id, now, tells=True)


async def left_program(
    session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime
) -> None:
    """The same for whoever left one program."""
    await _release(session, workspace_id, member_id, now, program_id=program_id, tells=True)


async def _release(
    session: AsyncSession,
    workspace_id: int,
    member_id: int,
    now: datetime,
    *,
    program_id: int | None = None,
    tells: bool = False,
) -> None:
    for round_id in await store.waiting_for(session, workspace_id, member_id):
        roundtable = await store.get(session, workspace_id, round_id, lock=True)
        if program_id is not None and roundtable.program_id != program_id:
            continue
        for turn in await store.turns_of(session, roundtable):
            if turn.member_id == member_id and turn.state == store.ASKED:
                await pass_on(session, roundtable, turn, store.RELEASED, now)
                if tells:
                    await turn_messages.redraw(session, roundtable, turn, now)
