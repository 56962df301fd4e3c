"""What is said to tellers and hosts, and how much each message may ask of them."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.storytelling import hosts
from bot.features.storytelling.models import StorySession, Telling
from bot.features.storytelling.tellers import store, views
from bot.gatherings import facts
from bot.gatherings import store as gatherings
from bot.gatherings.models import Gathering
from bot.members import store as members
from bot.messages import Content, Kind, Message, MessageClass, People, Verb
from bot.slack import home

TURN = Kind(
    "storytelling.turn",
    MessageClass.REQUEST,
    priority=30,
    noun=("a question whether you tell a story", "turns to tell"),
)
TURN_CHANGED = Kind("storytelling.turn_changed", MessageClass.ANSWER, priority=20, expires=timedelta(days=14), cost=0)
SWAP = Kind(
    "storytelling.swap",
    MessageClass.REQUEST,
    priority=30,
    noun=("a colleague's question about swapping", "questions about swapping"),
)
HOST = Kind("storytelling.host", MessageClass.ANSWER, priority=20, expires=timedelta(days=5), cost=0)


def subject_of(telling_id: int) -> str:
    """What the messages of one turn are filed under."""
    return f"telling:{telling_id}"


def swap_subject(telling_id: int) -> str:
    """What a question about swapping is filed under, so that it can be taken back."""
    return f"{subject_of(telling_id)}:swap"


async def show(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """Have a teller's message say how their turn stands; the first one asks them, or confirms what they offered."""
    member = await members.by_id(session, turn.workspace_id, turn.member_id)
    if member is None or member.deactivated_at is not None:
        return
    first = await outbox.find(session, turn.workspace_id, _key(turn))
    changed = first is not None
    message = Message(
        workspace_id=turn.workspace_id,
        kind=TURN_CHANGED.name if changed or turn.state != store.ASKED else TURN.name,
        subject=subject_of(turn.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{_key(turn)}:{turn.state}:{turn.swap_with}:{now.isoformat()}" if changed else _key(turn),
        due_at=now,
        expires_at=turn.answer_by if not changed else None,
        verb=Verb.UPDATE if changed else Verb.POST,
        target_id=first.id if first is not None else None,
    )
    await outbox.enqueue(session, message, now=now)
    await home.redraw(session, turn.workspace_id, [turn.member_id], now=now)


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """How a turn stands as the message leaves; nothing, where nobody would be asked any more."""
    turn = await store.get(session, delivery.workspace_id, int(delivery.subject.rpartition(":")[2]))
    if delivery.verb == Verb.POST and turn.state not in (store.ASKED, store.ACCEPTED):
        return None
    gathering = await gatherings.get(session, turn.workspace_id, turn.gathering_id)
    member = await members.by_id(session, turn.workspace_id, turn.member_id)
    assert member is not None, "a turn is somebody's"
    other = await members.by_id(session, turn.workspace_id, turn.swap_with) if turn.swap_with else None
    said = await facts.facts_of(session, gathering)
    return views.turn(
        said,
        turn,
        member.tz,
        facts.now_in(session),
        swap_with=other.slack_id if other else None,
        is_off=gathering.state == gatherings.CALLED_OFF,
    )


async def offer_swap(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """Ask somebody to tell in a teller's place."""
    other = await members.by_id(session, turn.workspace_id, turn.swap_with or 0)
    asker = await members.by_id(session, turn.workspace_id, turn.member_id)
    if other is None or asker is None:
        return
    said = await facts.facts_of(session, gathering)
    message = Message(
        workspace_id=turn.workspace_id,
        kind=SWAP.name,
        subject=swap_subject(turn.id),
        to=People((other.slack_id,), (other.id,)),
        dedupe_key=f"{_key(turn)}:swap:{other.id}:{now.isoformat()}",
        due_at=now,
        expires_at=gathering.starts_at,
        content=views.swap(said, turn, asker.slack_id, other.tz, now),
    )
    await outbox.enqueue(session, message, now=now)


async def tell_host(
    session: AsyncSession, gathering: Gathering, story: StorySession, promised: int, asked: int, *, now: datetime
) -> None:
    """Stories are lacking and nobody is left to ask, or the day is near: whoever holds the session can choose."""
    said = await facts.facts_of(session, gathering)
    for host in await hosts.people(session, gathering):
        message = Message(
            workspace_id=gathering.workspace_id,
            kind=HOST.name,
            subject=f"gathering:{gathering.id}:tellers",
            to=People((host.slack_id,), (host.id,)),
            dedupe_key=f"storytelling.host:{gathering.id}:{host.id}:{now.isoformat()}",
            due_at=now,
            expires_at=gathering.starts_at,
            content=views.lacking(said, promised, story.wanted, asked, host.tz, now),
        )
        await outbox.enqueue(session, message, now=now)


async def withdraw(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """Nobody is asked any more: what waits to be sent about turns of a session is taken back."""
    await outbox.withdraw(session, gathering.workspace_id, f"gathering:{gathering.id}:tellers", now=now)
    for turn in await store.of_session(session, gathering):
        await outbox.withdraw(session, gathering.workspace_id, swap_subject(turn.id), now=now)


def _key(turn: Telling) -> str:
    """One message for each time somebody is asked: a second question is not hidden in an old message."""
    return f"storytelling.turn:{turn.id}:{turn.asked_at.isoformat()}"
