"""Who may share what they take from a gathering, and until when; what begins it, and what a feature may read of it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone, TooLate
from bot.gatherings import store
from bot.gatherings.facts import hosts
from bot.gatherings.models import Gathering, Seat
from bot.gatherings.takeaways import rules
from bot.gatherings.takeaways.kinds import takeaway_kind_of
from bot.members.models import Member

CLOSED = "The week for sharing it is over, so nothing was kept. Tell whoever sat with you what came of it."
NOT_HELD = "That session did not take place, so there is nothing to share about it."
NOT_YET = "That session is not over yet. I ask you right after it."
NOT_THERE = (
    "Whoever came shares something here. If you were there, press Yes below its post in the channel, then come back."
)


def begin(gathering: Gathering, now: datetime) -> None:
    """A locked one is over: a little later those who came are asked, where there is a thread for what they share."""
    if has_thread(gathering):
        gathering.takeaways_at = now + rules.ASKED_AFTER


def has_thread(gathering: Gathering) -> bool:
    """Whether takeaways can gather: its post stands in a channel that we still reach."""
    return gathering.announced_id is not None and gathering.channel is not None


def came(seat: Seat | None) -> bool:
    """Whether somebody took their seat, and did not say since that they were not there."""
    return seat is not None and seat.state == store.COMING and seat.came is not False


def is_open(gathering: Gathering, now: datetime) -> bool:
    """Whether something can be shared of it now."""
    ended_at = gathering.starts_at + timedelta(minutes=gathering.minutes)
    return gathering.state == store.OVER and rules.is_open(ended_at, now)


async def may_share(session: AsyncSession, gathering: Gathering, member_id: int) -> bool:
    """Whether somebody was there: on a seat, or as a host."""
    return member_id in hosts(gathering) or came(await store.seat_of(session, gathering, member_id))


async def check(session: AsyncSession, gathering: Gathering, member: Member, now: datetime) -> None:
    """Raise what somebody should read who can't share anything of it."""
    if takeaway_kind_of(session, gathering) is None or member.left_at is not None:
        raise Gone
    if gathering.state == store.CALLED_OFF:
        raise TooLate(NOT_HELD)
    if gathering.state != store.OVER:
        raise TooLate(NOT_YET)
    if not is_open(gathering, now):
        raise TooLate(CLOSED)
    if not await may_share(session, gathering, member.id):
        raise TooLate(NOT_THERE)
