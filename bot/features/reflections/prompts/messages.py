"""The question and its changes, as they are handed to delivery; the words are drawn as they leave."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.reflections import library
from bot.features.reflections.models import Prompt, Rhythm
from bot.features.reflections.prompts import store, views
from bot.members.models import Member
from bot.messages import Channel, Content, Kind, Message, MessageClass, People
from bot.slack.used import changed

PROMPT = Kind(
    "reflections.prompt",
    MessageClass.SUGGESTION,
    priority=65,
    expires=timedelta(days=2),
    cost=1,
    private=True,
    noun=("a question to yourself", "questions to yourself"),
)
SHOWN = Kind("reflections.shown", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)


def subject_of(prompt_id: int) -> str:
    """What messages about a question are filed under."""
    return f"reflection_prompt:{prompt_id}"


def asked(prompt: Prompt) -> views.Asked | None:
    """A question as its message stands; None where the library no longer has it."""
    words = library.prompts().get(prompt.slug)
    if words is None:
        return None
    return views.Asked(prompt.id, words, prompt.state, prompt.tells, prompt.reflection_id)


def question(prompt: Prompt, member: Member, now: datetime) -> Message:
    """The question itself, of use until the end of their next working day."""
    return Message(
        workspace_id=prompt.workspace_id,
        kind=PROMPT.name,
        subject=subject_of(prompt.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"reflections.prompt:{prompt.member_id}:{prompt.local_date}",
        due_at=now,
        expires_at=prompt.expires_at,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The question, unless it was taken back or answered meanwhile."""
    prompt = await _prompt_of(session, delivery)
    said = asked(prompt) if prompt is not None and prompt.state == "waiting" else None
    return None if said is None else views.prompt(said)


async def sent(session: AsyncSession, delivery: Delivery) -> None:
    """Where it stands now, so that replies in its thread are known; also of one that was leaving as it was taken back."""
    prompt = await _prompt_of(session, delivery)
    if prompt is None:
        return
    rhythm = await store.rhythm_of(session, prompt.workspace_id, prompt.member_id, lock=True)  # first, as the job does
    prompt.channel, prompt.ts = delivery.channel, delivery.ts
    if prompt.state in ("waiting", "dropped"):
        prompt.state = "put"
    if rhythm is not None and prompt.tells and rhythm.told_at is None:
        rhythm.told_at = delivery.settled_at


async def ended(session: AsyncSession, delivery: Delivery) -> None:
    """It did not reach them, so the same question may come another day."""
    prompt = await _prompt_of(session, delivery)
    if prompt is not None and prompt.state == "waiting":
        prompt.state = "dropped"


async def show(session: AsyncSession, prompt: Prompt, now: datetime, *, key: str) -> None:
    """Have the question's message say what has become of it; nothing, where it was never sent."""
    if said := asked(prompt):
        await _update(session, prompt, views.prompt(said), now, key)


async def show_rhythm(
    session: AsyncSession, prompt: Prompt, rhythm: Rhythm, member: Member, now: datetime, *, key: str
) -> None:
    """Have the question's message say how often there will be others."""
    if said := asked(prompt):
        content = views.rhythm_changed(said, store.pace_in(rhythm), store.hours_of(member))
        await _update(session, prompt, content, now, key)


async def take_back(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Whatever has not left does not leave."""
    for prompt in await store.waiting(session, workspace_id, member_id):
        prompt.state = "dropped"
        await outbox.withdraw(session, workspace_id, subject_of(prompt.id), now=now)
    await session.flush()


async def _update(session: AsyncSession, prompt: Prompt, content: Content, now: datetime, key: str) -> None:
    if prompt.channel is None or prompt.ts is None:
        return
    update = changed(
        prompt.workspace_id, SHOWN, f"{subject_of(prompt.id)}:shown", content, to=Channel(prompt.channel), ts=prompt.ts,
        key=f"reflections.shown:{prompt.id}:{key}", now=now,
    )  # fmt: skip
    await outbox.enqueue(session, update, now=now)


async def _prompt_of(session: AsyncSession, delivery: Delivery) -> Prompt | None:
    return await store.get(session, delivery.workspace_id, int(delivery.subject.rpartition(":")[2]))
