"""App Home: looks up how somebody helps and has it drawn, as a line on the front page and as a page of its own."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions.mentoring import rules, store, views
from bot.features.questions.rules import KINDS
from bot.members import store as members
from bot.members.commitments import home as room
from bot.messages import Block
from bot.registry import Viewer


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Two lines, for whoever offers a skill."""
    if not viewer.joined or not await _skills(session, viewer):
        return []
    said = await store.helping_of(session, viewer.workspace_id, [viewer.member_id])
    held = await store.held_by(session, viewer.workspace_id, viewer.member_id)
    line = (await room.shown(session, viewer)).line
    return views.row(len(held), said[viewer.member_id][0], line)


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`helping`: all of it, with the bar of their room."""
    if not viewer.joined:
        return views.not_in()
    row = await store.row_of(session, viewer.workspace_id, viewer.member_id)
    waits = await store.waits(session, viewer.workspace_id, viewer.member_id)
    shown = views.Shown(
        skills=await _skills(session, viewer),
        kinds=rules.known(row.kinds, KINDS) if row is not None else list(KINDS),
        how=row.how if row is not None else "",
        hidden=row is not None and row.how_hidden,
        held=await store.held_by(session, viewer.workspace_id, viewer.member_id),
        usual=rules.usual(waits),
        tz=viewer.tz,
        now=viewer.now,
    )
    return views.page(shown, await room.bar(session, viewer, views.PAGE))


async def _skills(session: AsyncSession, viewer: Viewer) -> list[str]:
    profiles = await members.profiles(session, viewer.workspace_id, [viewer.member_id])
    return list(profiles[viewer.member_id].offers.values()) if viewer.member_id in profiles else []
