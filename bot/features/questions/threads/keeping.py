"""Once a question was answered and closed, whoever asked and whoever held it may keep what was learned, as an insight."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import Piece, Tag
from bot.archive.models import Insight
from bot.delivery import outbox
from bot.errors import Gone, NotYours
from bot.features.questions import askers, store
from bot.features.questions import messages as to_people
from bot.features.questions.models import Answer, Question
from bot.features.questions.threads import carrying, keep_views
from bot.features.questions.threads import store as answers
from bot.features.questions.threads.carrying import Circle
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People

OFFERED = Kind(
    "questions.keep_offer",
    MessageClass.REQUEST,
    priority=30,
    expires=timedelta(days=7),
    cost=0,
    private=True,
    noun=("what you could keep for others", "things you could keep for others"),
)
NOT_FOR_ANYBODY = ("withdrawn", "hidden", "merged")


def source_of(question: Question) -> str:
    """What its card is filed under; a conversation that leads don't read before its writers agreed."""
    return f"private:question:{question.id}"


async def offer(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """To whoever asked and to those who held it, once each, however often it is closed."""
    circle = await carrying.around(session, question)
    content = keep_views.offer(question.id)
    asker = await members.by_id(session, question.workspace_id, askers.asker_of(session, question).member_id)
    if asker is not None and not asker.is_guest:
        await _offer_to_asker(session, question, content, now=now)
    wrote = {each.author_id for each in await answers.of_questions(session, question.workspace_id, [question.id])}
    for asked, member, listens in circle.asked:
        if listens and asked.claimed_at is not None and member.id in wrote and not member.is_guest:
            message = Message(
                workspace_id=question.workspace_id,
                kind=OFFERED.name,
                subject=f"{to_people.subject_of(question.id)}:keep",
                to=People((member.slack_id,), (member.id,)),
                dedupe_key=f"{OFFERED.name}:{question.id}:{member.id}",
                due_at=answers.told_at(question, now),  # under an alias, the minute of a press is nobody's to see
                content=content,
                target_id=asked.delivery_id,
            )
            await outbox.enqueue(session, message, now=now)


async def _offer_to_asker(session: AsyncSession, question: Question, content: Content, *, now: datetime) -> None:
    """At once where they closed it; else within their hours. One kind or the other, and once."""
    kind, other = to_people.TOLD, OFFERED
    if question.closing == "quiet":
        kind, other = other, kind
    before = to_people.key_to_asker(session, question, other, "keep")
    if await outbox.find(session, question.workspace_id, before) is None:
        await to_people.to_asker(session, question, kind, content, now=now, key="keep")


async def draft(
    session: AsyncSession, workspace_id: int, member: Member, question_id: object, now: datetime
) -> Insight:
    """A card's draft from everybody's words, for whoever asked or held the question; made once."""
    question = await store.get(session, workspace_id, question_id, lock=True)
    mine = askers.is_mine(session, question, member.id)
    asked = await store.asked_as(session, question, member.id)
    if not mine and (asked is None or asked.claimed_at is None or asked.state == "released"):
        raise NotYours
    if question.state in NOT_FOR_ANYBODY:
        raise Gone
    circle = await carrying.around(session, question)
    return await cards.offer(
        session,
        workspace_id,
        source_kind="question",
        source=source_of(question),
        made_by=None if mine and question.alias else member.id,
        pieces=await _pieces(session, circle),
        question=(await store.words_of(session, question)).question,
        tags=await _tags(session, question),
        now=now,
    )


async def _pieces(session: AsyncSession, circle: Circle) -> list[Piece]:
    """What was asked and what was said, what helped first; under an alias, as the alias."""
    questions = {each.id: each for each in circle.questions}
    said = await answers.of_questions(session, circle.root.workspace_id, list(questions))
    said.sort(key=lambda each: (each.by_asker, each.helped_at is None, each.id))
    texts = await answers.texts_of(session, [(questions[each.question_id], each) for each in said])
    guests = await _guests(session, circle, said)
    words = await store.words_of_all(session, circle.questions)
    pieces = []
    for each in circle.questions:
        if each.id in words:
            asker_id = askers.asker_of(session, each).member_id
            asks = f"{words[each.id].question}\n{words[each.id].context}".strip()
            pieces.append(Piece(asker_id, asks, each.alias, asker_id not in guests))
    for answer in said:
        question = questions[answer.question_id]
        writer_id = answers.writer_of(session, question, answer)
        if writer_id is not None and answer.id in texts:
            alias = question.alias if answer.by_asker else ""
            pieces.append(Piece(writer_id, texts[answer.id], alias, writer_id not in guests))
    return pieces


async def _guests(session: AsyncSession, circle: Circle, said: list[Answer]) -> set[int]:
    ids = {askers.asker_of(session, each).member_id for each in circle.questions}
    ids |= {each.author_id for each in said if each.author_id is not None}
    found = [await members.by_id(session, circle.root.workspace_id, each) for each in sorted(ids)]
    return {each.id for each in found if each is not None and each.is_guest}


async def _tags(session: AsyncSession, question: Question) -> list[Tag]:
    skills = await store.skills_of(session, question.workspace_id, [question.id])
    return [Tag("skill", slug, name) for slug, name in skills.get(question.id, {}).items()]
