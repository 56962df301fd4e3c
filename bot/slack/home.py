"""App Home: stacks the sections features contribute, and publishes it to people who are looking."""

from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block
from bot.registry import Registry, Tools, Viewer
from bot.slack import blocks
from bot.slack.models import HomeTab

LOOKING_FOR = timedelta(minutes=10)  # whoever opened it within this is redrawn; others see changes on the next opening
PUBLISH_GAP = timedelta(seconds=5)


async def open_home(
    session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime, place: str | None = None
) -> None:
    """Note that somebody looks at their Home tab (at `place`, or where they were) and have it drawn."""
    tab = await session.get(HomeTab, member_id)
    if tab is None:
        tab = HomeTab(member_id=member_id, workspace_id=workspace_id, opened_at=now, place=place or "")
        session.add(tab)
    tab.opened_at = now
    tab.due_at = now
    if place is not None:
        tab.place = place


async def redraw(session: AsyncSession, workspace_id: int, member_ids: list[int], *, now: datetime) -> None:
    """Something these members see has changed: draw it again for those who are looking, at most every five seconds."""
    tabs = await session.execute(
        select(HomeTab).where(
            HomeTab.workspace_id == workspace_id,
            HomeTab.member_id.in_(member_ids),
            HomeTab.opened_at > now - LOOKING_FOR,
            HomeTab.due_at.is_(None),
        )
    )
    for tab in tabs.scalars():
        tab.due_at = max(now, tab.drawn_at + PUBLISH_GAP) if tab.drawn_at else now


async def next_drawing(session: AsyncSession) -> datetime | None:
    """When the next Home tab is to be drawn."""
    return (await session.execute(select(func.min(HomeTab.due_at)))).scalar_one()


async def draw(registry: Registry, session: AsyncSession, viewer: Viewer) -> Block:
    """The whole tab of one viewer: the page they are on, or every section in order."""
    page = registry.home.pages.get(viewer.place.split(":", 1)[0])
    if page is not None:
        return blocks.home(await page(session, viewer))
    stacked: list[Block] = []
    for _, section in registry.home.sections:
        drawn = await section(session, viewer)
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
    for workspace_id, member_id in tabs:
        await publish(registry, tools, workspace_id, member_id)
    return len(tabs)


async def publish(registry: Registry, tools: Tools, workspace_id: int, member_id: int) -> None:
    """Draw one member's tab as things stand now and hand it to Slack; a refusal is logged, the next opening draws anew."""
    assert registry.viewer is not None, "members/ registers who looks"
    async with tools.database.reading() as session:
        viewer = await registry.viewer(session, workspace_id, member_id, tools.clock())
        if viewer is None:
            return
        view = await draw(registry, session, viewer)
    client = await tools.client_for(workspace_id)
    try:
        await client.views_publish(user_id=viewer.slack_id, view=view)
    except SlackApiError as error:
        tools.log.warning("home tab not published", member=member_id, error=error.response.get("error"))
