"""A host moves somebody to another table, within what everybody asked for."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import TooLate
from bot.features.roundtables.live import messages, rules, seats, views
from bot.features.roundtables.live.models import LiveRoundtable
from bot.gatherings import seating
from bot.gatherings.models import Gathering
from bot.members import store as members

STALE = "The tables changed while your form was open, so nobody was moved. Close it and look at them again."
NO_TABLES = "There are no tables so far. They are made the day before, from whoever comes by then."
NOT_SEATED = "They are at none of these tables. Choose somebody who has one."
SAME = "They sit at that table already."
NOT_THERE = "They can't sit at that table. Choose another one."


async def move(
    session: AsyncSession,
    gathering: Gathering,
    live: LiveRoundtable,
    who: str,
    number: int | None,
    *,
    seen: object,
    now: datetime,
) -> dict[str, str]:
    """Move somebody of a locked one, and tell them; or what to mend, by field. Why somebody can't is said to nobody.

    `seen`: the version of the tables that the form was opened on. A form that arrives twice moves them once.
    """
    seating.check_open(gathering)
    numbers = await seats.numbers(session, gathering)
    if not numbers:
        return {views.WHERE: NO_TABLES}
    if number not in numbers:
        return {views.WHERE: f"Write the number of a table, from {numbers[0]} to {numbers[-1]}."}
    member = await members.by_slack_id(session, gathering.workspace_id, who)
    seat = await seats.seat_of(session, gathering, member.id) if member is not None else None
    if member is None or seat is None:
        return {views.WHO: NOT_SEATED}
    if seat.number == number:
        return {views.WHERE: SAME} if live.version == seen else {}
    if live.version != seen:
        raise TooLate(STALE)
    table = await seats.at_table(session, gathering, number)
    if len(table) >= rules.CROWDED:
        return {views.WHERE: f"Table {number} has {rules.CROWDED} people already. Choose another one."}
    apart = await members.aparts(session, gathering.workspace_id)
    if not rules.Company({}, apart).may_join(member.id, table):
        return {views.WHERE: NOT_THERE}
    live.version += 1
    await seats.move(session, gathering, member.id, number, live.version)
    await messages.forget(session, gathering, [member.id], now=now)
    await messages.tell(session, gathering, live, [member.id], now=now)
    return {}
