"""Runs the bot until it is asked to stop: the web server, Socket Mode where it is set, and the metronome."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.app import Perennial
from bot.clock import stopwatch
from bot.migrate import migrate
from bot.settings import Settings
from bot.web.site import make_site

ROLES = ("all", "web", "worker")
CLOSING_SECONDS = 3  # for requests in hand; jobs in hand get the rest of the ten seconds
BOLT_READS = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET")
log = structlog.get_logger("perennial")


def serve(settings: Settings, perennial: Perennial, role: str) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in hand within ten seconds."""
    server = uvicorn.Server(
        uvicorn.Config(
            make_site(perennial, lifespan=lambda _: life(perennial, role), for_slack=role != "worker"),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=CLOSING_SECONDS,
        )
    )
    server.run()
    if not server.started:
        raise SystemExit(1)


@asynccontextmanager
async def life(perennial: Perennial, role: str) -> AsyncIterator[None]:
    """From opened to closed: what a running bot holds while it runs."""
    began = stopwatch()
    perennial.works = role != "web"
    await migrate(perennial.settings.database_url)
    await perennial.open()
    await perennial.install_from_token()
    socket = await dial(perennial) if role != "worker" and perennial.settings.socket_mode else None
    if perennial.works:
        perennial.scheduler.start()
    log.info("ready", role=role, seconds=round(stopwatch() - began, 2), socket=socket is not None)
    try:
        yield
    finally:
        if socket is not None:
            await socket.close_async()  # type: ignore[no-untyped-call]
        await perennial.close()
        log.info("stopped")


async def dial(perennial: Perennial) -> AsyncSocketModeHandler:
    """Open the socket through which Slack reaches us; it reconnects by itself."""
    handler = AsyncSocketModeHandler(perennial.registry.bolt, perennial.settings.slack_app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    perennial.socket = handler.client
    return handler


def forget_environment() -> None:
    """Bolt changes its ways by itself when it finds these; from here on only our settings speak."""
    for name in BOLT_READS:
        os.environ.pop(name, None)
