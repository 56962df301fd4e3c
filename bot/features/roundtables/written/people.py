"""Who takes part in a round: those who joined its program and do not sit this one out, and who of them can be reached."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import hours
from bot.features.roundtables.models import Roundtable
from bot.members.commitments import rooms
from bot.members.models import Member
from bot.members.store import recipients
from bot.programs.models import Enrolment, Round


async def sitting_out(session: AsyncSession, roundtable: Roundtable) -> set[int]:
    """Who said that they skip this round: that holds until it is summed up, not only on the day it was posted."""
    query = (
        select(Enrolment.member_id)
        .join(Round, Round.program_id == Enrolment.program_id)
        .where(
            Enrolment.workspace_id == roundtable.workspace_id,
            Enrolment.program_id == roundtable.program_id,
            Round.id == roundtable.round_id,
            Enrolment.skip_date == Round.local_date,
        )
    )
    return set((await session.execute(query)).scalars())


async def can_be_asked(session: AsyncSession, member: Member, now: datetime, *, until: datetime) -> bool:
    """Whether somebody takes on something new, and works at all before the answer is due: else nobody reads the question."""
    closed_until = await rooms.closed_until(session, member.workspace_id, member.id)
    if closed_until is not None and closed_until > now:
        return False
    person = (await recipients(session, member.workspace_id, [member.id])).get(member.id)
    return person is not None and person.reachable and bool(hours.spans(person, now, until))
