"""Who may share what they take from a gathering, and until when; what begins it, and what a feature may read of it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, NotAMember, TooLate
from bot.gatherings import store
from bot.gatherings.coming.acting import ends_at
from bot.gatherings.facts import hosts
from bot.gatherings.models import Gathering, Seat
from bot.gatherings.takeaways import rules
from bot.gatherings.takeaways.kinds import TakeawayKind, takeaway_kind_of
from bot.members import store as members
from bot.members.models import Member

NOT_HELD = "That session did not take place, so there is nothing to share about it."
NOT_YET = "That session is not over yet. I ask you right after it."
NOT_THERE = (
    "Whoever came shares something here. If you were there, press Yes below its post in the channel, then come back."
)


def begin(session: AsyncSession, gathering: Gathering, now: datetime) -> None:
    """A locked one is over: those who came are asked at their kind's time, where it asks them."""
    kind = takeaway_kind_of(session, gathering)
    if kind is not None and asks(kind, gathering):
        gathering.takeaways_at = now + kind.asked_after


def has_thread(gathering: Gathering) -> bool:
    """Whether takeaways can gather: its post stands in a channel that we still reach."""
    return gathering.announced_id is not None and gathering.channel is not None


def asks(kind: TakeawayKind, gathering: Gathering) -> bool:
    """Whether this kind asks after a gathering that stands in this place."""
    return kind.without_thread or has_thread(gathering)


def came(seat: Seat | None) -> bool:
    """Whether somebody took their seat and did not say since that they were not there; or says that they were."""
    return seat is not None and (seat.came is True or (seat.state == store.COMING and seat.came is None))


def is_open(gathering: Gathering, now: datetime) -> bool:
    """Whether something can be shared of it now."""
    return gathering.state == store.OVER and rules.is_open(ends_at(gathering), now)


async def may_share(session: AsyncSession, kind: TakeawayKind, gathering: Gathering, member: Member) -> bool:
    """Whether somebody was there, on a seat or as a host; or is in Perennial, where that is enough."""
    if member.id in hosts(gathering) or (kind.for_everybody and members.has_joined(member)):
        return True
    return came(await store.seat_of(session, gathering, member.id))


async def check(session: AsyncSession, gathering: Gathering, member: Member, now: datetime) -> TakeawayKind:
    """How takeaways are asked for; raises what somebody should read who can't share anything of it."""
    kind = takeaway_kind_of(session, gathering)
    if kind is None:
        raise Gone
    if member.left_at is not None:
        raise NotAMember
    if gathering.state == store.CALLED_OFF:
        raise TooLate(NOT_HELD)
    if not rules.is_open(ends_at(gathering), now):
        raise TooLate(kind.asking.closed)
    if gathering.state != store.OVER:
        raise TooLate(NOT_YET)
    if not await may_share(session, kind, gathering, member):
        raise NotAMember if kind.for_everybody else TooLate(NOT_THERE)
    return kind
