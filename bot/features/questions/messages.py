"""What is said about a question: to its asker in their own thread, and to whoever is asked for an answer in theirs."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import askers, standing, store
from bot.features.questions.askers import Asker
from bot.features.questions.asking import views as asker_views
from bot.features.questions.models import Asked, Question
from bot.features.questions.routing import views as mentor_views
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People, Verb
from bot.slack.act import Act

STATUS = Kind("questions.status", MessageClass.ANSWER, priority=5, expires=timedelta(days=3), cost=0, private=True)
STATUS_CHANGED = Kind(
    "questions.status_changed", MessageClass.ANSWER, priority=9, expires=timedelta(days=3), cost=0, private=True
)
TOLD = Kind("questions.told", MessageClass.ANSWER, priority=8, expires=timedelta(days=7), cost=0, private=True)
ASK = Kind(
    "questions.ask",
    MessageClass.REQUEST,
    priority=10,
    private=True,
    noun=("a question from a colleague", "questions from colleagues"),
)
ASK_CHANGED = Kind(
    "questions.ask_changed", MessageClass.ANSWER, priority=9, expires=timedelta(days=14), cost=0, private=True
)


def subject_of(question_id: int) -> str:
    """What messages about a question to whoever answers are filed under; never one to its asker."""
    return f"question:{question_id}"


async def begin(session: AsyncSession, question: Question, asker: Member, *, now: datetime) -> None:
    """The asker's own thread begins: how their question stands, drawn anew whenever that changes."""
    message = Message(
        workspace_id=question.workspace_id,
        kind=STATUS.name,
        subject=askers.subject_of(session, question.id),
        to=People((asker.slack_id,), (asker.id,)),
        dedupe_key=f"questions.status:{askers.veiled(session, question.id)}",
        due_at=now,
    )
    delivery_id = await outbox.enqueue(session, message, now=now)
    assert delivery_id is not None, "a question begins once"
    askers.keep(session, question, Asker(asker.id, delivery_id))


async def show(session: AsyncSession, question: Question, *, now: datetime, key: str) -> None:
    """Have the asker's thread begin with how things stand now; `key` tells one change from the next."""
    await to_asker(session, question, STATUS_CHANGED, None, now=now, key=key, verb=Verb.UPDATE)


async def tell(session: AsyncSession, question: Question, content: Content, *, now: datetime, key: str) -> None:
    """Say something to the asker, in their own thread."""
    await to_asker(session, question, TOLD, content, now=now, key=key)


async def to_asker(
    session: AsyncSession,
    question: Question,
    kind: Kind,
    content: Content | None,
    *,
    now: datetime,
    key: str,
    verb: Verb = Verb.POST,
    target_id: int | None = None,
) -> int | None:
    """One message in the asker's thread, or a change to one; the delivery's id. `key` must not name the question."""
    asker = askers.asker_of(session, question)
    member = await members.by_id(session, question.workspace_id, asker.member_id)
    if member is None or member.deactivated_at is not None or asker.delivery_id is None:
        return None
    message = Message(
        workspace_id=question.workspace_id,
        kind=kind.name,
        subject=askers.subject_of(session, question.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=key_to_asker(session, question, kind, key),
        due_at=now,
        content=content,
        verb=verb,
        target_id=target_id or asker.delivery_id,
    )
    return await outbox.enqueue(session, message, now=now)


def key_to_asker(session: AsyncSession, question: Question, kind: Kind, key: str) -> str:
    """What a message to an asker is told from others by."""
    return f"{kind.name}:{askers.veiled(session, question.id)}:{key}"


async def replace_line(session: AsyncSession, act: Act, question: Question, content: Content, *, now: datetime) -> None:
    """The asker's own thread: the buttons of one of its lines give way to words."""
    query = select(Delivery.id).where(
        Delivery.workspace_id == act.workspace_id,
        Delivery.subject == askers.subject_of(session, question.id),
        Delivery.channel == act.channel,
        Delivery.ts == act.message_ts,
        Delivery.verb == Verb.POST.value,
    )
    line = (await session.execute(query.limit(1))).scalar_one_or_none()
    if line is not None:
        key = f"chosen:{line}:{outbox.moment(session, now)}"
        await to_asker(session, question, TOLD, content, now=now, key=key, verb=Verb.UPDATE, target_id=line)


async def draw_status(session: AsyncSession, delivery: Delivery) -> Content | None:
    """How a question stands, for its asker."""
    try:
        question = await store.get(session, delivery.workspace_id, askers.question_in(session, delivery.subject))
        return asker_views.status(await standing.of_asker(session, question))
    except Gone:
        return None


async def status_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where the asker's thread stands now, so that what they write in it is known."""
    number = askers.question_in(session, delivery.subject)
    question = await store.get(session, delivery.workspace_id, number, lock=True)
    member_id = askers.asker_of(session, question).member_id
    askers.keep(session, question, Asker(member_id, delivery.id, delivery.channel, delivery.ts))


async def ask(
    session: AsyncSession, question: Question, asked: Asked, member: Member, *, now: datetime, expires_at: datetime
) -> int | None:
    """Put a question to somebody; drawn as it leaves, so that nobody is asked what is no longer open."""
    message = Message(
        workspace_id=question.workspace_id,
        kind=ASK.name,
        subject=subject_of(question.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"questions.ask:{question.id}:{member.id}:{asked.asked_at.isoformat()}",
        due_at=now,
        expires_at=expires_at,
    )
    return await outbox.enqueue(session, message, now=now)


async def show_asked(session: AsyncSession, asked: Asked, member: Member, *, now: datetime, key: str) -> None:
    """Have the message somebody was asked with say how that stands now; nothing, where it never left."""
    if asked.delivery_id is None:
        return
    message = Message(
        workspace_id=asked.workspace_id,
        kind=ASK_CHANGED.name,
        subject=f"{subject_of(asked.question_id)}:shown",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"questions.ask_changed:{asked.id}:{key}",
        due_at=now,
        verb=Verb.UPDATE,
        target_id=asked.delivery_id,
    )
    await outbox.enqueue(session, message, now=now)


async def draw_ask(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What somebody is asked, and how that stands; None where it was taken back before it left."""
    number = int(delivery.subject.split(":")[1])
    (member_id,) = delivery.member_ids
    try:
        question = await store.get(session, delivery.workspace_id, number)
        asked = await store.asked_as(session, question, member_id)
        if asked is None or (delivery.verb == Verb.POST and asked.state != "asked"):
            return None
        return mentor_views.ask(await standing.of_mentor(session, question, asked))
    except Gone:
        return None


async def ask_sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where it stands now, so that replies in its thread are known."""
    number = int(delivery.subject.split(":")[1])
    (member_id,) = delivery.member_ids
    question = await store.get(session, delivery.workspace_id, number)
    asked = await store.asked_as(session, question, member_id)
    if asked is not None:
        asked.channel, asked.ts, asked.delivery_id = delivery.channel, delivery.ts, delivery.id
