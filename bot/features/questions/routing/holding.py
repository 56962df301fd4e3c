"""What somebody who was asked can do: take it, pass, put it off, hand it on; each with the question's lock held."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import askers, lifecycle, messages, rules, standing, store
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import audiences, ladder, step_views, times, views
from bot.features.questions.routing import rules as routing
from bot.features.questions.routing.errors import NotAskedOfYou, OverNow, OwnQuestion, TakenAlready
from bot.features.questions.threads import beginnings
from bot.members import store as members
from bot.members.commitments import store as commitments
from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People

HELD = Kind("questions.held", MessageClass.ANSWER, priority=5, expires=timedelta(days=3), cost=0, private=True)
MAY_TAKE = ("asked", "not_now", "passed", "lapsed", "released", "over")


async def lock(session: AsyncSession, member: Member) -> None:
    """Before anything else of theirs: what they take on is counted with their row held, and always in this order."""
    query = select(Member.id).where(Member.workspace_id == member.workspace_id, Member.id == member.id)
    await session.execute(query.with_for_update(key_share=True))


async def take(session: AsyncSession, question: Question, member: Member, *, now: datetime, channel: str = "") -> None:
    """They take it, if nobody else has and they have room: the one moment in which somebody becomes the holder.

    `channel`: where they pressed.
    """
    if askers.is_mine(session, question, member.id):
        raise OwnQuestion
    if question.state not in rules.OPEN:
        raise OverNow
    row = await store.asked_as(session, question, member.id)
    if row is not None and row.state == "claimed":
        return
    if row is None and not await audiences.may_read(session, question, member.id, channel=channel):
        raise NotAskedOfYou
    second = row is not None and row.role == "second" and row.state == "asked"
    if question.state == "held" and not second:
        raise await _taken(session, question)
    await commitments.take(
        session, question.workspace_id, member.id, "question", messages.subject_of(question.id), now=now
    )
    row = row or _new_row(session, question, member, now)
    row.role = "second" if second else "mentor"
    row.state, row.claimed_at, row.ended_at, row.checked_at = "claimed", now, None, None
    row.due_at = await patience(session, question, member, now)
    question.state, question.due_at = "held", None
    await session.flush()
    if not second:
        await _let_others_go(session, question, row, now=now)
    await show(session, question, row, member, now=now)
    told = step_views.taken(member.name, None if second else question.id)
    await _tell(session, question, told, key=f"taken:{outbox.moment(session, now)}", now=now)


async def pass_on(session: AsyncSession, question: Question, row: Asked, *, now: datetime) -> None:
    """They would rather not; this question is never put to them again."""
    if row.state not in ("asked", "not_now", "lapsed"):
        raise OverNow
    await lifecycle.let_go(session, row, "passed", now=now)
    await ladder.hurry(session, question, now=now)


async def unpass(session: AsyncSession, question: Question, row: Asked, *, now: datetime) -> None:
    """They take their no back: they can take it again, for as long as nobody else has."""
    if row.state != "passed":
        raise OverNow
    row.state, row.pass_reason, row.ended_at = "lapsed", None, now
    if question.state == "open" and row.due_at is not None and row.due_at > now and question.step == row.step:
        row.state, row.ended_at = "asked", None
    await session.flush()
    await lifecycle.show_to_asked(session, row, now=now)


async def put_off(session: AsyncSession, question: Question, row: Asked, member: Member, *, now: datetime) -> None:
    """Not now: asked once more on their next working morning, where the asker can wait; otherwise others are asked."""
    if row.state not in ("asked", "lapsed"):
        raise OverNow
    person = (await members.recipients(session, question.workspace_id, [member.id]))[member.id]
    again = question.state == "open" and routing.may_put_off(question.pace, row.put_off_at is not None)
    row.state, row.put_off_at = "not_now", now
    row.due_at = times.next_morning(person, now) if again and row.role == "mentor" else None
    await session.flush()
    await lifecycle.show_to_asked(session, row, now=now)
    await ladder.hurry(session, question, now=now)


async def hand_on(
    session: AsyncSession, question: Question, row: Asked, *, now: datetime, told: Content | None = None
) -> None:
    """They hold it no more, with credit kept; a second one who is on it holds it now, or it goes on where it was."""
    if row.state != "claimed":
        raise OverNow
    if row.claimed_at is not None and now - row.claimed_at <= routing.TAKEN_BACK_WITHIN:
        subject = messages.subject_of(question.id)
        await commitments.undo(session, question.workspace_id, row.member_id, subject)
    row.due_at = None
    await lifecycle.let_go(session, row, "released", now=now)
    if question.state == "held":
        await _find_next_holder(session, question, now=now)
    if told is not None:
        await _tell(session, question, told, key=f"released:{row.id}:{outbox.moment(session, now)}", now=now)
    else:
        await lifecycle.changed(session, question, now=now)


async def patience(session: AsyncSession, question: Question, member: Member, now: datetime) -> datetime:
    """Until when a holder may be silent before they are asked whether they are still on it."""
    person = (await members.recipients(session, question.workspace_id, [member.id]))[member.id]
    hours = rules.PACES[question.pace][1] * routing.SILENT_FOR
    return times.promised(person, now, hours) or now + timedelta(days=7)


async def draw_held(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The thread of somebody who took it elsewhere: nothing, where they hold it no more."""
    (member_id,) = delivery.member_ids
    try:
        question = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
        row = await store.asked_as(session, question, member_id)
        if row is None or row.state != "claimed":
            return None
        return views.ask(await standing.of_mentor(session, question, row))
    except Gone:
        return None


async def held_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where that thread stands now, so that replies in it are known."""
    await beginnings.ask_sent(session, delivery)


async def _find_next_holder(session: AsyncSession, question: Question, *, now: datetime) -> None:
    others = [each for each in await store.asked_for(session, question) if each.state == "claimed"]
    if others:
        others[0].role = "mentor"
        await session.flush()
        await lifecycle.show_to_asked(session, others[0], now=now)
        return
    for each in await store.asked_for(session, question):
        if each.role == "second" and each.state in ladder.WAITING:
            each.role, each.step = "mentor", question.step
    ladder.go_on_at_once(session, question, now=now)
    await session.flush()


async def _taken(session: AsyncSession, question: Question) -> TakenAlready:
    held = next((each for each in await store.asked_for(session, question) if each.state == "claimed"), None)
    names = await members.names(session, question.workspace_id, [held.member_id] if held is not None else [])
    return TakenAlready(next(iter(names.values()), "Somebody"), 0)


def _new_row(session: AsyncSession, question: Question, member: Member, now: datetime) -> Asked:
    row = Asked(
        workspace_id=question.workspace_id,
        question_id=question.id,
        member_id=member.id,
        step=question.step,
        reasons=[],
        asked_at=now,
    )
    session.add(row)
    return row


async def _let_others_go(session: AsyncSession, question: Question, row: Asked, *, now: datetime) -> None:
    for each in await store.asked_for(session, question, lock=True):
        if each.id != row.id and each.state in ladder.WAITING and each.role != "second":
            await lifecycle.let_go(session, each, "over", now=now)


async def show(session: AsyncSession, question: Question, row: Asked, member: Member, *, now: datetime) -> None:
    """In the message they were asked with; whoever took it elsewhere gets a thread of their own for it."""
    if row.delivery_id is not None:
        await lifecycle.show_to_asked(session, row, now=now)
        return
    message = Message(
        workspace_id=question.workspace_id,
        kind=HELD.name,
        subject=messages.subject_of(question.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"questions.held:{question.id}:{member.id}:{outbox.moment(session, now)}",
        due_at=now,
    )
    await outbox.enqueue(session, message, now=now)


async def _tell(session: AsyncSession, question: Question, content: Content, *, key: str, now: datetime) -> None:
    await messages.tell(session, question, content, now=now, key=key)
    await lifecycle.changed(session, question, now=now)
