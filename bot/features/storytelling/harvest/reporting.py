"""A takeaway can be reported, hidden and put back; its subject is "takeaway:ID". And it goes when its listener goes."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.features.storytelling.harvest import messages, store
from bot.features.storytelling.models import Takeaway
from bot.gatherings import store as gatherings
from bot.members import private
from bot.members import store as members
from bot.messages import Content, Message, People
from bot.registry import Reportable, Written
from bot.slack import blocks


async def look(session: AsyncSession, workspace_id: int, takeaway_id: int, now: datetime) -> Written | None:
    """The words, hidden or not; None where there are none any more."""
    row = await _find(session, workspace_id, takeaway_id)
    if row is None or row.state == store.TAKEN_BACK:
        return None
    seals = await private.seals_of(session, workspace_id, [row.member_id])
    if row.member_id not in seals:
        return None  # their key was forgotten, and the words with it
    return Written(blocks.escape(await store.words_of(session, row)), row.member_id, "what a listener will try")


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
        subject=f"takeaway:{takeaway_id}:report",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{messages.TOLD.name}:{takeaway_id}:{now.isoformat()}",
        due_at=now,
        content=Content(text, [blocks.section(text)]),
    )
    await outbox.enqueue(session, message, now=now)


async def forget(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """A listener left: what they said leaves the threads."""
    for found in await store.of_member(session, workspace_id, member_id):
        gathering = await gatherings.get(session, workspace_id, found.gathering_id, lock=True)
        row = await store.get(session, workspace_id, found.id, lock=True)
        was_shown = row.state == store.SHOWN
        await store.take_back(session, row)
        if was_shown:
            await messages.gather(session, gathering, row, now=now)


async def _find(session: AsyncSession, workspace_id: int, takeaway_id: int) -> Takeaway | None:
    try:
        return await store.get(session, workspace_id, takeaway_id)
    except Gone:
        return None


async def _set(
    session: AsyncSession, workspace_id: int, takeaway_id: int, before: str, after: str, now: datetime
) -> None:
    found = await _find(session, workspace_id, takeaway_id)
    if found is None:
        return
    gathering = await gatherings.get(session, workspace_id, found.gathering_id, lock=True)
    row = await store.get(session, workspace_id, takeaway_id, lock=True)
    if row.state != before:
        return
    row.state = after
    await session.flush()
    await messages.gather(session, gathering, row, now=now)


REPORTABLE = Reportable(look, hide, restore, tell)
