"""What somebody shared can be reported, hidden and put back, as "takeaway:ID"; and it goes when they go."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.gatherings import store as gatherings
from bot.gatherings.models import Takeaway
from bot.gatherings.takeaways import messages, store
from bot.gatherings.takeaways.kinds import takeaway_kind_of
from bot.members import private
from bot.members import store as members
from bot.messages import Content, Message, People
from bot.registry import Reportable, Written
from bot.slack import blocks

CALLED = "what somebody shared of a session"  # where the feature that asked was taken out since


async def look(session: AsyncSession, workspace_id: int, takeaway_id: int, now: datetime) -> Written | None:
    """The words, hidden or not; None where there are none any more."""
    row = await _find(session, workspace_id, takeaway_id)
    if row is None or row.state == store.TAKEN_BACK:
        return None
    seals = await private.seals_of(session, workspace_id, [row.member_id])
    if row.member_id not in seals:
        return None  # their key was forgotten, and the words with it
    kind = takeaway_kind_of(session, await gatherings.get(session, workspace_id, row.gathering_id))
    called = kind.sharing.called if kind is not None else CALLED
    return Written(blocks.escape(await store.words_of(session, row)), row.member_id, called)


async def hide(session: AsyncSession, workspace_id: int, takeaway_id: int, now: datetime) -> None:
    """It leaves the thread until a moderator has looked."""
    await _set(session, workspace_id, takeaway_id, store.SHOWN, store.HIDDEN, now)


async def restore(session: AsyncSession, workspace_id: int, takeaway_id: int, now: datetime) -> None:
    """It stands in the thread again."""
    await _set(session, workspace_id, takeaway_id, store.HIDDEN, store.SHOWN, now)


async def tell(session: AsyncSession, workspace_id: int, takeaway_id: int, text: str, now: datetime) -> None:
    """Whoever said it hears what happened."""
    row = await _find(session, workspace_id, takeaway_id)
    member = await members.by_id(session, workspace_id, row.member_id) if row else None
    if member is None:
        return
    message = Message(
        workspace_id=workspace_id,
        kind=messages.TOLD.name,
        subject=f"{store.subject_of(takeaway_id)}:report",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{messages.TOLD.name}:{takeaway_id}:{outbox.moment(session, now)}",
        due_at=now,
        content=Content(text, [blocks.section(text)]),
    )
    await outbox.enqueue(session, message, now=now)


async def forget(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Somebody left: what they shared leaves the threads, and they are asked nothing about it."""
    for found in await store.of_member(session, workspace_id, member_id):
        gathering = await gatherings.get(session, workspace_id, found.gathering_id, lock=True)
        row = await store.get(session, workspace_id, found.id, lock=True)
        if row.state != store.TAKEN_BACK:
            await store.take_back(session, row)
            await messages.gather(session, gathering, row, now=now)


async def _find(session: AsyncSession, workspace_id: int, takeaway_id: int) -> Takeaway | None:
    try:
        return await store.get(session, workspace_id, takeaway_id)
    except Gone:
        return None


async def _set(
    session: AsyncSession, workspace_id: int, takeaway_id: int, before: str, after: str, now: datetime
) -> None:
    """The row is locked behind its gathering, as everybody locks them."""
    found = await _find(session, workspace_id, takeaway_id)
    if found is None:
        return
    gathering = await gatherings.get(session, workspace_id, found.gathering_id, lock=True)
    row = await store.get(session, workspace_id, takeaway_id, lock=True)
    if row.state == before:
        row.state = after
        await session.flush()
        await messages.gather(session, gathering, row, now=now)


REPORTABLE = Reportable(look, hide, restore, tell)
