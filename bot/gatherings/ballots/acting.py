"""Opens a ballot, takes it back, and counts it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.delivery import outbox
from bot.errors import TooLate
from bot.gatherings.ballots import messages, rules, store
from bot.gatherings.ballots.kinds import ballot_kind_of
from bot.gatherings.models import Ballot, Proposal
from bot.programs.models import Program


class VoteOver(TooLate):
    """This vote is over, so nothing was changed. Its post says what was chosen."""


async def open_ballot(
    session: AsyncSession,
    program: Program,
    subject: str,
    question: str,
    *,
    own: Sequence[tuple[str, str]] = (),
    winners: int = 1,
    closes_at: datetime,
    now: datetime,
) -> Ballot:
    """A vote in a program's channel, on what waits from before and then on `own` ideas (slug, text); once a subject.

    `question` is read above the proposals, as "What shall the next stories be about?".
    """
    row = {
        "workspace_id": program.workspace_id, "program_id": program.id, "subject": subject, "question": question,
        "winners": winners, "channel": program.channel, "state": store.OPEN, "closes_at": closes_at,
        "due_at": closes_at, "created_at": now,
    }  # fmt: skip
    new = await insert_new(session, Ballot, [row], unique=("workspace_id", "subject"), returning=Ballot.id)
    ballot = await store.about(session, program.workspace_id, subject, lock=True)
    assert ballot is not None, "it was opened a moment ago, or before"
    kind = ballot_kind_of(session, ballot)
    if not new or kind is None:
        return ballot
    kept = await store.waiting(session, program, kind.proposes, limit=rules.MOST_UP)
    for each in kept:
        each.state, each.ballot_id = store.UP, ballot.id
    known = {each.text.casefold() for each in kept}
    ours = [idea for idea in own if idea[1].casefold() not in known][: rules.MOST_UP - len(kept)]
    await store.put_up(session, ballot, kind.proposes, ours, member_id=None, now=now)
    await messages.post(session, ballot, now=now)
    return ballot


async def locked(session: AsyncSession, workspace_id: int, ballot_id: int) -> Ballot:
    """A ballot and what it decides, locked in the order of a host who calls that off: what is decided comes first."""
    ballot = await store.get(session, workspace_id, ballot_id)
    kind = ballot_kind_of(session, ballot)
    if kind is not None and kind.locks is not None:
        await kind.locks(session, ballot)
    return await store.get(session, workspace_id, ballot_id, lock=True)


async def bring_forward(session: AsyncSession, ballot: Ballot, closes_at: datetime, *, now: datetime) -> None:
    """A locked ballot closes sooner, because what it decides takes place sooner; never later than was said before."""
    if ballot.state != store.OPEN or ballot.closes_at <= closes_at:
        return
    ballot.closes_at = ballot.due_at = closes_at
    await session.flush()
    await messages.show(session, ballot, key=f"sooner:{closes_at.isoformat()}", now=now)


async def take_back(session: AsyncSession, ballot: Ballot, *, now: datetime) -> None:
    """A locked ballot is off; what was proposed waits for the next one."""
    if ballot.state != store.OPEN:
        return
    ballot.state, ballot.due_at = store.TAKEN_BACK, None
    await _let_wait(session, await store.up(session, ballot))
    await outbox.withdraw(session, ballot.workspace_id, messages.subject_of(ballot.id), now=now)
    await messages.show(session, ballot, key="off", now=now)


async def count(session: AsyncSession, ballot: Ballot, *, now: datetime) -> list[Proposal]:
    """Count a locked ballot; what was chosen, most votes first. Its feature hears of it, and its post says it."""
    proposals = {each.id: each for each in await store.up(session, ballot)}
    ids = rules.chosen(await store.standings(session, ballot), ballot.winners)
    won = [proposals[each] for each in ids]
    for each in won:
        each.state = store.USED
    ballot.state, ballot.due_at = store.CLOSED, None
    await _let_wait(session, [each for each in proposals.values() if each not in won])
    await messages.show(session, ballot, key="counted", now=now)
    if (kind := ballot_kind_of(session, ballot)) is not None:
        await kind.counted(session, ballot, won, now)
    return won


async def turn(session: AsyncSession, ballot: Ballot, proposal: Proposal, state: str, *, now: datetime) -> None:
    """What was chosen on a locked ballot is hidden, or put back; so it is wherever its feature shows it."""
    proposal.state = state
    await session.flush()
    kind = ballot_kind_of(session, ballot)
    if kind is not None and kind.moderated is not None:
        still = {each.id: each for each in await store.up(session, ballot, store.USED)}
        order = rules.ranked(await store.standings(session, ballot, store.USED))
        await kind.moderated(session, ballot, [still[each] for each in order], proposal, now)


def check_open(ballot: Ballot, now: datetime) -> None:
    """Raise what its voter should read where it is over; one whose hour has come is, though nobody counted yet."""
    if ballot.state != store.OPEN or ballot.closes_at <= now:
        raise VoteOver


async def _let_wait(session: AsyncSession, proposals: Sequence[Proposal]) -> None:
    """Our own ideas are not kept: the content has them. A member's waits, and keeps its place in the line."""
    for each in proposals:
        each.state = store.WAITING if each.member_id is not None else store.WITHDRAWN
    await session.flush()
