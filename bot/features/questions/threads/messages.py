"""Words on their way to everybody else whom a question concerns; drawn as they leave, so that the newest state is shown."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import vault_of
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import askers, messages, standing, store
from bot.features.questions.models import Answer, Asked, Question
from bot.features.questions.rules import ENDED
from bot.features.questions.threads import places, views
from bot.features.questions.threads import store as answers
from bot.features.questions.threads.views import Carried
from bot.members import store as members
from bot.members.models import Member
from bot.members.recognising import NOTHING, offer_thanks
from bot.messages import Channel, Content, Kind, Message, MessageClass, People, Verb
from bot.registry import Occasion, ThanksOffer

CARRIED = Kind("questions.carried", MessageClass.ANSWER, priority=8, expires=timedelta(days=7), cost=0, private=True)
CARRIED_CHANGED = Kind(
    "questions.carried_changed", MessageClass.ANSWER, priority=9, expires=timedelta(days=7), cost=0, private=True
)
NOTED = Kind("questions.noted", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)

TAKEN_BACK = ("withdrawn", "hidden")  # the question is not to be read any more, nor what was added to it


def subject_of(question_id: int) -> str:
    """What words to somebody who answers are filed under; they stay on their way when a question ends."""
    return f"{messages.subject_of(question_id)}:said"


def veiled(session: AsyncSession, answer: Answer, question: Question) -> str:
    """An answer and the thread of an asker, as they may stand in keys of messages to them; a thread begun anew is another."""
    thread = askers.asker_of(session, question).delivery_id
    return vault_of(session).veil(f"answer:{answer.id}:{thread}", askers.MINE)


def key_for_asker(session: AsyncSession, answer: Answer, question: Question) -> str:
    """What finds the copy of an answer in the thread of whoever asked a question."""
    return f"{CARRIED.name}:{askers.veiled(session, question.id)}:{veiled(session, answer, question)}"


def key_for_asked(answer: Answer, asked: Asked) -> str:
    """What finds the copy of an answer in the thread of somebody who was asked."""
    return f"{CARRIED.name}:{answer.id}:asked:{asked.id}:{asked.delivery_id}"


def key_for_channel(answer: Answer, question: Question) -> str:
    """What finds the copy of an answer in the thread of a question that others see."""
    return f"{CARRIED.name}:{answer.id}:channel:{question.id}"


async def to_asker(
    session: AsyncSession,
    question: Question,
    answer: Answer,
    *,
    now: datetime,
    verb: Verb = Verb.POST,
    target_id: int | None = None,
    nonce: str = "",
) -> None:
    """Carry an answer to whoever asked, or have their copy follow what became of it."""
    kind = CARRIED if verb == Verb.POST else CARRIED_CHANGED
    key = veiled(session, answer, question) + nonce
    await messages.to_asker(session, question, kind, None, now=now, key=key, verb=verb, target_id=target_id)


async def to_asked(
    session: AsyncSession,
    answer: Answer,
    asked: Asked,
    member: Member,
    *,
    now: datetime,
    verb: Verb = Verb.POST,
    target_id: int | None = None,
    nonce: str = "",
) -> None:
    """The same for somebody who was asked; nothing, where no message of theirs ever left."""
    to, key = People((member.slack_id,), (member.id,)), key_for_asked(answer, asked) + nonce
    copy = _copy(answer, asked.question_id, to, key, now=now, verb=verb, target_id=target_id or asked.delivery_id)
    await outbox.enqueue(session, copy, now=now)


async def to_channel(
    session: AsyncSession,
    question: Question,
    answer: Answer,
    *,
    now: datetime,
    verb: Verb = Verb.POST,
    target_id: int | None = None,
    nonce: str = "",
) -> None:
    """The same for the thread that others see."""
    assert question.channel is not None, "whoever calls has looked"
    to, key = Channel(question.channel), key_for_channel(answer, question) + nonce
    thread_ts = question.channel_ts if verb == Verb.POST else None
    copy = _copy(answer, question.id, to, key, now=now, verb=verb, target_id=target_id, thread_ts=thread_ts)
    await outbox.enqueue(session, copy, now=now)


def _copy(
    answer: Answer,
    question_id: int,
    to: People | Channel,
    key: str,
    *,
    now: datetime,
    verb: Verb,
    target_id: int | None,
    thread_ts: str | None = None,
) -> Message:
    """An answer on its way to others than the asker of a question, or a change to the copy that is with them."""
    kind = CARRIED if verb == Verb.POST else CARRIED_CHANGED
    return Message(
        workspace_id=answer.workspace_id,
        kind=kind.name,
        subject=subject_of(question_id),
        to=to,
        dedupe_key=key.replace(CARRIED.name, kind.name),
        due_at=now,
        verb=verb,
        thread_ts=thread_ts,
        target_id=target_id,
    )


async def note(
    session: AsyncSession, workspace_id: int, channel: str, thread_ts: str, content: Content, *, now: datetime, key: str
) -> None:
    """A line of the bot in a thread, to whoever wrote there; `key` says once for what."""
    message = Message(
        workspace_id=workspace_id,
        kind=NOTED.name,
        subject="questions:noted",
        to=Channel(channel),
        dedupe_key=f"{NOTED.name}:{key}",
        due_at=now,
        content=content,
        thread_ts=thread_ts,
    )
    await outbox.enqueue(session, message, now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """Somebody's words as they are now; nothing, where they are gone."""
    try:
        return await _draw(session, delivery)
    except Gone:
        return None


async def _draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    workspace_id = delivery.workspace_id
    parts = delivery.dedupe_key.split(":")
    if not delivery.subject.startswith(askers.MINE):
        answer = await answers.get(session, workspace_id, parts[1])
        return None if answer.state == answers.GONE else views.words(await carried(session, answer))
    number = vault_of(session).unveil(parts[2], askers.MINE).split(":")[1]
    answer = await answers.get(session, workspace_id, number)
    if answer.state == answers.GONE:
        return None
    question = await store.get(session, workspace_id, askers.question_in(session, delivery.subject))
    return views.to_asker(await carried(session, answer, reader=question))


async def carried(session: AsyncSession, answer: Answer, *, reader: Question | None = None) -> Carried:
    """An answer as others read it; `reader`: the question whose asker reads. Gone where it can't be opened."""
    question = await store.get(session, answer.workspace_id, answer.question_id)
    taken_back = answer.by_asker and question.state in TAKEN_BACK
    hidden = answer.state == answers.HIDDEN or taken_back
    own = reader is not None and answer.author_id == askers.asker_of(session, reader).member_id
    return Carried(
        answer_id=answer.id,
        by=await name_of(session, question, answer),
        by_asker=answer.by_asker,
        text="" if hidden else await answers.text_of(session, question, answer),
        where=question.channel or "" if answer.thread == places.CHANNEL else "",
        review=answer.thread == places.REVIEW,
        hidden=hidden,
        taken_back=taken_back,
        helped=answer.helped_at is not None,
        ended=reader is not None and reader.state in ENDED and reader.state != "merged",
        own=own,
        thanks=NOTHING if reader is None or own else await thanks_for(session, answer, reader),
    )


async def thanks_for(session: AsyncSession, answer: Answer, reader: Question) -> ThanksOffer:
    """The way to say thanks for an answer that helped; none under an alias, which thanks would lift."""
    if reader.alias or answer.by_asker or answer.helped_at is None or answer.author_id is None:
        return NOTHING
    occasion = Occasion(f"answer:{answer.id}", askers.asker_of(session, reader).member_id, (answer.author_id,))
    return await offer_thanks(session, answer.workspace_id, occasion)


async def name_of(session: AsyncSession, question: Question, answer: Answer) -> str:
    """Who says it, as everybody reads: a name, or the alias of whoever asked."""
    if answer.by_asker:
        return await standing.name_of_asker(session, question)
    names = await members.names(session, answer.workspace_id, [answer.author_id or 0])
    return names.get(answer.author_id or 0, "A colleague")
