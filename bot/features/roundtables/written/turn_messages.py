"""What leaves for whoever is asked to sum up: that it is their turn, and what became of that; drawn as it leaves."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.features.roundtables.models import Roundtable, RoundtableTurn
from bot.features.roundtables.written import redrawing, store, subjects, turn_views, views
from bot.members import store as members
from bot.members.models import Member
from bot.messages import Content, Kind, Message, MessageClass, People
from bot.programs.phrases import day
from bot.programs.rules import local_date

TURN = Kind("roundtables.turn", MessageClass.REQUEST, priority=30, expires=timedelta(days=6), cost=0)
TURN_CHANGED = Kind("roundtables.turn_changed", MessageClass.ANSWER, priority=10, expires=timedelta(days=7), cost=0)
LEFT_AS_ASKED = (store.ASKED, store.LAPSED, store.RELEASED)  # whose message still says what they were asked


def asked(roundtable: Roundtable, member: Member, now: datetime) -> Message:
    """It is their turn, until the round goes on."""
    return Message(
        workspace_id=roundtable.workspace_id,
        kind=TURN.name,
        subject=subjects.turn(roundtable.round_id, member.id),
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"roundtable:{roundtable.round_id}:turn:{member.id}:{roundtable.version}",
        due_at=now,
        expires_at=roundtable.due_at,
    )


async def draw(session: AsyncSession, delivery: Delivery) -> Content | None:
    """As things stand when it leaves; nothing, where it is somebody else's turn by then."""
    roundtable = await store.find(session, delivery.workspace_id, subjects.round_in(delivery.subject))
    member = await members.by_id(session, delivery.workspace_id, delivery.member_ids[0])
    if roundtable is None or member is None or roundtable.step != store.SUMMARY or roundtable.due_at is None:
        return None
    if roundtable.moderator_id != member.id or roundtable.withheld:
        return None
    wrote = await store.writers(session, roundtable.workspace_id, roundtable.round_id)
    channels = await store.answered_in(session, roundtable.workspace_id, roundtable.round_id)
    until = day(local_date(roundtable.due_at, member.tz))
    return turn_views.turn(roundtable.round_id, roundtable.question, views.answered(len(wrote), channels), until)


async def draw_again(session: AsyncSession, delivery: Delivery) -> Content | None:
    """What somebody was asked, as it stands by then; nothing, where they did something about it, which it says already."""
    roundtable = await store.get(session, delivery.workspace_id, subjects.round_in(delivery.subject))
    turns = await store.turns_of(session, roundtable)
    turn = next((each for each in turns if each.member_id == delivery.member_ids[0]), None)
    if turn is None or turn.state not in LEFT_AS_ASKED:
        return None
    if roundtable.withheld:
        return views.withheld()
    return await draw(session, delivery) if turn.state == store.ASKED else turn_views.lapsed(roundtable.question)


async def redraw_all(session: AsyncSession, roundtable: Roundtable, now: datetime) -> None:
    """The question is hidden, or back."""
    for turn in await store.turns_of(session, roundtable):
        if turn.state in LEFT_AS_ASKED:
            await redraw(session, roundtable, turn, now)


async def redraw(session: AsyncSession, roundtable: Roundtable, turn: RoundtableTurn, now: datetime) -> None:
    """Locked: what leaves at this very moment was drawn before, and has to be drawn again."""
    sent = await _newest(session, roundtable, turn.member_id)
    if sent is not None and sent.state in redrawing.ON_ITS_WAY:
        await outbox.enqueue(session, redrawing.again(sent, TURN_CHANGED, roundtable.version, now), now=now)
    elif sent is not None and sent.state == "dropped" and turn.state == store.ASKED and not roundtable.withheld:
        member = await members.by_id(session, roundtable.workspace_id, turn.member_id)
        if member is not None:  # the question was hidden as it was to leave
            await outbox.enqueue(session, asked(roundtable, member, now), now=now)


async def _newest(session: AsyncSession, roundtable: Roundtable, member_id: int) -> Delivery | None:
    query = (
        select(Delivery)
        .where(
            Delivery.workspace_id == roundtable.workspace_id,
            Delivery.subject == subjects.turn(roundtable.round_id, member_id),
            Delivery.kind == TURN.name,
        )
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    return await lookup.one(session, query, lock=True)
