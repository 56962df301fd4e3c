"""What somebody wrote about how they help can be reported, hidden and put back; its subject is "helping:MEMBER"."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.questions.mentoring import showing, store
from bot.members import store as members
from bot.messages import Content, Kind, Message, MessageClass, People
from bot.registry import Written
from bot.slack import blocks, home

TOLD = Kind("questions.helping_told", MessageClass.ANSWER, priority=20, expires=timedelta(days=7), cost=0, private=True)


async def look(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> Written | None:
    """The words, hidden or not; None where there are none any more."""
    row = await store.row_of(session, workspace_id, member_id)
    if row is None or not row.how:
        return None
    return Written(blocks.escape(row.how), member_id, "what somebody wrote about how they like to help")


async def hide(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Nobody sees them until a moderator has looked."""
    await _set(session, workspace_id, member_id, now, hidden=True)


async def restore(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """They can be seen again."""
    await _set(session, workspace_id, member_id, now, hidden=False)


async def tell(session: AsyncSession, workspace_id: int, member_id: int, text: str, now: datetime) -> None:
    """Their author hears what happened."""
    member = await members.by_id(session, workspace_id, member_id)
    if member is None:
        return
    message = Message(
        workspace_id=workspace_id,
        kind=TOLD.name,
        subject=f"helping:{member_id}",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"{TOLD.name}:{member_id}:{outbox.moment(session, now)}",
        due_at=now,
        content=Content(text, [blocks.section(text)]),
    )
    await outbox.enqueue(session, message, now=now)


async def _set(session: AsyncSession, workspace_id: int, member_id: int, now: datetime, *, hidden: bool) -> None:
    await showing.hold(session, workspace_id, member_id)
    row = await store.row_of(session, workspace_id, member_id, lock=True)
    if row is not None:
        row.how_hidden = hidden
        await session.flush()
        await showing.show(session, workspace_id, member_id, now=now)
        await home.redraw(session, workspace_id, [member_id], now=now)
