"""Reminds those who joined, once and gently, where a round is quiet by the middle of its time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.roundtables.models import Roundtable, RoundtableThread
from bot.features.roundtables.written import people, redrawing, rules, store, subjects, turn_views, views
from bot.members.store import recipients
from bot.messages import Content, Kind, Message, MessageClass, People, Recipient
from bot.programs import store as programs
from bot.programs.models import Program
from bot.programs.phrases import day
from bot.programs.rules import local_date

NUDGE = Kind(
    "roundtables.nudge",
    MessageClass.SUGGESTION,
    priority=55,
    expires=timedelta(days=3),
    noun=("a question at a roundtable", "questions at roundtables"),
)
CHANGED = Kind("roundtables.nudge_changed", MessageClass.ANSWER, priority=30, expires=timedelta(days=7), cost=0)
BATCH = 500


async def nudge(session: AsyncSession, roundtable: Roundtable, now: datetime, *, beyond: int = 0) -> int | None:
    """Those who joined and have not written, some hundreds at a time; the last one looked at, or None at the end.

    Nobody, where enough goes on.
    """
    program = await programs.get(session, roundtable.workspace_id, roundtable.program_id)
    opened = await store.threads(session, roundtable, store.OPEN)
    wrote = await store.writers(session, roundtable.workspace_id, roundtable.round_id)
    if roundtable.withheld or not _helps(program, opened, wrote):
        return None
    today = local_date(now, program.tz)
    joined = await programs.joined_members(session, program, today, beyond=beyond, limit=BATCH)
    leave_out = wrote | await people.sitting_out(session, roundtable)
    reachable = await recipients(session, program.workspace_id, [each for each in joined if each not in leave_out])
    messages = [_message(roundtable, each, now) for each in reachable.values() if each.reachable]
    await outbox.enqueue_all(session, messages, now=now)
    return joined[-1] if len(joined) == BATCH else None


def _message(roundtable: Roundtable, person: Recipient, now: datetime) -> Message:
    return Message(
        workspace_id=roundtable.workspace_id,
        kind=NUDGE.name,
        subject=subjects.nudge(roundtable.round_id),
        to=People((person.slack_id,), (person.member_id,)),
        dedupe_key=f"roundtable:{roundtable.round_id}:nudge:{person.member_id}",
        due_at=now,
        expires_at=roundtable.closes_at,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As things stand when it leaves: nothing for whoever wrote or left meanwhile, and nothing once it is closed."""
    round_id, (member_id,) = subjects.round_in(delivery.subject), delivery.member_ids
    roundtable = await store.find(session, delivery.workspace_id, round_id)
    if roundtable is None or roundtable.withheld or not store.is_open(roundtable):
        return None
    wrote = await store.writers(session, delivery.workspace_id, round_id)
    program = await programs.get(session, delivery.workspace_id, roundtable.program_id)
    said = await programs.enrolment(session, program, member_id)
    threads = await store.threads(session, roundtable, store.OPEN)
    if member_id in wrote or said is None or said.state != "joined" or not _helps(program, threads, wrote):
        return None
    return _open(roundtable, program, threads)


def _helps(program: Program, opened: Sequence[RoundtableThread], wrote: set[int]) -> bool:
    return bool(opened) and program.state == "active" and rules.is_quiet(len(wrote), len(opened))


def _open(roundtable: Roundtable, program: Program, threads: Sequence[RoundtableThread]) -> Content:
    closes = day(local_date(roundtable.closes_at, program.tz))
    return turn_views.nudge(program.id, roundtable.question, [each.channel for each in threads], closes)


async def redraw(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """What people were reminded of is hidden, or back. Locked: what leaves just now was drawn before."""
    query = (
        select(Delivery)
        .where(
            Delivery.workspace_id == roundtable.workspace_id,
            Delivery.subject == subjects.nudge(roundtable.round_id),
            Delivery.kind == NUDGE.name,
        )
        .order_by(Delivery.id)
        .with_for_update()
    )
    sent = [each for each in (await session.execute(query)).scalars() if each.state in redrawing.ON_ITS_WAY]
    changes = [redrawing.again(each, CHANGED, roundtable.version, now) for each in sent]
    await outbox.enqueue_all(session, changes, now=now)


async def draw_again(session: AsyncSession, delivery: Delivery) -> Content | None:
    """How it stands by then: hidden, open, or over."""
    roundtable = await store.get(session, delivery.workspace_id, subjects.round_in(delivery.subject))
    if roundtable.withheld:
        return views.withheld()
    threads = await store.threads(session, roundtable, store.OPEN)
    if not threads:
        return turn_views.was_open(roundtable.question)
    program = await programs.get(session, delivery.workspace_id, roundtable.program_id)
    return _open(roundtable, program, threads)
