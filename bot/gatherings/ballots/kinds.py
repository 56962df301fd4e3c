"""What a feature says of the ballots it opens: what happens once one was counted."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

if TYPE_CHECKING:
    from bot.gatherings.models import Ballot, Proposal


@dataclass(frozen=True, kw_only=True)
class BallotKind:
    """Ballots whose subject is "name:…"; a feature puts it into `registry.ballots[name]`."""

    name: str
    proposes: str  # what is proposed, as stored with a proposal: theme | prompt | topic
    hint: str  # an example, under the field somebody proposes in
    # It was counted: what was chosen, most votes first; empty where nobody voted. Inside the caller's transaction.
    counted: Callable[[AsyncSession, "Ballot", "Sequence[Proposal]", datetime], Awaitable[None]]
    # What it decides takes place though its program has ended: what was voted so far counts then.
    outlasts: bool = False
    # Lock what it decides. Done before the ballot is locked: whoever holds that already may be waiting for the ballot.
    locks: Callable[[AsyncSession, "Ballot"], Awaitable[None]] | None = None
    # One that had been chosen was hidden or put back: all that is still chosen, in the same order, and which one it was.
    moderated: "Callable[[AsyncSession, Ballot, Sequence[Proposal], Proposal, datetime], Awaitable[None]] | None" = None


def ballot_kind_of(session: AsyncSession, ballot: "Ballot") -> BallotKind | None:
    """The kind of one ballot; None where its feature was taken out since."""
    kinds: dict[str, BallotKind] = session.info["ballots"]
    return kinds.get(ballot.subject.partition(":")[0])
