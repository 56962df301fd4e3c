"""Remembers ballots: what is proposed, who voted for what, and what waits for the next one."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.errors import Gone
from bot.gatherings.ballots.rules import Standing
from bot.gatherings.models import Ballot, Proposal, Vote
from bot.programs.models import Program

OPEN, CLOSED, TAKEN_BACK = "open", "closed", "withdrawn"
WAITING, UP, USED, WITHDRAWN, HIDDEN = "waiting", "up", "used", "withdrawn", "hidden"
USED_HIDDEN = "used_hidden"  # it was chosen before it was hidden, and is again once it is put back


async def due(session: AsyncSession, now: datetime, *, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace id, ballot id) of those to be counted."""
    query = select(Ballot.workspace_id, Ballot.id).where(Ballot.due_at <= now).order_by(Ballot.due_at).limit(limit)
    return [(row.workspace_id, row.id) for row in await session.execute(query)]


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next one is counted."""
    return (await session.execute(select(func.min(Ballot.due_at)))).scalar_one()


async def get(session: AsyncSession, workspace_id: int, ballot_id: int, *, lock: bool = False) -> Ballot:
    """A ballot of this workspace; Gone where there is none."""
    return await lookup.get(session, Ballot, workspace_id, ballot_id, lock=lock)


async def about(session: AsyncSession, workspace_id: int, subject: str, *, lock: bool = False) -> Ballot | None:
    """The ballot for one thing, if one was opened."""
    query = select(Ballot).where(Ballot.workspace_id == workspace_id, Ballot.subject == subject)
    return await lookup.one(session, query, lock=lock)


async def open_ones(session: AsyncSession, program: Program) -> list[int]:
    """Ids of the votes of a program that are not over, in the order in which they would be."""
    query = (
        select(Ballot.id)
        .where(Ballot.workspace_id == program.workspace_id, Ballot.program_id == program.id, Ballot.state == OPEN)
        .order_by(Ballot.closes_at, Ballot.id)
    )
    return list((await session.execute(query)).scalars())


async def forget_waiting(session: AsyncSession, program: Program) -> None:
    """No vote comes any more for which a proposal could wait."""
    waits = (
        Proposal.workspace_id == program.workspace_id,
        Proposal.program_id == program.id,
        Proposal.state == WAITING,
    )
    await session.execute(update(Proposal).where(*waits).values(state=WITHDRAWN))


async def proposal(session: AsyncSession, workspace_id: int, proposal_id: int) -> Proposal:
    """One proposal, as it stands; Gone where there is none."""
    query = select(Proposal).where(Proposal.workspace_id == workspace_id, Proposal.id == proposal_id)
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise Gone
    return found


async def up(session: AsyncSession, ballot: Ballot, *states: str) -> list[Proposal]:
    """What can be voted for, or is in one of these states, in the order it was proposed."""
    query = (
        select(Proposal)
        .where(
            Proposal.workspace_id == ballot.workspace_id,
            Proposal.ballot_id == ballot.id,
            Proposal.state.in_(states or (UP,)),
        )
        .order_by(Proposal.created_at, Proposal.id)
    )
    return list((await session.execute(query)).scalars())


async def waiting(session: AsyncSession, program: Program, kind: str, *, limit: int) -> list[Proposal]:
    """What was proposed and not chosen so far, longest waiting first."""
    query = (
        select(Proposal)
        .where(
            Proposal.workspace_id == program.workspace_id,
            Proposal.program_id == program.id,
            Proposal.kind == kind,
            Proposal.state == WAITING,
        )
        .order_by(Proposal.created_at, Proposal.id)
        .limit(limit)
    )
    return list((await session.execute(query)).scalars())


async def put_up(
    session: AsyncSession,
    ballot: Ballot,
    kind: str,
    texts: Sequence[tuple[str | None, str]],
    *,
    member_id: int | None,
    now: datetime,
) -> list[Proposal]:
    """(slug or None, text) of new proposals, on a ballot at once."""
    made = [
        Proposal(
            workspace_id=ballot.workspace_id,
            program_id=ballot.program_id,
            kind=kind,
            text=text,
            slug=slug,
            member_id=member_id,
            state=UP,
            ballot_id=ballot.id,
            created_at=now,
        )
        for slug, text in texts
    ]
    session.add_all(made)
    await session.flush()
    return made


async def vote(session: AsyncSession, ballot: Ballot, member_id: int, proposal_id: int, now: datetime) -> None:
    """Write down a vote on a locked ballot; choosing again moves it."""
    row = {
        "ballot_id": ballot.id,
        "member_id": member_id,
        "workspace_id": ballot.workspace_id,
        "proposal_id": proposal_id,
        "voted_at": now,
    }
    if await insert_new(session, Vote, [row], unique=("ballot_id", "member_id"), returning=Vote.member_id):
        return
    found = await session.get(Vote, (ballot.id, member_id), populate_existing=True)
    assert found is not None, "it was written a moment ago"
    found.proposal_id, found.voted_at = proposal_id, now
    await session.flush()


async def unvote(session: AsyncSession, ballot: Ballot, member_id: int) -> None:
    """Take a vote back."""
    await session.execute(
        delete(Vote).where(
            Vote.workspace_id == ballot.workspace_id, Vote.ballot_id == ballot.id, Vote.member_id == member_id
        )
    )


async def standings(session: AsyncSession, ballot: Ballot, *states: str) -> list[Standing]:
    """Every proposal that is up, or in one of these states, with its votes."""
    query = select(Vote.proposal_id).where(Vote.workspace_id == ballot.workspace_id, Vote.ballot_id == ballot.id)
    votes = Counter((await session.execute(query)).scalars())
    return [Standing(each.id, votes[each.id], each.created_at) for each in await up(session, ballot, *states)]


async def voters_of(session: AsyncSession, ballot: Ballot, proposal_id: int) -> list[int]:
    """Who voted for something, as it is taken back."""
    query = select(Vote.member_id).where(
        Vote.workspace_id == ballot.workspace_id, Vote.ballot_id == ballot.id, Vote.proposal_id == proposal_id
    )
    return list((await session.execute(query)).scalars())


async def of_member(session: AsyncSession, workspace_id: int, member_id: int) -> list[Proposal]:
    """What one person ever proposed, chosen or not."""
    query = select(Proposal).where(Proposal.workspace_id == workspace_id, Proposal.member_id == member_id)
    return list((await session.execute(query)).scalars())
