"""App Home asks: the FIND row on the front page, and the pages behind it: new, kept, collections, and what is old."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import collecting, home_views, keeping, looking_again, store
from bot.archive.finding.home_views import Listed
from bot.archive.opening import open_in_browser
from bot.lookup import number_in
from bot.messages import Block
from bot.registry import Help, Viewer

ROWS = 10
FRONT_ROWS = 2
DAYS = 7


async def front(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """[Search insights], whoever else may know, and two cards that others kept this week."""
    if not viewer.joined:
        return []
    where = (session, viewer.workspace_id)
    kept = await store.most_kept(*where, days=DAYS, limit=FRONT_ROWS, member_id=viewer.member_id)
    has_any = bool(kept) or bool(await store.newest(*where, limit=1))
    return home_views.front(kept, await _others(session, viewer), has_any=has_any)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`find`, `find:new:2`, `find:kept:0`, `find:old:0`, `find:collections`, `find:in:saying-no:1`."""
    if not viewer.joined:
        return home_views.outside()
    _, _, rest = viewer.place.partition(":")
    what, _, which = rest.partition(":")
    if what == "collections":
        return home_views.collections(await collecting.collections(session, viewer.workspace_id))
    if what == "in":
        return await _collection(session, viewer, *_slug_and_page(which))
    if what in ("new", "kept", "old"):
        return home_views.listed(await _list(session, viewer, what, number_in(which)), is_lead=viewer.is_lead)
    return await _start(session, viewer)


async def _start(session: AsyncSession, viewer: Viewer) -> list[Block]:
    where = (session, viewer.workspace_id)
    _, kept = await keeping.kept(*where, viewer.member_id, limit=1)
    _, old = await looking_again.waiting_for(*where, viewer.member_id, is_lead=viewer.is_lead, now=viewer.now, limit=1)
    newest = await store.newest(*where, limit=3, member_id=viewer.member_id)
    page = await open_in_browser(*where, viewer.member_id, "/insights", viewer.now)
    return home_views.start(newest, await _others(session, viewer), kept=kept, old=old, page=page)


async def _list(session: AsyncSession, viewer: Viewer, what: str, number: int) -> Listed:
    """One page of one of the lists."""
    where, start = (session, viewer.workspace_id), number * ROWS
    if what == "kept":
        cards, total = await keeping.kept(*where, viewer.member_id, limit=ROWS, offset=start)
    elif what == "old":
        cards, total = await looking_again.waiting_for(
            *where, viewer.member_id, is_lead=viewer.is_lead, now=viewer.now, limit=ROWS, offset=start
        )
    else:
        found = await store.find(*where, "", member_id=viewer.member_id, limit=ROWS, offset=start)
        cards, total = found.cards, found.total
    return Listed(what, cards, total, number, ROWS)


async def _collection(session: AsyncSession, viewer: Viewer, slug: str, number: int) -> list[Block]:
    shelf = await collecting.collection(session, viewer.workspace_id, slug)
    if shelf is None:
        return home_views.no_such_collection()
    cards, total = await collecting.cards_of(
        session, viewer.workspace_id, slug, member_id=viewer.member_id, limit=ROWS, offset=number * ROWS
    )
    by_hand: Sequence[int] = ()
    if viewer.is_lead:
        by_hand = await collecting.put_by_hand(session, viewer.workspace_id, slug)
    return home_views.collection(shelf, Listed(f"in:{slug}", cards, total, number, ROWS), by_hand)


async def _others(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Buttons that features put beside the search, such as [Ask mentors]."""
    finds: list[Help] = session.info.get("finds", [])
    offered = [await each(session, viewer.workspace_id, viewer.member_id) for each in finds]
    return [button for button in offered if button is not None]


def _slug_and_page(text: str) -> tuple[str, int]:
    slug, _, number = text.partition(":")
    return slug, number_in(number)
