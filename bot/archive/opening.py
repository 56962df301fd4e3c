"""The way from Slack to the browser: a button whose link lets one person in to one page."""

from datetime import datetime

from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block
from bot.slack import blocks
from bot.web.access import make_link

OPEN = "archive.open_in_browser"


async def open_in_browser(
    session: AsyncSession, workspace_id: int, member_id: int, path: str, now: datetime
) -> Block | None:
    """The button, to be drawn for nobody but this member; None where no pages are served. It works for ten minutes."""
    link = await make_link(session, workspace_id, member_id, path, now)
    if link is None:
        return None
    return blocks.button("Open in the browser", OPEN, label="Open in the browser, in a new tab") | {"url": link}


async def opened(ack: AsyncAck) -> None:
    """Slack tells that the link was pressed; the browser is on its way already."""
    await ack()
