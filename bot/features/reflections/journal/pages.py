"""App Home asks: the row on the front page, and the journal with its months and entries."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.features.reflections import library
from bot.features.reflections.journal import months, rules, store, views
from bot.features.reflections.prompts import store as prompts
from bot.features.reflections.sharing import store as sharing
from bot.members import store as members
from bot.messages import Block
from bot.registry import Viewer


async def front_row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Today's question, or when the last entry was; nothing of it is opened for that."""
    if not viewer.joined:
        return []
    today = _today(viewer)
    prompt = await prompts.open_now(session, viewer.workspace_id, viewer.member_id, viewer.now)
    words = library.prompts().get(prompt.slug) if prompt is not None else None
    return views.front(
        (prompt.id, words) if prompt is not None and words is not None else None,
        last=await store.last_date(session, viewer.workspace_id, viewer.member_id),
        this_month=await store.count(session, viewer.workspace_id, viewer.member_id, since=today.replace(day=1)),
        today=today,
    )


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`journal`, `journal:page:2`, `journal:month:2026-03`, `journal:entry:12`; whose it is comes from who looks."""
    if not viewer.joined:
        return views.outside()
    _, _, rest = viewer.place.partition(":")
    what, _, which = rest.partition(":")
    if what == "entry" and _is_number(which):
        return await _entry(session, viewer, int(which))
    if what == "month":
        return await _month(session, viewer, rules.month_of(which) or _today(viewer).replace(day=1))
    return await _journal(session, viewer, int(which) if what == "page" and _is_number(which) else 0)


async def _journal(session: AsyncSession, viewer: Viewer, number: int) -> list[Block]:
    where, today = (viewer.workspace_id, viewer.member_id), _today(viewer)
    total = await store.count(session, *where)
    number = max(0, min(number, -(-total // views.ROWS) - 1))
    entries, total = await store.page(session, *where, number=number, size=views.ROWS)
    lately = await store.between(session, *where, today - timedelta(weeks=rules.WEEKS), today + timedelta(days=1))
    member = await members.by_id(session, *where)
    assert member is not None, "whoever looks is a member"
    return views.journal(
        views.Journal(
            entries=entries,
            total=total,
            number=number,
            today=today,
            pace=prompts.pace_in(await prompts.rhythm_of(session, *where)),
            hours=prompts.hours_of(member),
            moods=months.moods_by_day(lately),
        )
    )


async def _month(session: AsyncSession, viewer: Viewer, first: date) -> list[Block]:
    where = (viewer.workspace_id, viewer.member_id)
    entries = await store.between(session, *where, first, rules.next_month(first))
    has_older = await store.has_before(session, *where, first)
    return months.month(first, entries, _today(viewer), has_older=has_older)


async def _entry(session: AsyncSession, viewer: Viewer, reflection_id: int) -> list[Block]:
    try:
        row = await store.own(session, viewer.workspace_id, viewer.member_id, reflection_id)
    except Gone:
        return views.gone()
    (entry,) = await store.opened(session, [row])
    readers = await sharing.readers(session, viewer.workspace_id, row.id)
    return views.entry_page(entry, [reader.name for reader in readers], _today(viewer))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _today(viewer: Viewer) -> date:
    return viewer.now.astimezone(ZoneInfo(viewer.tz)).date()
