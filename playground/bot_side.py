"""The real bot beside the make-believe Slack: same process, its own port, moved clock, no metronome."""

import asyncio
import socket
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.app import Perennial
from bot.migrate import migrate
from bot.serve import dial
from bot.settings import Settings, read_settings
from bot.vault import Vault, new_key
from bot.web.site import make_site
from playground.server import HOST, KEEP_ALIVE, SlackServer
from playground.swift import Watched, stay_in_line
from playground.workspace import Workspace


class MovedClock:
    """A clock that stands still until it is moved, and never goes back."""

    def __init__(self, start: datetime) -> None:
        self.time = start.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.time

    def move_to(self, moment: datetime) -> None:
        self.time = max(self.time, moment.astimezone(UTC))


def settings_for(workspace: Workspace, server: SlackServer, database_url: str, key: str, **more: object) -> Settings:
    """The settings that point the bot at a make-believe Slack; nothing is read from the environment's .env file."""
    return read_settings(
        _env_file=None,
        **{
            "slack_bot_token": token_of(workspace, "bot"),
            "slack_signing_secret": workspace.signing_secret,
            "slack_api_url": server.api_url,
            "database_url": database_url,
            "perennial_secret_key": key,
            **more,
        },
    )


def token_of(workspace: Workspace, kind: str) -> str:
    """The token the app was installed with; `kind`: bot, or app (for sockets)."""
    return next(token.text for token in workspace.tokens() if token.kind == kind and not token.revoked)


class BotSide:
    """Builds, serves and stops one real bot."""

    def __init__(
        self,
        server: SlackServer,
        database_url: str,
        clock: MovedClock,
        *,
        key: str | None = None,
        by_socket: bool = False,
        swift: bool = False,
        pages_at: int | None = None,
        **more: object,
    ) -> None:
        """`pages_at`: the port under which its web pages are read (0: any that is free); None serves none."""
        self.server = server
        self._listener = listen_on(pages_at or 0)
        self.url = f"http://{HOST}:{self._listener.getsockname()[1]}"
        if pages_at is not None:
            more["perennial_base_url"] = self.url
            server.workspace.serve_pages_at(self.url)
        self.database_url = database_url
        self.key = key or new_key()
        if by_socket:
            more["slack_app_token"] = token_of(server.workspace, "app")
        self.settings = settings_for(server.workspace, server, database_url, self.key, **more)
        self.clock = clock
        self.perennial = Perennial(self.settings, Vault.from_setting(self.key), clock)
        if swift:
            if self.perennial.database.is_sqlite:
                stay_in_line(self.perennial.database)
            Watched(self.perennial.database, self.perennial.registry.schedule)
            # Bolt looks every ten milliseconds whether a listener has answered; here it waits for the listener itself.
            self.perennial.registry.bolt.listener_runner.process_before_response = True
        self._web: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None
        self._socket: AsyncSocketModeHandler | None = None

    async def start(self, *, migrated: bool = False) -> None:
        """Migrate, open the door for Slack, and install into the workspace the token belongs to."""
        if not migrated:
            await migrate(self.database_url)
        config = uvicorn.Config(
            make_site(self.perennial), lifespan="off", log_config=None, access_log=False, timeout_keep_alive=KEEP_ALIVE
        )
        config.load()
        self._web = uvicorn.Server(config)
        self._web.lifespan = config.lifespan_class(config)
        await self._web.startup(sockets=[self._listener])
        self._task = asyncio.create_task(self._web.main_loop())
        self.server.deliver_to(None if self.settings.socket_mode else f"{self.url}/slack/events")
        await self.perennial.open()
        await self.perennial.install_from_token()
        if self.settings.socket_mode:
            self._socket = await dial(self.perennial)

    async def quiet(self) -> None:
        """Wait for whatever is in hand: events, and listeners that answered before they were through."""
        await self.perennial.in_hand.quiet()
        while listening := [task for task in asyncio.all_tasks() if _is_listener(task)]:
            await asyncio.wait(listening)

    async def stop(self) -> None:
        """Stop as SIGTERM would: finish what is in hand."""
        if self._socket is not None:
            await self._socket.close_async()
        if self._web is not None and self._task is not None:
            self._web.should_exit = True
            await self._task
            await self._web.shutdown()
        await self.perennial.close()


def listen_on(port: int) -> socket.socket:
    """A socket of ours on that port, or on any other where it is taken."""
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        if not port:
            raise
        listener.bind((HOST, 0))
    return listener


def _is_listener(task: "asyncio.Task[object]") -> bool:
    """Bolt runs each listener as a task that nobody else holds; its name is all there is to know it by."""
    return getattr(task.get_coro(), "__name__", "") == "run_ack_function_asynchronously"


def read_or_make_key(path: Path) -> str:
    """The key kept beside a playground's files."""
    if not path.exists():
        path.write_text(new_key(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
