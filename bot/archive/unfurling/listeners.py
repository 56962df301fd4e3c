"""Slack tells that a link to one of our cards was posted: it is shown there, if only colleagues read it."""

from functools import partial
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import store as finding
from bot.archive.unfurling import rules, views
from bot.archive.unfurling.rules import Shared
from bot.registry import Answer, Event, Tools


async def wants_links(session: AsyncSession, event: Event) -> bool:
    """Links to cards; other addresses of ours are forgotten unread."""
    return rules.read_shared(event.payload, session.info.get("base_url")) is not None


async def show_cards(session: AsyncSession, event: Event, tools: Tools) -> list[Answer]:
    """Cards of this workspace that are published; what is shown is decided now, where it may be is asked afterwards."""
    shared = rules.read_shared(event.payload, session.info.get("base_url"))
    if shared is None:
        return []
    previews = {}
    for url, insight_id in shared.links:
        if (card := await finding.card(session, event.workspace_id, insight_id)) is not None:
            previews[url] = views.preview(card, url)
    return [partial(_unfurl, tools, event.workspace_id, shared, previews)] if previews else []


async def _unfurl(tools: Tools, workspace_id: int, shared: Shared, previews: dict[str, Any]) -> None:
    """Shown only where Slack says that nobody of another company reads along; no answer means no."""
    client = await tools.client_for(workspace_id)
    try:
        said: Any = await client.conversations_info(channel=shared.channel)
    except (SlackApiError, ClientError, TimeoutError) as error:
        tools.log.info("links are left as they are", reason=type(error).__name__)
        return
    if rules.is_among_colleagues(said.get("channel") or {}):
        await client.chat_unfurl(channel=shared.channel, ts=shared.ts, unfurls=previews)
