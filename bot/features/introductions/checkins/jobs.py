"""The clock asks: half-way, at the end, once more, and then it is over; one introduction a transaction."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.introductions import people
from bot.features.introductions.checkins import messages, quiet, rules, store, views
from bot.features.introductions.hello.callbacks import hours_of
from bot.features.introductions.hello.messages import id_in, subject_of
from bot.features.introductions.meetings import rules as times
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.features.introductions.starters import library
from bot.members import store as members
from bot.messages import Content
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home


async def follow_up(tools: Tools) -> int:
    """Take the next step of every introduction for which it is time."""
    async with tools.database.reading() as session:
        due = await store.due(session, tools.clock())
    return await one_by_one(tools, due, partial(take_step, tools))


async def take_step(tools: Tools, found: tuple[int, int]) -> None:
    """One introduction, if it is still due."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        introduction = await people.get(session, *found, lock=True)
        if introduction.due_at is None or introduction.due_at > now:
            return
        step = introduction.step or "close"
        everybody = await people.members_of(session, introduction)
        introduction.step, introduction.due_at = rules.next_step(step, introduction.ends_at)
        if step == "withdraw":
            introduction.step = introduction.due_at = None
            await outbox.withdraw(session, introduction.workspace_id, subject_of(introduction.id), now=now)
        elif introduction.state != "sent":
            introduction.step = introduction.due_at = None
        elif step == "bump":
            await _bump(session, introduction, everybody, now)
        elif step in ("ask", "ask again"):
            await _ask(session, introduction, everybody, now, again=step == "ask again")
        else:
            await _close(session, introduction, everybody, now)


async def _bump(
    session: AsyncSession, introduction: Introduction, everybody: Sequence[IntroductionMember], now: datetime
) -> None:
    meeting = await people.meeting_of(session, introduction)
    if rules.needs_bump([row.answer for row in everybody], meeting.state if meeting else None):
        ids = [row.member_id for row in everybody]
        await outbox.enqueue(session, messages.bump(introduction, ids, now), now=now)


async def _ask(
    session: AsyncSession,
    introduction: Introduction,
    everybody: Sequence[IntroductionMember],
    now: datetime,
    *,
    again: bool,
) -> None:
    answers = [(row.member_id, row.answer) for row in everybody]
    asked = rules.whom_to_ask_again(answers) if again else rules.whom_to_ask(answers)
    reachable = await members.recipients(session, introduction.workspace_id, asked)
    for row in everybody:
        person = reachable.get(row.member_id)
        if person is not None and person.reachable:
            await outbox.enqueue(session, messages.check_in(introduction, person, now, again=again), now=now)
    await home.redraw(session, introduction.workspace_id, list(reachable), now=now)


async def _close(
    session: AsyncSession, introduction: Introduction, everybody: Sequence[IntroductionMember], now: datetime
) -> None:
    """It is over; whoever let three of them pass without a word is paused, and told."""
    introduction.state, introduction.step, introduction.due_at = "closed", None, None
    await session.flush()
    for row in everybody:
        if row.answer is None and row.asked_at is not None:
            await quiet.pause_if_quiet(session, introduction.workspace_id, row.member_id, now)
    await home.redraw(session, introduction.workspace_id, [row.member_id for row in everybody], now=now)


async def check_in_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Asked is who got the question; what their budget held back counts as nobody's silence."""
    introduction = await people.get(session, delivery.workspace_id, id_in(delivery.subject))
    for row in await people.members_of(session, introduction):
        if row.member_id in delivery.member_ids:
            row.asked_at = delivery.settled_at


async def draw_bump(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Three fresh times as they suit at this moment; nothing, once somebody answered or talks about a date."""
    introduction = await people.get(session, delivery.workspace_id, id_in(delivery.subject))
    everybody = await people.members_of(session, introduction)
    meeting = await people.meeting_of(session, introduction)
    if introduction.state != "sent" or not rules.needs_bump(
        [row.answer for row in everybody], meeting.state if meeting else None
    ):
        return None
    facts = await people.profiles(session, introduction)
    now = delivery.started_at or delivery.due_at
    found = times.offer([hours_of(each) for each in facts], now)
    starter = next((library()[slug].text for slug in introduction.starters[::-1] if slug in library()), None)
    offered = found.times if found.shared and not introduction.exchange else ()
    return views.bump(introduction.id, [each.name for each in facts], offered, starter)


async def draw_check_in(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Did you meet? Nothing, where that is known by now."""
    introduction = await people.get(session, delivery.workspace_id, id_in(delivery.subject))
    everybody = await people.members_of(session, introduction)
    answers = [(row.member_id, row.answer) for row in everybody]
    (me,) = delivery.member_ids
    again = ":again:" in delivery.dedupe_key
    asked = rules.whom_to_ask_again(answers) if again else rules.whom_to_ask(answers)
    if introduction.state != "sent" or me not in asked:
        return None
    others = [each.name for each in await people.profiles(session, introduction) if each.member_id != me]
    return views.check_in(introduction.id, others, again=again)
