"""A program ends: its votes are counted or off at once, and nothing is kept for a next one that never comes.

While a program only pauses they go on: what is chosen meanwhile waits until it is resumed.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.ballots import acting, store
from bot.gatherings.ballots.kinds import ballot_kind_of
from bot.programs.models import Program


async def program_ended(session: AsyncSession, program: Program, now: datetime) -> None:
    """Let the votes of a locked program end with it. A session that was planned stays, so its votes so far count."""
    for ballot_id in await store.open_ones(session, program):
        ballot = await acting.locked(session, program.workspace_id, ballot_id)
        if ballot.state != store.OPEN:
            continue
        kind = ballot_kind_of(session, ballot)
        if kind is not None and kind.outlasts:
            await acting.count(session, ballot, now=now)
        else:
            await acting.take_back(session, ballot, now=now)
    await store.forget_waiting(session, program)
