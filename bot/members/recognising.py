"""What any feature says of people's thanks and milestones, whichever feature keeps them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.registry import Milestones, Occasion, SharedThanks, Thanks, ThanksOffer

NOTHING = ThanksOffer(said=False)


async def offer_thanks(session: AsyncSession, workspace_id: int, occasion: Occasion) -> ThanksOffer:
    """The button that says thanks, to be drawn beside what somebody got from somebody."""
    thanks: Thanks | None = session.info.get("thanks")
    if thanks is None or thanks.offer is None:
        return NOTHING
    return await thanks.offer(session, workspace_id, occasion)


async def shared_thanks(
    session: AsyncSession, workspace_id: int, subjects: Sequence[str], *, most: int
) -> list[SharedThanks]:
    """What was said about these occasions and may be read by everybody."""
    thanks: Thanks | None = session.info.get("thanks")
    if thanks is None or thanks.shared is None:
        return []
    return await thanks.shared(session, workspace_id, list(subjects), most)


async def thanks_changed(session: AsyncSession, workspace_id: int, subject: str, giver_id: int, now: datetime) -> None:
    """Have whoever shows what somebody said about an occasion show it as it is now."""
    thanks: Thanks | None = session.info.get("thanks")
    for each in thanks.changed if thanks is not None else ():
        await each(session, workspace_id, subject, giver_id, now)


async def reached(
    session: AsyncSession, workspace_id: int, member_id: int, kind: str, about: int, now: datetime
) -> None:
    """Somebody has come to a point worth a quiet moment; told as often as one likes, it is kept once."""
    milestones: Milestones | None = session.info.get("milestones")
    for each in milestones.reached if milestones is not None else ():
        await each(session, workspace_id, member_id, kind, about, now)
