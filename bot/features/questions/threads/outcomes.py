"""Thirty days after it was closed with an answer: did it work? Asked once, told to whoever helped, and counted."""

from datetime import datetime, timedelta
from functools import partial

from slack_bolt.async_app import AsyncAck
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import askers, rules, standing, store
from bot.features.questions import messages as to_people
from bot.features.questions.models import Answer, Question
from bot.features.questions.threads import authors, buttons, carrying, keeping, outcome_views
from bot.features.questions.threads import store as answers
from bot.members import store as members
from bot.messages import Content, Kind, MessageClass
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack.act import Act

OUTCOME = Kind(
    "questions.outcome",
    MessageClass.SUGGESTION,
    priority=40,
    expires=timedelta(days=7),
    private=True,
    noun=("how an answer worked out", "how answers worked out"),
)
TOLD = Kind("questions.outcome_told", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True)


async def ask(tools: Tools) -> int:
    """Ask about every question whose time has come."""
    async with tools.database.reading() as session:
        query = (
            select(Question.workspace_id, Question.id)
            .where(Question.outcome_due_at <= tools.clock())
            .order_by(Question.outcome_due_at)
            .limit(200)
        )
        due = [(row.workspace_id, row.id) for row in await session.execute(query)]
    return await one_by_one(tools, due, partial(ask_one, tools))


async def next_outcome(session: AsyncSession) -> datetime | None:
    """When the next of them is due."""
    return (await session.execute(select(func.min(Question.outcome_due_at)))).scalar_one()


async def ask_one(tools: Tools, found: tuple[int, int]) -> None:
    """One question, if it is still due, with all that were merged into it; whatever comes of it, each is asked once."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        question = await store.get(session, *found, lock=True)
        if question.outcome_due_at is None or question.outcome_due_at > now:
            return
        question.outcome_due_at = None
        for each in await answers.family_of(session, question):
            asker = await members.by_id(session, each.workspace_id, askers.asker_of(session, each).member_id)
            if asker is not None and members.has_joined(asker) and _may_be_asked(each, question):
                await to_people.to_asker(session, each, OUTCOME, None, now=now, key="outcome")


def _may_be_asked(question: Question, root: Question) -> bool:
    """`root`: the question itself, or the one it was merged into, where the answers are."""
    ended = root.state == "closed" and root.closing != "moderator"
    return ended and question.outcome is None and (question.id == root.id or question.state == "merged")


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As it stands when it leaves; nothing, once the question is open again, taken back or hidden."""
    try:
        question = await store.get(session, delivery.workspace_id, askers.question_in(session, delivery.subject))
        if not _may_be_asked(question, await answers.root_of(session, question)):
            return None
        words = await store.words_of(session, question)
    except Gone:
        return None
    names = await _who_helped(session, question)
    return outcome_views.did_it_work(question.id, rules.first_line(words.question), names)


async def say(ack: AsyncAck, act: Act, tools: Tools) -> None:
    """[It worked], [Partly], [Not for me], or behind the dots [Don't ask about this one]."""
    now = tools.clock()
    said, _, number = act.value.partition(":")
    async with tools.database.transaction() as session:
        member = await members.joined_actor(session, act)
        question = await store.own(session, act.workspace_id, member.id, number)
        root, told = await answers.root_of(session, question), 0
        if said in outcome_views.SAID and _may_be_asked(question, root):
            question.outcome = said
            await session.flush()
            told = await _tell(session, question, said, now=now)
            source = keeping.source_of(root)
            await cards.outcome(session, question.workspace_id, source, said, answers.moment(question, now))
        await buttons.replace(session, act, outcome_views.noted(said, told), now=now)
    await ack()


async def _tell(session: AsyncSession, question: Question, said: str, *, now: datetime) -> int:
    """Everybody whose words helped hears how it went, each once; how many that are."""
    circle = await carrying.around(session, question)
    by = await standing.name_of_asker(session, question)
    words = await store.words_of(session, question)
    content = outcome_views.told(by, said, rules.first_line(words.question))
    due_at = answers.told_at(question, now)
    first: dict[int, Answer] = {}
    for answer in await _helpful(session, question):
        if answer.author_id is not None:
            first.setdefault(answer.author_id, answer)
    for answer in first.values():
        await authors.tell(session, answer, circle, content, TOLD, due_at=due_at, key=f"outcome:{question.id}")
    return len(first)


async def _helpful(session: AsyncSession, question: Question) -> list[Answer]:
    """The answers that helped; where none was marked, all of them, as one of them was tried."""
    circle = await carrying.around(session, question)
    ids = [each.id for each in circle.questions]
    said = await answers.of_questions(session, question.workspace_id, ids)
    others = [each for each in said if not each.by_asker]
    return [each for each in others if each.helped_at is not None] or others


async def _who_helped(session: AsyncSession, question: Question) -> list[str]:
    ids = [each.author_id for each in await _helpful(session, question) if each.author_id is not None]
    names = await members.names(session, question.workspace_id, ids)
    return [names[each] for each in dict.fromkeys(ids) if each in names]
