"""App Home: questions somebody could answer."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, rules, store
from bot.features.questions.models import Question
from bot.features.questions.routing import open_page, open_views
from bot.features.questions.routing.open_views import Shown
from bot.members import store as members
from bot.messages import Block
from bot.registry import Viewer


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`questions_open`."""
    if not viewer.joined:
        return open_views.not_in()
    found = await open_page.questions(session, viewer.workspace_id, viewer.member_id)
    return open_views.page(await _shown(session, viewer.workspace_id, found), viewer.tz)


async def open_row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """How many wait, with the way to them, for whoever offers something; nothing where none does."""
    if not viewer.joined or not await open_page.helps(session, viewer.workspace_id, viewer.member_id):
        return []
    return open_views.row(len(await open_page.questions(session, viewer.workspace_id, viewer.member_id)))


async def _shown(session: AsyncSession, workspace_id: int, found: list[Question]) -> list[Shown]:
    words = await store.words_of_all(session, found)
    skills = await store.skills_of(session, workspace_id, [each.id for each in found])
    owners = {each.id: askers.asker_of(session, each).member_id for each in found if not each.alias}
    names = await members.names(session, workspace_id, list(owners.values()))
    return [
        Shown(
            id=each.id,
            by=each.alias or names.get(owners[each.id], "A colleague"),
            kind=each.kind,
            words=words[each.id],
            skills=tuple(skills.get(each.id, {}).values()),
            asked_at=rules.rounded(each.asked_at) if each.alias else each.asked_at,
        )
        for each in found
        if each.id in words
    ]
