"""A proposal can be reported, hidden and put back; its subject is "proposal:ID"."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.gatherings.ballots import acting, messages, store
from bot.gatherings.models import Ballot, Proposal
from bot.members import store as members
from bot.messages import Content, Message, People
from bot.registry import Reportable, Written
from bot.slack import blocks


async def look(session: AsyncSession, workspace_id: int, proposal_id: int, now: datetime) -> Written | None:
    """The words, hidden or not, also of somebody who left since; None where there are none, or these are our own."""
    found = await _find(session, workspace_id, proposal_id)
    if found is None or found.state == store.WITHDRAWN or found.slug is not None:
        return None
    return Written(blocks.escape(found.text), found.member_id, "a proposal in a vote")


async def hide(session: AsyncSession, workspace_id: int, proposal_id: int, now: datetime) -> None:
    """Nobody can see or choose it until a moderator has looked."""
    found, ballot = await _locked(session, workspace_id, proposal_id)
    if found is None:
        return
    if found.state == store.USED and ballot is not None:
        await acting.turn(session, ballot, found, store.USED_HIDDEN, now=now)
    elif found.state in (store.UP, store.WAITING):
        found.state = store.HIDDEN
    else:
        return
    await _show(session, ballot, f"hidden:{proposal_id}", now)


async def restore(session: AsyncSession, workspace_id: int, proposal_id: int, now: datetime) -> None:
    """What was chosen is chosen again. What was not can be: on its ballot, if that is still open, or on the next."""
    found, ballot = await _locked(session, workspace_id, proposal_id)
    if found is None:
        return
    if found.state == store.USED_HIDDEN and ballot is not None:
        await acting.turn(session, ballot, found, store.USED, now=now)
    elif found.state == store.HIDDEN:
        found.state = store.UP if ballot is not None and ballot.state == store.OPEN else store.WAITING
    else:
        return
    await _show(session, ballot, f"restored:{proposal_id}", now)


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


async def _locked(session: AsyncSession, workspace_id: int, proposal_id: int) -> tuple[Proposal | None, Ballot | None]:
    """A proposal with the ballot it is or was on, as both stand once nobody else changes them."""
    found = await _find(session, workspace_id, proposal_id)
    if found is None or found.ballot_id is None:
        return found, None
    ballot = await acting.locked(session, workspace_id, found.ballot_id)
    return await _find(session, workspace_id, proposal_id), ballot


async def _show(session: AsyncSession, ballot: Ballot | None, what: str, now: datetime) -> None:
    await session.flush()
    if ballot is not None:
        await messages.show(session, ballot, key=f"{what}:{now.isoformat()}", now=now)


REPORTABLE = Reportable(look, hide, restore, tell)
