"""App Home: looks up what the row and the pages of nudges show to whoever looks."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.nudges import entries, front
from bot.features.nudges.lead import page as lead_page
from bot.features.nudges.library import steps
from bot.features.nudges.models import Nudge
from bot.features.nudges.sending import store
from bot.features.nudges.training import store as trainings
from bot.features.nudges.training import views as training_views
from bot.members.rules import day_in_words
from bot.messages import Block
from bot.registry import Viewer

LAST = 10
CURRENT_FOR = timedelta(days=4)
GONE = "A nudge that has left the library"


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The nudge of these days, how often, and the training for whoever offers a skill."""
    if not viewer.joined:
        return [front.library_row()] if viewer.is_lead else []
    newest = await store.newest(session, viewer.workspace_id, viewer.member_id, limit=1)
    waiting = [each for each in newest if each.answer is None and viewer.now - each.created_at < CURRENT_FOR]
    current = (await _shown(session, viewer, waiting))[0] if waiting else None
    shown = front.row(current, await _rhythm(session, viewer))
    return shown + await _training(session, viewer, front_page=True)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """The page of nudges; leads find the library behind it."""
    if viewer.is_lead and viewer.place.startswith(front.LIBRARY):
        return await lead_page.library(session, viewer)
    if not viewer.joined:
        return await lead_page.library(session, viewer) if viewer.is_lead else []
    last = await store.newest(session, viewer.workspace_id, viewer.member_id, limit=LAST)
    return front.page(
        await _rhythm(session, viewer),
        await _shown(session, viewer, last),
        await _training(session, viewer, front_page=False),
        is_lead=viewer.is_lead,
    )


async def settings_row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """How often, on the Settings page."""
    return [front.settings_row(await _rhythm(session, viewer))] if viewer.joined else []


async def _rhythm(session: AsyncSession, viewer: Viewer) -> front.Rhythm:
    row = await store.rhythm_of(session, viewer.workspace_id, viewer.member_id)
    if row is None:
        return front.Rhythm(await store.usual(session, viewer.workspace_id))
    next_day = None
    if row.due_at is not None and row.due_at > viewer.now:
        zone = ZoneInfo(viewer.tz)
        next_day = day_in_words(row.due_at.astimezone(zone).date(), viewer.now.astimezone(zone).date())
    return front.Rhythm(row.cadence, next_day, row.told_at is not None)


async def _shown(session: AsyncSession, viewer: Viewer, nudges: list[Nudge]) -> list[front.Shown]:
    texts = await entries.texts(session, viewer.workspace_id, [each.slug for each in nudges])
    today = viewer.now.astimezone(ZoneInfo(viewer.tz)).date()
    found = []
    for each in nudges:
        entry = texts.get(each.slug)
        title, act = (entry.title, entry.act) if entry is not None else (GONE, "")
        found.append(front.Shown(each.id, title, act, day_in_words(each.day, today), each.answer))
    return found


async def _training(session: AsyncSession, viewer: Viewer, *, front_page: bool) -> list[Block]:
    """Offered to who offers a skill; once begun it stays, on the front page until it is done."""
    row = await trainings.of(session, viewer.workspace_id, viewer.member_id)
    if row is None and not await trainings.offers_a_skill(session, viewer.workspace_id, viewer.member_id):
        return []
    if front_page and row is not None and row.done >= len(steps()):
        return []
    return training_views.row(steps(), row.done if row is not None else None)
