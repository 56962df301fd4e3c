"""What follows once something was said: it is carried, whoever looks sees it, and its writer is told where it went."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import lifecycle, rules, standing, store
from bot.features.questions import messages as to_people
from bot.features.questions.models import Answer, Asked, Question
from bot.features.questions.threads import carrying, messages, milestones, places, speaking, timing
from bot.features.questions.threads import store as answers
from bot.features.questions.threads.carrying import Circle
from bot.features.questions.threads.places import Where
from bot.features.questions.threads.speaking import Reached
from bot.members.models import Member
from bot.messages import Content
from bot.slack import home
from bot.slack.said import Said


async def said(
    session: AsyncSession,
    question: Question,
    answer: Answer,
    where: Where,
    said: Said,
    writer: Member,
    *,
    now: datetime,
) -> None:
    """Somebody said something new."""
    await kept(session, question, answer, now=now)
    late = answer.by_asker and question.state == "closed"
    if where.thread == places.CHANNEL or not (late or await _is_first(session, answer)):
        return
    circle = await carrying.around(session, question)
    if answer.by_asker:
        await _tell_asker(session, question, circle, said, now=now)
    elif where.asked is not None:
        await _tell_mentor(session, where.asked, circle, said, writer, now=now)


async def kept(session: AsyncSession, question: Question, answer: Answer, *, now: datetime) -> None:
    """Something new is kept: it is carried on, and those it concerns see it in their Home."""
    root = await answers.root_of(session, question)
    for each in {question.id: question, root.id: root}.values():
        each.last_said_at = answers.moment(each, now)
        timing.said(each, by_asker=answer.by_asker, now=now)
        if not answer.by_asker:
            each.first_answer_at = each.first_answer_at or now
            if each.state == "closed" and each.outcome is None and each.closing != "moderator":
                each.outcome_due_at = each.outcome_due_at or now + rules.OUTCOME_AFTER
    await session.flush()
    await carrying.catch_up(session, question, now=now)
    await milestones.answered(session, answer, now)
    await show(session, question, now=now)


async def reviewed(session: AsyncSession, question: Question, member: Member, *, now: datetime) -> None:
    """Whoever went through a checklist reads once, in their own thread, where it went."""
    asked = await store.asked_as(session, question, member.id)
    if asked is None or asked.channel is None or asked.ts is None:
        return
    circle = await carrying.around(session, question)
    content = speaking.reviewed(await _reached_by(session, circle, member))
    key = f"reviewed:{asked.id}"
    await messages.note(session, asked.workspace_id, asked.channel, asked.ts, content, now=now, key=key)


async def show(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Those whom a question concerns see how it stands: its askers in their threads and Home, whoever answers in theirs."""
    circle = await carrying.around(session, question)
    for each in circle.questions:
        await lifecycle.shown(session, each, now=now)
    await home.redraw(session, question.workspace_id, [member.id for member in circle.listeners], now=now)


async def gone(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Something that was said is no longer there."""
    await show(session, question, now=now)


async def files(session: AsyncSession, question: Question, where: Where, said: Said, *, now: datetime) -> None:
    """They sent a file: their words go along, the file does not."""
    await _line(session, question, where, said, speaking.line(speaking.FILES), now=now, key="files")


async def taken_back(session: AsyncSession, question: Question, where: Where, said: Said, *, now: datetime) -> None:
    """They wrote to a question that is no longer one."""
    await _line(session, question, where, said, speaking.line(speaking.TAKEN_BACK), now=now, key="taken_back")


async def outsiders(session: AsyncSession, question: Question, said: Said, *, now: datetime) -> None:
    """Somebody from elsewhere wrote in the thread of a channel; said there, once."""
    key = f"outsiders:{question.id}"
    content = speaking.line(speaking.OUTSIDERS)
    await messages.note(session, question.workspace_id, said.channel, said.thread_ts, content, now=now, key=key)


async def _line(
    session: AsyncSession, question: Question, where: Where, said: Said, content: Content, *, now: datetime, key: str
) -> None:
    if where.thread == places.ASKER:
        await to_people.tell(session, question, content, now=now, key=f"{key}:{said.ts}")
        return
    key = f"{key}:{question.id}:{said.ts}"
    await messages.note(session, question.workspace_id, said.channel, said.thread_ts, content, now=now, key=key)


async def _is_first(session: AsyncSession, answer: Answer) -> bool:
    """Whether their writer had said nothing in this kind of thread of the question before."""
    same = Answer.by_asker.is_(True) if answer.by_asker else Answer.author_id == answer.author_id
    query = select(func.count()).where(
        Answer.workspace_id == answer.workspace_id,
        Answer.question_id == answer.question_id,
        Answer.thread == answer.thread,
        Answer.id < answer.id,
        same,
    )
    return (await session.execute(query)).scalar_one() == 0


async def _tell_asker(session: AsyncSession, question: Question, circle: Circle, said: Said, *, now: datetime) -> None:
    reached = Reached(tuple(each.name for each in circle.listeners), circle.root.channel or "")
    if question.state == "closed":
        content = speaking.added_after_the_end(reached, question.id)
        await to_people.tell(session, question, content, now=now, key=f"closed:{said.ts}")
        return
    await to_people.tell(session, question, speaking.added(reached), now=now, key="added")


async def _reached_by(session: AsyncSession, circle: Circle, writer: Member) -> Reached:
    names = [await standing.name_of_asker(session, each) for each in circle.questions]
    others = [each.name for each in circle.listeners if each.id != writer.id]
    return Reached((*dict.fromkeys(names), *others), circle.root.channel or "")


async def _tell_mentor(
    session: AsyncSession, asked: Asked, circle: Circle, said: Said, writer: Member, *, now: datetime
) -> None:
    reached = await _reached_by(session, circle, writer)
    may_claim = asked.state == "asked" and circle.root.state == "open"
    content = speaking.answered(reached, question_id=circle.root.id, may_claim=may_claim)
    await messages.note(
        session, asked.workspace_id, said.channel, said.thread_ts, content, now=now, key=f"answered:{asked.id}"
    )
