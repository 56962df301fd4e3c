"""Shows what somebody said of an introduction, where they were asked and on their Home tab."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.delivery.models import Delivery
from bot.delivery.standing import place_of, standing
from bot.features.introductions import people
from bot.features.introductions.checkins import messages, views
from bot.features.introductions.hello.messages import subject_of
from bot.features.introductions.models import Introduction, IntroductionMember
from bot.members.recognising import NOTHING, offer_thanks
from bot.messages import Channel, Content
from bot.registry import Occasion
from bot.slack import home


async def show(
    session: AsyncSession,
    introduction: Introduction,
    me: IntroductionMember,
    key: str,
    now: datetime,
    *,
    channel: str = "",
    ts: str | None = None,
) -> None:
    """In the message at that place, or in the newest check-in; `key` makes the change one of its own."""
    await session.flush()
    content = await _said(session, introduction, me)
    asked = None if ts else await asked_in(session, introduction, me.member_id)
    if ts or asked is not None:
        update = messages.answered(
            introduction.workspace_id, introduction.id, content, now, key=f"{me.member_id}:{key}", ts=ts,
            to=place_of(asked) if asked is not None else Channel(channel), target_id=asked.id if asked else None,
        )  # fmt: skip
        await outbox.enqueue(session, update, now=now)
    await home.redraw(session, introduction.workspace_id, [me.member_id], now=now)


async def _said(session: AsyncSession, introduction: Introduction, me: IntroductionMember) -> Content:
    others = [each for each in await people.profiles(session, introduction) if each.member_id != me.member_id]
    names = [each.name for each in others]
    if me.answer is None:
        return views.check_in(introduction.id, names, again=False)
    thanks = NOTHING
    if me.answer == "met":
        occasion = Occasion(subject_of(introduction.id), me.member_id, tuple(each.member_id for each in others))
        thanks = await offer_thanks(session, introduction.workspace_id, occasion)
    return views.answered(introduction.id, names, me.answer, me.rating, thanks)


async def asked_in(session: AsyncSession, introduction: Introduction, member_id: int) -> Delivery | None:
    """The newest check-in that was put to somebody, locked."""
    for again in (True, False):
        key = messages.check_in_key(introduction.id, member_id, again=again)
        if (found := await standing(session, introduction.workspace_id, key)) is not None:
            return found
    return None
