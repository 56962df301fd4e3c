"""The question to whoever is asked to tell in somebody's place: drawn as it leaves, and kept true where it stands."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.storytelling.models import Telling
from bot.features.storytelling.tellers import messages, store, views
from bot.features.storytelling.tellers.messages import subject_of
from bot.gatherings import facts
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Content, Kind, Message, MessageClass, People, Verb

SWAP = Kind(
    "storytelling.swap",
    MessageClass.REQUEST,
    priority=30,
    noun=("a colleague's question about swapping", "questions about swapping"),
)
SWAP_CHANGED = Kind("storytelling.swap_changed", MessageClass.ANSWER, priority=20, expires=timedelta(days=14), cost=0)


def _subject(turn: Telling) -> str:
    """What the question is filed under, so that it can be taken back."""
    return f"{subject_of(turn.id)}:swap"


async def offer(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """Ask somebody to tell in a teller's place."""
    other = await members.by_id(session, turn.workspace_id, turn.swap_with or 0)
    if other is None:
        return
    message = Message(
        workspace_id=turn.workspace_id,
        kind=SWAP.name,
        subject=_subject(turn),
        to=People((other.slack_id,), (other.id,)),
        dedupe_key=f"{_subject(turn)}:{other.id}:{outbox.moment(session, now)}",
        due_at=now,
        expires_at=gathering.starts_at,
    )
    await outbox.enqueue(session, message, now=now)


async def show(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """The date or the title is another one: whoever is asked reads it, and may think about it as long as that leaves."""
    if turn.swap_with is None:
        return
    asked = await outbox.newest(session, turn.workspace_id, _subject(turn))
    if asked is not None and asked.state == "queued":
        asked.expires_at = gathering.starts_at
    elif asked is not None and asked.state not in outbox.NEVER_LEFT:
        await outbox.enqueue(session, messages.redrawn(session, asked, SWAP_CHANGED, now), now=now)


async def end(session: AsyncSession, turn: Telling, *, now: datetime) -> None:
    """Nobody need answer any more: what waits is taken back, and what was read says so."""
    if turn.swap_with is None:
        return
    await outbox.withdraw(session, turn.workspace_id, _subject(turn), now=now)
    asked = await outbox.newest(session, turn.workspace_id, _subject(turn))
    turn.swap_with = None
    await session.flush()
    if asked is not None and asked.state not in outbox.NEVER_LEFT:
        await outbox.enqueue(session, messages.redrawn(session, asked, SWAP_CHANGED, now), now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """The question as things stand when it leaves; once nothing is left to answer it says that, or is not asked at all."""
    turn = await store.get(session, delivery.workspace_id, int(delivery.subject.split(":")[1]))
    gathering = await gatherings.get(session, turn.workspace_id, turn.gathering_id)
    (asked_id,) = delivery.member_ids
    asked = await members.by_id(session, turn.workspace_id, asked_id)
    asker = await members.by_id(session, turn.workspace_id, turn.member_id)
    assert asked is not None and asker is not None, "a turn and a question are somebody's"
    now = facts.now_in(session)
    if turn.state == store.ACCEPTED and turn.swap_with == asked_id and gathering.starts_at > now:
        return views.swap(await facts.facts_of(session, gathering), turn, asker.slack_id, asked.tz, now)
    return views.swap_is_settled(asker.slack_id) if delivery.verb == Verb.UPDATE else None
