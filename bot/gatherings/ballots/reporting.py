"""A proposal can be reported, hidden and put back; its subject is "proposal:ID"."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.gatherings.ballots import messages, store
from bot.gatherings.models import Proposal
from bot.members import store as members
from bot.messages import Content, Message, People
from bot.registry import Reportable, Written
from bot.slack import blocks


async def look(session: AsyncSession, workspace_id: int, proposal_id: int, now: datetime) -> Written | None:
    """The words, hidden or not; None where there are none any more."""
    found = await _find(session, workspace_id, proposal_id)
    if found is None or found.state == store.WITHDRAWN or found.member_id is None:
        return None
    return Written(blocks.escape(found.text), found.member_id, "a proposal in a vote")


async def hide(session: AsyncSession, workspace_id: int, proposal_id: int, now: datetime) -> None:
    """Nobody can see or choose it until a moderator has looked."""
    found = await _find(session, workspace_id, proposal_id)
    if found is not None and found.state in (store.UP, store.WAITING):
        found.state = store.HIDDEN
        await _show(session, found, "hidden", now)


async def restore(session: AsyncSession, workspace_id: int, proposal_id: int, now: datetime) -> None:
    """It can be chosen again: on its ballot, if that is still open, or on the next."""
    found = await _find(session, workspace_id, proposal_id)
    if found is None or found.state != store.HIDDEN:
        return
    found.state = store.WAITING
    if found.ballot_id is not None:
        ballot = await store.get(session, workspace_id, found.ballot_id, lock=True)
        found.state = store.UP if ballot.state == store.OPEN else store.WAITING
    await _show(session, found, "restored", now)


async def tell(session: AsyncSession, workspace_id: int, proposal_id: int, text: str, now: datetime) -> None:
    """Whoever proposed it hears what happened."""
    found = await _find(session, workspace_id, proposal_id)
    member = await members.by_id(session, workspace_id, found.member_id) if found and found.member_id else None
    if member is None:
        return
    message = Message(
        workspace_id=workspace_id,
        kind=messages.TOLD.name,
        subject=f"proposal:{proposal_id}",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{messages.TOLD.name}:{proposal_id}:{now.isoformat()}",
        due_at=now,
        content=Content(text, [blocks.section(text)]),
    )
    await outbox.enqueue(session, message, now=now)


async def _find(session: AsyncSession, workspace_id: int, proposal_id: int) -> Proposal | None:
    try:
        return await store.proposal(session, workspace_id, proposal_id)
    except Gone:
        return None


async def _show(session: AsyncSession, found: Proposal, what: str, now: datetime) -> None:
    await session.flush()
    if found.ballot_id is not None:
        ballot = await store.get(session, found.workspace_id, found.ballot_id)
        await messages.show(session, ballot, key=f"{what}:{found.id}:{now.isoformat()}", now=now)


REPORTABLE = Reportable(look, hide, restore, tell)
