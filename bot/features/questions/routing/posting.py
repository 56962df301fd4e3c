"""A question in a channel: posted once, drawn as it leaves, and kept true while it stands there."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.errors import Gone
from bot.features.questions import rules, standing, store
from bot.features.questions.models import Question
from bot.features.questions.routing import channel_views
from bot.features.questions.threads import carrying
from bot.members import store as members
from bot.messages import Channel, Content, Kind, Message, MessageClass, Verb
from bot.slack.used import changed

POSTED = Kind("questions.channel", MessageClass.REQUEST, priority=20, expires=timedelta(days=1), cost=0, private=True)
POST_CHANGED = Kind(
    "questions.channel_changed", MessageClass.ANSWER, priority=20, expires=timedelta(days=14), cost=0, private=True
)


async def post(session: AsyncSession, question: Question, channel: str, *, now: datetime) -> bool:
    """Put it to everybody in a channel; False where it stands there already, or is on its way."""
    message = Message(
        workspace_id=question.workspace_id,
        kind=POSTED.name,
        subject=f"question:{question.id}",
        to=Channel(channel),
        dedupe_key=_key(question, channel),
        due_at=now,
    )
    if await outbox.enqueue(session, message, now=now) is None:
        return False
    question.channel, question.channel_ts = channel, None
    return True


async def show(session: AsyncSession, question: Question, *, now: datetime) -> None:
    """Have the post say how it stands now; nothing, where there is none."""
    if question.channel is None:
        return
    posted = await outbox.find(session, question.workspace_id, _key(question, question.channel))
    if posted is None or posted.state in ("withdrawn", "failed", "dropped", "expired"):
        return
    message = changed(
        question.workspace_id, POST_CHANGED, f"question:{question.id}:shown", None, to=Channel(question.channel),
        target_id=posted.id, now=now,
        key=f"questions.channel_changed:{question.id}:{question.state}:{outbox.moment(session, now)}",
    )  # fmt: skip
    await outbox.enqueue(session, message, now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """How it stands; nothing, where it was answered or taken back before it left."""
    try:
        question = await store.get(session, delivery.workspace_id, _number(delivery))
        if delivery.verb == Verb.POST and question.state not in rules.OPEN:
            return None
        holder = next((each for each in await _holders(session, question)), None)
        return channel_views.post(
            channel_views.Posted(
                question_id=question.id,
                by=await standing.name_of_asker(session, question),
                under_alias=bool(question.alias),
                kind=question.kind,
                words=await store.words_of(session, question),
                state=question.state,
                holder=holder,
                closing=question.closing,
            )
        )
    except Gone:
        return None


async def sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where it stands, so that replies to it are known."""
    question = await store.get(session, delivery.workspace_id, _number(delivery), lock=True)
    question.channel, question.channel_ts = delivery.channel, delivery.ts
    await carrying.catch_up(session, question, now=delivery.settled_at or delivery.due_at)


async def ended(session: AsyncSession, delivery: Delivery) -> None:
    """It could not be posted: the channel is archived, or the bot is not in it any more. The question goes on."""
    question = await store.get(session, delivery.workspace_id, _number(delivery), lock=True)
    question.channel = question.channel_ts = None
    if question.state == "open" and question.due_at is not None and delivery.settled_at is not None:
        question.due_at = delivery.settled_at


async def _holders(session: AsyncSession, question: Question) -> list[str]:
    held = [each.member_id for each in await store.asked_for(session, question) if each.state == "claimed"]
    names = await members.names(session, question.workspace_id, held)
    return [names[each] for each in held if each in names]


def _key(question: Question, channel: str) -> str:
    return f"questions.channel:{question.id}:{channel}"


def _number(delivery: Delivery) -> int:
    return int(delivery.subject.split(":")[1])
