"""Takeaways on the page of a gathering that is over, for whoever came; kinds of gatherings put them there."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.facts import now_in
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways import acting, store, views
from bot.gatherings.takeaways.kinds import takeaway_kind_of
from bot.members import store as members
from bot.messages import Block


async def on_page(session: AsyncSession, gathering: Gathering, member_id: int) -> list[Block]:
    """What the viewer shared, or the way to, as long as it is open."""
    kind = takeaway_kind_of(session, gathering)
    if kind is None or not acting.asks(kind, gathering) or not acting.is_open(gathering, now_in(session)):
        return []
    member = await members.by_id(session, gathering.workspace_id, member_id)
    if member is None or not await acting.may_share(session, kind, gathering, member):
        return []
    said = await store.mine(session, gathering, member_id)
    shared = said is not None and said.state != store.TAKEN_BACK
    words = await store.words_of(session, said) if said is not None and shared else None
    stopped = await store.not_to_be_asked(session, gathering, [member_id])
    return views.on_page(gathering.id, kind, words, in_thread=acting.has_thread(gathering), stopped=bool(stopped))
