"""A thank-you that the channel reads was written for others, so it can be reported: hidden, and put back."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.introductions.checkins import store, views
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.moderation import tell_member
from bot.messages import Channel, Kind, Message, MessageClass, Verb
from bot.registry import Reportable, Written
from bot.slack import blocks

CHANGED = Kind(
    "introductions.note_changed", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0
)  # the note in the channel, without a thank-you or with it again


def note_key(round_id: int) -> str:
    """The key of the note at the end of a round."""
    return f"round:{round_id}:note"


async def look(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime) -> Written | None:
    """The thank-you and its writer, whether the channel reads it or not."""
    row = await _row(session, workspace_id, thanks_id)
    if row is None or row.thanks is None:
        return None
    return Written(blocks.escape(store.text_of(session, row)), row.member_id, "a thank-you")


async def hide(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime) -> None:
    """Take it out of the channel's note."""
    await _share(session, workspace_id, thanks_id, now, shareable=False)


async def restore(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime) -> None:
    """Put it back there."""
    await _share(session, workspace_id, thanks_id, now, shareable=True)


async def tell(session: AsyncSession, workspace_id: int, thanks_id: int, what: str, now: datetime) -> None:
    """To whoever wrote it."""
    _, member_id = store.read_thanks_id(thanks_id)
    await tell_member(session, workspace_id, member_id, f"thanks:{thanks_id}", what, now)


THANKS = Reportable(look, hide, restore, tell)


async def _row(
    session: AsyncSession, workspace_id: int, thanks_id: int, *, lock: bool = False
) -> IntroductionMember | None:
    introduction_id, member_id = store.read_thanks_id(thanks_id)
    query = select(IntroductionMember).where(
        IntroductionMember.workspace_id == workspace_id,
        IntroductionMember.introduction_id == introduction_id,
        IntroductionMember.member_id == member_id,
    )
    return (await session.execute(query.with_for_update() if lock else query)).scalar_one_or_none()


async def _share(session: AsyncSession, workspace_id: int, thanks_id: int, now: datetime, *, shareable: bool) -> None:
    row = await _row(session, workspace_id, thanks_id, lock=True)
    if row is None:
        return
    row.shareable = shareable
    await session.flush()
    introduction = await session.get_one(Introduction, row.introduction_id)
    posted = await outbox.find(session, workspace_id, note_key(introduction.round_id))
    if posted is None or posted.channel is None:
        return
    number, went = await store.round_as_it_went(session, workspace_id, introduction.round_id)
    update = Message(
        workspace_id=workspace_id,
        kind=CHANGED.name,
        subject=f"thanks:{thanks_id}",
        to=Channel(posted.channel),
        dedupe_key=f"thanks:{thanks_id}:{shareable}:{now.isoformat()}",
        due_at=now,
        content=views.note(number, went.seated, went.met, went.dates, went.quotes),
        verb=Verb.UPDATE,
        target_id=posted.id,
    )
    await outbox.enqueue(session, update, now=now)
