"""The way to thank those to whom a session was due, for whoever came: on its page, and beside what is asked after it."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import store
from bot.gatherings.models import Gathering
from bot.members.recognising import offer_thanks
from bot.messages import Block
from bot.registry import Occasion


async def button(
    session: AsyncSession, gathering: Gathering, giver_id: int, receivers: Collection[int]
) -> Block | None:
    """[Say thanks], for one person; None where they did, are one of those themselves, or nobody is here to read it.

    Before anybody said thanks for a session it is the same button for everybody who came.
    """
    if giver_id in receivers or not receivers:
        return None
    occasion = Occasion(f"gathering:{gathering.id}", giver_id, tuple(sorted(receivers)))
    return (await offer_thanks(session, gathering.workspace_id, occasion)).button


async def on_page(
    session: AsyncSession, gathering: Gathering, giver_id: int, receivers: Collection[int]
) -> Block | None:
    """The same on the page of a session that was held: only for those who came."""
    seat = await store.seat_of(session, gathering, giver_id)
    if gathering.state != store.OVER or seat is None or seat.state != store.COMING or seat.came is False:
        return None
    return await button(session, gathering, giver_id, receivers)
