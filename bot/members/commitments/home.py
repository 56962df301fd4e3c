"""App Home: looks up somebody's room and has it drawn, on the front page, in Settings, and on a page of its own."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.commitments import naming, rooms, store, views
from bot.messages import Block
from bot.registry import Viewer


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One line, for whoever took something on; those who offer skills find it in the line of how they help."""
    if not viewer.joined or not await rooms.holds_without_offering(session, viewer.workspace_id, viewer.member_id):
        return []
    return views.row(await shown(session, viewer))


async def settings_row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """One line on the Settings page."""
    return [views.settings_row(await shown(session, viewer))] if viewer.joined else []


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`room`, or `room:opened:MOMENT` right after it was opened again."""
    return views.page(await shown(session, viewer, with_names=True)) if viewer.joined else views.not_in()


async def bar(session: AsyncSession, viewer: Viewer, place: str) -> list[Block]:
    """The bar and its buttons, for a page that another room draws under this name."""
    return views.bar(await shown(session, viewer), place)


async def shown(session: AsyncSession, viewer: Viewer, *, with_names: bool = False) -> views.Shown:
    """Everything the views need; `with_names`: what each thing is, which features are asked for."""
    workspace_id, member_id = viewer.workspace_id, viewer.member_id
    load = (await store.loads(session, workspace_id, [member_id], now=viewer.now))[member_id]
    taken = (await store.taken_by(session, workspace_id, [member_id], now=viewer.now)).get(member_id, [])
    names = await naming.names(session, workspace_id, taken) if with_names else []
    return views.Shown(load, taken, names, viewer.tz, viewer.now, moment_in(viewer.place.partition(":opened:")[2]))


def moment_in(text: str) -> datetime | None:
    """The moment a button or place names; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
