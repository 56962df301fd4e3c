"""App Home: my questions and those I hold, on the front page and on a page of their own."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import askers, standing
from bot.features.questions import store as questions
from bot.features.questions.asking import home_views as views
from bot.features.questions.asking import store
from bot.features.questions.models import Question
from bot.features.questions.rules import ENDED, OPEN
from bot.features.questions.standing import ForMentor
from bot.messages import Block
from bot.registry import Ahead, Viewer

ALL = (*OPEN, *ENDED)


async def section(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """At most three rows; one inviting line for somebody who neither asks nor answers at the moment."""
    if not viewer.joined:
        return []
    mine = await questions.mine(session, viewer.workspace_id, viewer.member_id, limit=views.MOST_ROWS)
    held = await _held(session, viewer)
    many = await _count(session, viewer)
    return views.front(await standing.of_askers(session, mine), held, many, viewer.now, viewer.tz)


async def for_me(session: AsyncSession, viewer: Viewer) -> list[Ahead]:
    """Questions somebody took on or was asked, for "Next for you": until when they are theirs."""
    if not viewer.joined:
        return []
    found = await store.for_mentor(session, viewer.workspace_id, viewer.member_id, limit=views.ON_A_PAGE)
    return [views.ahead(each, viewer.now) for each in await standing.of_mentors(session, found)]


async def page(session: AsyncSession, viewer: Viewer) -> list[Block]:
    """`questions` and `questions:page-2`: all of mine, newest first, with what became of them."""
    if not viewer.joined:
        return views.not_here()
    number = views.page_in(viewer.place)
    rows = await questions.mine(session, viewer.workspace_id, viewer.member_id, ALL, limit=number * views.ON_A_PAGE + 1)
    shown = rows[(number - 1) * views.ON_A_PAGE : number * views.ON_A_PAGE]
    held = await _held(session, viewer) if number == 1 else []
    more = len(rows) > number * views.ON_A_PAGE
    return views.everything(await standing.of_askers(session, shown), held, number, viewer.now, viewer.tz, more=more)


async def _held(session: AsyncSession, viewer: Viewer) -> list[ForMentor]:
    held = await store.held_by(session, viewer.workspace_id, viewer.member_id)
    return await standing.of_mentors(session, held[: views.ON_A_PAGE])


async def _count(session: AsyncSession, viewer: Viewer) -> int:
    query = select(func.count()).where(
        Question.workspace_id == viewer.workspace_id,
        Question.asker_hash.in_(askers.hashes_of(session, viewer.workspace_id, viewer.member_id)),
    )
    return int((await session.execute(query)).scalar_one())
