"""What is said to tellers about their turn, and to hosts about what is lacking; and how much that may ask of them."""

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
from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People, Verb
from bot.slack import home

TURN = Kind(
    "storytelling.turn",
    MessageClass.REQUEST,
    priority=30,
    noun=("a question whether you tell a story", "turns to tell"),
)
TURN_CHANGED = Kind("storytelling.turn_changed", MessageClass.ANSWER, priority=20, expires=timedelta(days=14), cost=0)
HOST = Kind("storytelling.host", MessageClass.ANSWER, priority=20, expires=timedelta(days=5), cost=0)


def subject_of(telling_id: int) -> str:
    """What the messages of one turn are filed under."""
    return f"telling:{telling_id}"


async def show(session: AsyncSession, gathering: Gathering, turn: Telling, *, now: datetime) -> None:
    """Have a teller's message say how their turn stands; the first one asks them, or confirms what they offered."""
    member = await members.by_id(session, turn.workspace_id, turn.member_id)
    if member is None or member.deactivated_at is not None:
        return
    newest = await outbox.newest(session, turn.workspace_id, subject_of(turn.id))
    stands = newest if newest is not None and newest.dedupe_key.startswith(_key(turn)) else None
    if stands is None:
        await outbox.enqueue(session, _first(turn, member, _key(turn), now), now=now)
    elif stands.state == "queued":
        if (
            turn.state == store.ACCEPTED
        ):  # they said yes elsewhere: it is an answer now, and need not wait for their hours
            await outbox.let_go(session, stands, now=now)
    elif stands.state not in outbox.NEVER_LEFT:
        await outbox.enqueue(session, redrawn(session, stands, TURN_CHANGED, now), now=now)
    elif turn.state in (store.ASKED, store.ACCEPTED):
        await outbox.enqueue(session, _first(turn, member, f"{_key(turn)}:{stands.id}", now), now=now)
    await home.redraw(session, turn.workspace_id, [turn.member_id], now=now)


def _first(turn: Telling, member: Member, key: str, now: datetime) -> Message:
    return Message(
        workspace_id=turn.workspace_id,
        kind=TURN.name if turn.state == store.ASKED else TURN_CHANGED.name,
        subject=subject_of(turn.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=key,
        due_at=now,
        expires_at=turn.answer_by,
    )


def redrawn(session: AsyncSession, stands: Delivery, kind: Kind, now: datetime) -> Message:
    """What one person has read, drawn again; twice in one act it would say the same."""
    return Message(
        workspace_id=stands.workspace_id,
        kind=kind.name,
        subject=stands.subject,
        to=People(tuple(stands.slack_ids), tuple(stands.member_ids)),
        dedupe_key=f"{stands.dedupe_key}:{outbox.moment(session, now)}",
        due_at=now,
        verb=Verb.UPDATE,
        target_id=stands.id,
    )


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


async def tell_host(
    session: AsyncSession, gathering: Gathering, story: StorySession, promised: int, asked: int, *, now: datetime
) -> None:
    """Stories are lacking and nobody is left to ask, or the day is near: whoever holds the session can choose."""
    said = await facts.facts_of(session, gathering)
    await withdraw(session, gathering, now=now)  # what they have not read yet is no longer how it stands
    for host in await hosts.people(session, gathering):
        message = Message(
            workspace_id=gathering.workspace_id,
            kind=HOST.name,
            subject=f"gathering:{gathering.id}:tellers",
            to=People((host.slack_id,), (host.id,)),
            dedupe_key=f"storytelling.host:{gathering.id}:{host.id}:{outbox.moment(session, now)}:{promised}:{asked}",
            due_at=now,
            expires_at=gathering.starts_at,
            content=views.lacking(said, promised, story.wanted, asked, host.tz, now),
        )
        await outbox.enqueue(session, message, now=now)


async def withdraw(session: AsyncSession, gathering: Gathering, *, now: datetime) -> None:
    """What waits to be said to the hosts of a session about its tellers is taken back."""
    await outbox.withdraw(session, gathering.workspace_id, f"gathering:{gathering.id}:tellers", now=now)


def _key(turn: Telling) -> str:
    """One message for each time somebody is asked: a second question is not hidden in an old message."""
    return f"storytelling.turn:{turn.id}:{turn.asked_at.isoformat()}"
