"""Puts what programs say into the outbox: to an owner, to everybody who was told of a round, in place of a used button."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind, Message, People
from bot.programs import store, views
from bot.programs.kinds import kinds_of
from bot.programs.models import Program
from bot.slack import home
from bot.slack.act import Act
from bot.slack.used import in_place


async def tell(
    session: AsyncSession, program: Program, member: Member, kind: Kind, content: Content, *, key: str, now: datetime
) -> None:
    """One message about a program to one person."""
    message = Message(
        workspace_id=program.workspace_id,
        kind=kind.name,
        subject=f"program:{program.id}",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"program:{program.id}:{key}:{member.id}",
        due_at=now,
        content=content,
    )
    await outbox.enqueue(session, message, now=now)


async def tell_owner(session: AsyncSession, program: Program, content: Content, *, key: str, now: datetime) -> None:
    """News for the program's owner; for every lead, where the owner is gone or leads no more."""
    owner = await members.by_id(session, program.workspace_id, program.owner_id or 0)
    if owner is not None and await members.is_lead(session, owner):
        people = [owner]
    else:
        people = await members.leads(session, program.workspace_id)
    for person in people:
        await tell(session, program, person, views.OWNER, content, key=key, now=now)


async def draw_notice(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The day before, as things stand when it leaves: nothing, once the round was moved or the member sits it out."""
    _, program_id, _, day = delivery.subject.split(":")
    program = await store.get(session, delivery.workspace_id, int(program_id))
    date_of_round = date.fromisoformat(day)
    if program.state != "active" or program.next_date != date_of_round:
        return None
    (member_id,) = delivery.member_ids
    if await store.joined_members(session, program, date_of_round, beyond=member_id - 1, limit=1) != [member_id]:
        return None
    kind = kinds_of(session).get(program.kind)
    sentence = await kind.notice(session, program, member_id, date_of_round) if kind else None
    return None if sentence is None else views.notice(program.id, date_of_round, sentence)


@dataclass(frozen=True)
class Told:
    """What people may have been told of a program's next round, before somebody changed it."""

    day: date | None
    opens_at: datetime | None


def told_of(program: Program) -> Told:
    """To be asked before a change, and handed to `call_off` after it."""
    return Told(program.next_date, program.due_at)


async def call_off(session: AsyncSession, program: Program, told: Told, now: datetime) -> None:
    """A round may be elsewhere now: take back the notices that have not left; if its day is off, tell who got theirs."""
    if told.day is None or (program.next_date, program.due_at) == (told.day, told.opens_at):
        return
    day, subject = told.day, views.notice_subject(program.id, told.day)
    await outbox.withdraw(session, program.workspace_id, subject, now=now)
    if program.next_date == day:
        return  # at another hour: they are told anew
    query = select(Delivery).where(
        Delivery.workspace_id == program.workspace_id,
        Delivery.subject == subject,
        Delivery.kind == views.NOTICE.name,
        Delivery.state.in_(("sent", "sending", "unknown")),
    )
    deliveries = (await session.execute(query)).scalars().all()
    messages = [
        Message(
            workspace_id=program.workspace_id,
            kind=views.CHANGED.name,
            subject=f"program:{program.id}:called-off:{day}",
            to=People(tuple(delivery.slack_ids), tuple(delivery.member_ids)),
            dedupe_key=f"program:{program.id}:called-off:{delivery.id}",
            due_at=now,
            content=views.called_off(program.name, day, program.next_date),
        )
        for delivery in deliveries
    ]
    await outbox.enqueue_all(session, messages, now=now)


async def replace_used(session: AsyncSession, act: Act, subject: str, content: Content, now: datetime) -> None:
    """Put the choice in words where the buttons of a message were."""
    key = f"used:{act.channel}:{act.message_ts}:{act.action_id}:{now.isoformat()}"
    await outbox.enqueue(session, in_place(act, views.USED, subject, content, key=key, now=now), now=now)


async def redraw_leads(session: AsyncSession, workspace_id: int, now: datetime) -> None:
    """Draw again what leads see."""
    leads = await members.leads(session, workspace_id)
    await home.redraw(session, workspace_id, [lead.id for lead in leads], now=now)
