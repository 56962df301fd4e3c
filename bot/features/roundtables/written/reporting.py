"""A summary can be reported, hidden and put back; its subject is "roundtable:ID"."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.features.roundtables.models import Roundtable
from bot.features.roundtables.written import ending, moderating, store, summaries, views
from bot.members import store as members
from bot.messages import Content, Message, People
from bot.registry import Reportable, Written
from bot.slack import blocks


async def look(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> Written | None:
    """The words, hidden or not; None where they are forgotten, or their writer's key is."""
    found = await store.find(session, workspace_id, round_id)
    words = None if found is None else await _words(session, found)
    if found is None or words is None:
        return None
    return Written(blocks.escape(words), found.moderator_id, "a summary of a roundtable")


async def hide(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> None:
    """A line stands in its place until a moderator has looked."""
    found = await store.get(session, workspace_id, round_id, lock=True)
    if not found.hidden and found.summary is not None:
        found.hidden, found.version = True, found.version + 1
        await ending.say(session, found, views.hidden(), now)


async def restore(session: AsyncSession, workspace_id: int, round_id: int, now: datetime) -> None:
    """It stands in the threads again."""
    found = await store.get(session, workspace_id, round_id, lock=True)
    words = await _words(session, found)
    writer = await members.by_id(session, workspace_id, found.moderator_id or 0)
    if found.hidden and words is not None and writer is not None:
        found.hidden, found.version = False, found.version + 1
        await ending.say(session, found, views.summary(found.round_id, found.question, words, writer.name), now)


async def tell(session: AsyncSession, workspace_id: int, round_id: int, text: str, now: datetime) -> None:
    """Whoever summed up hears what happened."""
    found = await store.find(session, workspace_id, round_id)
    writer = await members.by_id(session, workspace_id, found.moderator_id or 0) if found else None
    if writer is None:
        return
    message = Message(
        workspace_id=workspace_id,
        kind=moderating.TOLD.name,
        subject=f"roundtable:{round_id}:told",
        to=People((writer.slack_id,), (writer.id,)),
        dedupe_key=f"{moderating.TOLD.name}:{round_id}:{now.isoformat()}",
        due_at=now,
        content=Content(text, [blocks.section(text)]),
    )
    await outbox.enqueue(session, message, now=now)


async def _words(session: AsyncSession, roundtable: Roundtable) -> str | None:
    try:
        return await summaries.words_of(session, roundtable)
    except Gone:
        return None


REPORTABLE = Reportable(look, hide, restore, tell)
