"""Whoever asked says that something helped: noted once, told once and warmly, and taken back as easily."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone, NotYours
from bot.features.questions import askers, rules, standing, store
from bot.features.questions import messages as to_people
from bot.features.questions.models import Answer, Question
from bot.features.questions.threads import authors, carrying, telling, thank_views
from bot.features.questions.threads import rules as texts
from bot.features.questions.threads import store as answers
from bot.features.questions.threads.carrying import Circle
from bot.members.models import Member
from bot.messages import Kind, MessageClass
from bot.slack import home

THANKED = Kind("questions.thanked", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True)
TIME_TO_UNDO = timedelta(seconds=30)  # a slip of the finger thanks nobody


async def for_asker(
    session: AsyncSession, workspace_id: int, member: Member, answer_id: object
) -> tuple[Answer, Question, Circle]:
    """An answer, for one of those who asked: with their own question, locked, and everybody it concerns."""
    found = await answers.get(session, workspace_id, answer_id)
    circle = await carrying.around(session, await store.get(session, workspace_id, found.question_id, lock=True))
    mine = next((each for each in circle.questions if askers.is_mine(session, each, member.id)), None)
    if mine is None:
        raise NotYours
    answer = await answers.get(session, workspace_id, answer_id, lock=True)
    if answer.state != answers.KEPT or answer.by_asker:
        raise Gone
    return answer, mine, circle


async def helped(session: AsyncSession, member: Member, answer_id: object, *, now: datetime) -> None:
    """It helped; pressed again, nothing changes."""
    answer, question, circle = await for_asker(session, member.workspace_id, member, answer_id)
    if answer.helped_at is not None or answer.author_id == member.id:
        return
    first = await _none_helped(session, circle)
    answer.helped_at = answers.moment(question, now)
    await session.flush()
    await _told(session, question, answer, circle, now=now)
    await _shown(session, answer, circle, now=now)
    if first and circle.root.state in rules.OPEN and question.id == circle.root.id:
        content = thank_views.is_it_done(question.id)
        await to_people.tell(session, question, content, now=now, key=f"done:{outbox.moment(session, now)}")


async def not_helped(session: AsyncSession, member: Member, answer_id: object, *, now: datetime) -> None:
    """Taken back; whoever was not told yet never is."""
    answer, _, circle = await for_asker(session, member.workspace_id, member, answer_id)
    if answer.helped_at is None:
        return
    answer.helped_at = None
    await session.flush()
    await outbox.withdraw(session, answer.workspace_id, authors.subject_of(answer), now=now)
    await _shown(session, answer, circle, now=now)


async def thanks_changed(session: AsyncSession, workspace_id: int, subject: str, giver_id: int, now: datetime) -> None:
    """Somebody said thanks for an answer by name, or took that back: the copy it was said under follows."""
    kind, _, number = subject.partition(":")
    if kind != "answer":
        return
    answer = await answers.get(session, workspace_id, number)
    circle = await carrying.around(session, await store.get(session, workspace_id, answer.question_id))
    nonce = f"thanks:{now.isoformat()}"
    await carrying.follow(session, circle.root, answer, now=now, nonce=nonce, askers_only=True)


async def _told(session: AsyncSession, question: Question, answer: Answer, circle: Circle, *, now: datetime) -> None:
    by = await standing.name_of_asker(session, question)
    asked = await store.words_of(session, circle.root)
    line = texts.first_line(await answers.text_of(session, await _of(session, answer), answer))
    content = thank_views.thanked(by, rules.first_line(asked.question), line)
    await authors.tell(
        session,
        answer,
        circle,
        content,
        THANKED,
        due_at=answers.told_at(question, now + TIME_TO_UNDO),
        key=outbox.moment(session, now),
    )


async def _of(session: AsyncSession, answer: Answer) -> Question:
    return await store.get(session, answer.workspace_id, answer.question_id)


async def _shown(session: AsyncSession, answer: Answer, circle: Circle, *, now: datetime) -> None:
    """Their own copy says what was chosen, the status card counts it, and the mentor's Home as well."""
    await carrying.follow(session, circle.root, answer, now=now, nonce=outbox.moment(session, now), askers_only=True)
    await telling.show(session, circle.root, now=now)
    if answer.author_id is not None:
        await home.redraw(session, answer.workspace_id, [answer.author_id], now=now)


async def _none_helped(session: AsyncSession, circle: Circle) -> bool:
    query = select(func.count()).where(
        Answer.workspace_id == circle.root.workspace_id,
        Answer.question_id.in_([each.id for each in circle.questions]),
        Answer.helped_at.is_not(None),
    )
    return (await session.execute(query)).scalar_one() == 0
