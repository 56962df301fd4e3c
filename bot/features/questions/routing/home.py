"""App Home: questions somebody could answer, and those they hold."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, rules, store
from bot.features.questions.models import Asked, Question
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


async def held_rows(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """Those the viewer holds, for the questions on their front page; oldest first."""
    query = (
        select(Question)
        .join(Asked, Asked.question_id == Question.id)
        .where(
            Question.workspace_id == viewer.workspace_id,
            Asked.workspace_id == viewer.workspace_id,
            Asked.member_id == viewer.member_id,
            Asked.state == "claimed",
            Question.state.in_(rules.OPEN),
        )
        .order_by(Asked.claimed_at, Question.id)
        .limit(10)
    )
    found = list((await session.execute(query)).scalars())
    return open_views.held(await _shown(session, viewer.workspace_id, found), viewer.tz)


async def open_row(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """How many others wait, with the way to them; nothing where none does."""
    found = await open_page.questions(session, viewer.workspace_id, viewer.member_id)
    return open_views.row(len(found))


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
