"""Runs the bot until it is asked to stop: the web server, Socket Mode where it is set, and the metronome."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
import uvicorn

from bot.app import Perennial
from bot.errors import WrongSetting
from bot.pace import answer_first
from bot.schema import is_newest
from bot.settings import Settings
from bot.web.site import make_site

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

ROLES = ("all", "web", "worker")
CLOSING_SECONDS = 3  # for requests in hand; jobs in hand get the rest of the ten seconds
BOLT_READS = ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET")
log = structlog.get_logger("perennial")


def serve(settings: Settings, perennial: Perennial, role: str) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in hand within ten seconds."""
    asyncio.run(_serve(settings, perennial, role))


async def _serve(settings: Settings, perennial: Perennial, role: str) -> None:
    listener = _listen(settings)
    async with life(perennial, role):
        config = uvicorn.Config(
            make_site(perennial, for_slack=role != "worker"),
            lifespan="off",
            ws="none",  # Slack's socket is dialled by us; nobody dials ours
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=CLOSING_SECONDS,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, server)
        await server.startup(sockets=[listener])
        answer_first()
        log.info("ready", role=role, port=listener.getsockname()[1])
        await server.main_loop()
        await server.shutdown(sockets=[listener])


def _stop(server: uvicorn.Server) -> None:
    """uvicorn's own handler would raise the signal again and end us before our work is put away."""
    server.should_exit = True


def _listen(settings: Settings) -> socket.socket:
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms.
    listener = socket.socket(
        socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise WrongSetting(
            f"HOST and PORT: can't listen on {where} ({error.strerror}). Choose another PORT."
        ) from error
    return listener


@asynccontextmanager
async def life(perennial: Perennial, role: str) -> AsyncIterator[None]:
    """From opened to closed: what a running bot holds while it runs."""
    perennial.works = role != "web"
    await bring_up_to_date(perennial)
    await perennial.open()
    await perennial.install_from_token()
    dialled = await dial(perennial) if role != "worker" and perennial.settings.socket_mode else None
    if perennial.works:
        perennial.scheduler.start()
    try:
        yield
    finally:
        if dialled is not None:
            await dialled.close_async()  # type: ignore[no-untyped-call]
        await perennial.close()
        log.info("stopped")


async def bring_up_to_date(perennial: Perennial) -> None:
    """Migrate, where there is something to migrate."""
    if not await is_newest(perennial.database):
        from bot.migrate import migrate  # with Alembic, which a process with nothing to migrate need not hold

        await migrate(perennial.settings.database_url)


async def dial(perennial: Perennial) -> "AsyncSocketModeHandler":
    """Open the socket through which Slack reaches us; it reconnects by itself."""
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler  # only where Slack is dialled is it held

    handler = AsyncSocketModeHandler(perennial.registry.bolt, perennial.settings.slack_app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    perennial.socket = handler.client
    return handler


def forget_environment() -> None:
    """Bolt changes its ways by itself when it finds these; from here on only our settings speak."""
    for name in BOLT_READS:
        os.environ.pop(name, None)
