"""The server: one loopback port for the Web API, Socket Mode, uploads, sign-in and the page beside them."""

import asyncio
import socket
from collections.abc import Sequence
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, WebSocketRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from playground.events import Acts, HttpDelivery
from playground.faults import Faults
from playground.limits import Limits
from playground.socket_mode import SocketDelivery, Sockets
from playground.web_api import create_web_api
from playground.workspace import Workspace

HOST = "127.0.0.1"
KEEP_ALIVE = 75  # seconds: longer than clients keep a line for reuse, or they would write into one just closed


class SlackServer:
    """Starts in the running event loop in a few milliseconds; usable as a fixture and as the playground's own."""

    def __init__(
        self,
        workspace: Workspace,
        limits: Limits | None = None,
        faults: Faults | None = None,
        extra_routes: Sequence[BaseRoute] = (),
        app_url: str | None = None,
        others: Sequence[Workspace] = (),
    ) -> None:
        self.workspace = workspace
        self.limits = limits or Limits(enabled=False)
        self.faults = faults or Faults()
        self.sockets = Sockets(workspace)
        self._acts = {one.team_id: Acts(one, deliver=None) for one in (workspace, *others)}
        self.deliver_to(app_url)
        routes: list[BaseRoute] = [
            *create_web_api(workspace, limits=self.limits, faults=self.faults, others=others),
            WebSocketRoute("/link", self.sockets.serve),
            *extra_routes,
        ]
        self.app = Starlette(routes=routes)
        self.port = 0
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}
        self.app.state.cut = self._cut
        self._server: uvicorn.Server | None = None
        self._loop_task: asyncio.Task[None] | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def acts(self) -> Acts:
        """What people do in the first workspace."""
        return self._acts[self.workspace.team_id]

    def acts_in(self, workspace: Workspace) -> Acts:
        """What people do in any of the workspaces on this server."""
        return self._acts[workspace.team_id]

    def deliver_to(self, app_url: str | None) -> None:
        """Send events and interactions there; None means by Socket Mode, to whoever dials in."""
        for acts in self._acts.values():
            if app_url is None:
                acts.deliver = SocketDelivery(self.sockets)
            else:
                acts.deliver = HttpDelivery(app_url, acts.workspace.signing_secret)

    async def start(self, port: int = 0) -> None:
        # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        self._socket = listener
        self.port = listener.getsockname()[1]
        for acts in self._acts.values():
            acts.base_url = self.url
            acts.queue.listen()
        config = uvicorn.Config(
            self.app,
            http=self._protocol(),
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE,
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        await self._server.startup(sockets=[listener])
        self._loop_task = asyncio.create_task(self._server.main_loop())

    async def stop(self) -> None:
        if self._server is None or self._loop_task is None or self._socket is None:
            return
        for acts in self._acts.values():
            acts.queue.stop()
            if acts.deliver:
                await acts.deliver.close()
        for server in self._server.servers:
            server.close()
        self._socket.close()
        for transport in list(self._transports.values()):
            transport.close()
        # Nobody waits for a reader who keeps a line open: a page's stream would never end by itself.
        tasks = [self._loop_task, *self._server.server_state.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._server = None

    def _protocol(self) -> type[asyncio.Protocol]:
        transports = self._transports

        class Cuttable(HttpToolsProtocol):
            """Remembers its transport, so that a fault can cut the line without a word."""

            def connection_made(self, transport: Any) -> None:
                super().connection_made(transport)
                if self.client:
                    transports[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client:
                    transports.pop(self.client, None)
                super().connection_lost(exc)

        return Cuttable

    def _cut(self, client: Any) -> None:
        transport = self._transports.get((client.host, client.port))
        if transport:
            transport.abort()
