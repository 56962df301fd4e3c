"""A question that members chose is hidden after a report wherever it stands, in channels and direct messages, and put back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import ending, nudging, posting, turn_messages
from bot.gatherings.ballots import store as ballots
from bot.gatherings.models import Ballot, Proposal


async def locks(session: AsyncSession, ballot: Ballot) -> None:
    """Lock the round that has what was chosen, if there is one: whoever sums it up holds that, and no ballot."""
    query = (
        select(Roundtable)
        .join(Proposal, Proposal.id == Roundtable.proposal_id)
        .where(Roundtable.workspace_id == ballot.workspace_id, Proposal.ballot_id == ballot.id)
        .order_by(Roundtable.round_id)
        .with_for_update(of=Roundtable, key_share=True)
    )
    await session.execute(query.execution_options(populate_existing=True))


async def moderated(
    session: AsyncSession, ballot: Ballot, chosen: Sequence[Proposal], changed: Proposal, now: datetime
) -> None:
    """What had been chosen is hidden, or back; a round that has it already says so, and any other never gets it."""
    query = select(Roundtable).where(
        Roundtable.workspace_id == ballot.workspace_id, Roundtable.proposal_id == changed.id
    )
    for roundtable in (await session.execute(query)).scalars():
        await _set(session, roundtable, withheld=changed.state == ballots.USED_HIDDEN, now=now)


async def _set(session: AsyncSession, roundtable: Roundtable, *, withheld: bool, now: datetime) -> None:
    if roundtable.withheld is withheld:
        return
    roundtable.withheld, roundtable.version = withheld, roundtable.version + 1
    await session.flush()
    await posting.show(session, roundtable, now)
    await nudging.redraw(session, roundtable, now)
    await turn_messages.redraw_all(session, roundtable, now)
    if roundtable.summary is not None:
        await ending.with_a_summary(session, roundtable, now)
