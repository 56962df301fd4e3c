"""A tiny real Bolt app and the manifest it lives by: enough to see what the make-believe Slack sends and takes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Route

from playground.server import SlackServer
from playground.workspace import Workspace
from playground.workspace.app import DEFAULT_TOKEN

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SCOPES = [
    *("app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands"),
    *("files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write"),
    *("links:read", "links:write"),
    *("mpim:history", "mpim:read", "mpim:write", "reactions:read", "reactions:write", "team:read", "users:read"),
]
EVENTS = [
    *("app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "member_joined_channel"),
    *("member_left_channel", "message.channels", "message.im", "reaction_added", "team_join", "tokens_revoked"),
    *("link_shared", "reaction_removed", "user_change"),
]


def manifest(**changes: Any) -> dict[str, Any]:
    """A manifest as the app's own would be; `scopes`, `events`, `home`, `messages`, `redirect_urls` may differ."""
    return {
        "display_information": {"name": "Tiny"},
        "features": {
            "app_home": {
                "home_tab_enabled": changes.get("home", True),
                "messages_tab_enabled": changes.get("messages", True),
            },
            "bot_user": {"display_name": "tiny"},
            "slash_commands": [{"command": "/mentor", "should_escape": True}],
            "shortcuts": [
                {"name": "Ask", "type": "global", "callback_id": "ask"},
                {"name": "Keep", "type": "message", "callback_id": "keep"},
            ],
        },
        "oauth_config": {
            "redirect_urls": changes.get("redirect_urls", ["http://127.0.0.1/"]),
            "scopes": {"bot": changes.get("scopes", SCOPES)},
        },
        "settings": {"event_subscriptions": {"bot_events": changes.get("events", EVENTS)}},
    }


class StandingClock:
    """A clock that moves when it is told to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class Bell:
    """Lets a test wait for what it is told of, without sleeping."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self, *_: object) -> None:
        self._rung.set()

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(2):
            while not true():
                self._rung.clear()
                await self._rung.wait()


class TinyApp:
    """A Bolt app on a server of its own; `heard` keeps every event it was told of."""

    def __init__(self, slack: SlackServer) -> None:
        logger = logging.getLogger("tiny")
        logger.setLevel(logging.CRITICAL)
        self.slack = slack
        self.client = AsyncWebClient(base_url=slack.api_url, token=DEFAULT_TOKEN, retry_handlers=[])
        self.bolt = AsyncApp(
            name="tiny", client=self.client, signing_secret=slack.workspace.signing_secret, logger=logger
        )
        self.bell = Bell()
        slack.workspace.subscribe(self.bell.ring)
        self.heard: list[dict[str, Any]] = []
        self.bodies: list[dict[str, Any]] = []
        for event in EVENTS:
            self.bolt.event(event.partition(".")[0])(self._hear)
        handler = AsyncSlackRequestHandler(self.bolt)
        web = Starlette(routes=[Route("/slack/events", handler.handle, methods=["POST"])])
        # Any server on loopback will do; ours happens to start in a few milliseconds.
        self._server = SlackServer(Workspace(clock=slack.workspace.clock))
        self._server.app = web

    async def start(self) -> None:
        await self._server.start()
        self.slack.deliver_to(f"{self._server.url}/slack/events")

    async def stop(self) -> None:
        await self._server.stop()

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something holds: Bolt's listeners run after the acknowledgement."""
        await self.bell.until(true)

    async def hears(self, count: int) -> None:
        await self.slack.acts.quiet()
        await self.until(lambda: len(self.heard) >= count)

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.heard]

    async def _hear(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        self.heard.append(event)
        self.bodies.append(body)
        self.bell.ring()
