"""App Home: stacks the sections features contribute, and publishes it to people who are looking."""

import asyncio
from datetime import datetime, timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import after_commit
from bot.messages import Block
from bot.registry import Registry, Section, Tools, Viewer
from bot.slack import blocks
from bot.slack.models import HomeTab
from bot.slack.refusals import code_of, rest_after

LOOKING_FOR = timedelta(minutes=10)  # whoever opened it within this is redrawn; others see changes on the next opening
PUBLISH_GAP = timedelta(seconds=5)
AFTER_TROUBLE = timedelta(seconds=30)
MOST_BLOCKS = 100  # Slack takes no more
AT_ONCE = 4  # tabs drawn at the same time, so that one slow answer holds up nobody else
NOT_DRAWN = "_This part could not be drawn just now. Opening the tab again usually helps._"


async def open_home(
    session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime, place: str | None = None
) -> None:
    """Somebody looks at their Home tab, or turns to another `place` of it by their own press: have it drawn.

    Opening it again and again draws it every five seconds; who comes back later starts at the front page. Turning
    a page never waits.
    """
    tab = await session.get(HomeTab, member_id, with_for_update=True)
    if tab is None:
        tab = HomeTab(member_id=member_id, workspace_id=workspace_id, opened_at=now, place="")
        session.add(tab)
    elif place is None and now - tab.opened_at > LOOKING_FOR:
        tab.place = ""
    turned = place is not None and place != tab.place
    if place is not None:
        tab.place = place
    tab.opened_at = now
    tab.due_at = now if turned else _soon(tab, now)
    _wake(session)


LOOKED_AT = select(HomeTab).where(  # asked by nearly every act: put together once
    HomeTab.workspace_id == bindparam("workspace_id"),
    HomeTab.member_id.in_(bindparam("member_ids", expanding=True)),
    HomeTab.opened_at > bindparam("since"),
    HomeTab.due_at.is_(None),
)


async def redraw(session: AsyncSession, workspace_id: int, member_ids: list[int], *, now: datetime) -> None:
    """Something these members see has changed: draw it again for those who are looking, at most every five seconds."""
    if not member_ids:
        return
    asked = {"workspace_id": workspace_id, "member_ids": member_ids, "since": now - LOOKING_FOR}
    for tab in (await session.execute(LOOKED_AT, asked)).scalars():
        tab.due_at = _soon(tab, now)
        _wake(session)


async def next_drawing(session: AsyncSession) -> datetime | None:
    """When the next Home tab is to be drawn."""
    return (await session.execute(select(func.min(HomeTab.due_at)))).scalar_one()


async def draw(registry: Registry, tools: Tools, session: AsyncSession, viewer: Viewer) -> Block:
    """The whole tab of one viewer: the page they are on, or every section in order."""
    page = registry.home.pages.get(viewer.place.split(":", 1)[0])
    if page is not None:
        return blocks.home(await _part(tools, session, page, viewer))
    stacked: list[Block] = []
    for _, section in registry.home.sections:
        drawn = await _part(tools, session, section, viewer)
        if len(stacked) + len(drawn) >= MOST_BLOCKS:
            tools.log.error("home tab too long", section=section.__name__, blocks=len(stacked) + len(drawn))
            break
        if drawn and stacked:
            stacked.append(blocks.divider())
        stacked += drawn
    return blocks.home(stacked)


async def publish_due(registry: Registry, tools: Tools, *, limit: int = 50) -> int:
    """Draw and publish every tab that is due; the latest state wins, whatever happened in between."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        query = (
            select(HomeTab)
            .where(HomeTab.due_at <= now)
            .order_by(HomeTab.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        tabs = [(tab.workspace_id, tab.member_id) for tab in (await session.execute(query)).scalars()]
        await session.execute(
            update(HomeTab)
            .where(HomeTab.member_id.in_([member_id for _, member_id in tabs]))
            .values(due_at=None, drawn_at=now)
        )
    free = asyncio.Semaphore(AT_ONCE)

    async def one(workspace_id: int, member_id: int) -> None:
        async with free:
            await _publish_or_say_why(registry, tools, workspace_id, member_id)

    await asyncio.gather(*(one(*tab) for tab in tabs))
    return len(tabs)


async def publish(registry: Registry, tools: Tools, workspace_id: int, member_id: int) -> None:
    """Draw one member's tab as things stand now and hand it to Slack."""
    assert registry.viewer is not None, "members/ registers who looks"
    async with tools.database.reading() as session:
        viewer = await registry.viewer(session, workspace_id, member_id, tools.clock())
        if viewer is None:
            return
        view = await draw(registry, tools, session, viewer)
    client = await tools.client_for(workspace_id)
    await client.views_publish(user_id=viewer.slack_id, view=view)


async def _publish_or_say_why(registry: Registry, tools: Tools, workspace_id: int, member_id: int) -> None:
    """Publish one tab; what Slack can't take now is drawn again later, while its owner still looks."""
    try:
        await publish(registry, tools, workspace_id, member_id)
    except SlackApiError as error:
        tools.log.warning("home tab not published", member=member_id, error=code_of(error))
        if rest := rest_after(error):
            await _draw_later(tools, workspace_id, member_id, rest)
    except (ClientError, TimeoutError) as error:
        tools.log.warning("home tab not published", member=member_id, error=type(error).__name__)
        await _draw_later(tools, workspace_id, member_id, AFTER_TROUBLE)
    except Exception as error:
        tools.log.error("home tab not drawn", member=member_id, error=type(error).__name__, exc_info=error)


async def _draw_later(tools: Tools, workspace_id: int, member_id: int, rest: timedelta) -> None:
    now = tools.clock()
    async with tools.database.transaction() as session:
        tab = await session.get(HomeTab, member_id, with_for_update=True)
        if tab is not None and tab.workspace_id == workspace_id and now - tab.opened_at < LOOKING_FOR:
            tab.due_at = tab.due_at or now + rest


async def _part(tools: Tools, session: AsyncSession, section: Section, viewer: Viewer) -> list[Block]:
    """One section; its failure is logged, said in its place, and stays its own."""
    try:
        return await section(session, viewer)
    except Exception as error:
        tools.log.error("section not drawn", section=section.__name__, error=type(error).__name__, exc_info=error)
        await session.rollback()  # after a failed query, PostgreSQL answers nothing else until then
        return [blocks.context(NOT_DRAWN)]


def _soon(tab: HomeTab, now: datetime) -> datetime:
    return max(now, tab.drawn_at + PUBLISH_GAP) if tab.drawn_at else now


def _wake(session: AsyncSession) -> None:
    if wake := session.info.get("wake"):
        after_commit(session, wake)
