"""Socket Mode: the app dials in, and each request goes to any one of its connections as an envelope."""

import asyncio
import itertools
import json
import secrets
import time
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.events_delivery import PATIENCE, Answer, Outgoing
from playground.workspace import Workspace

MOST_CONNECTIONS = 10


class Sockets:
    """The app's live connections."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._live: dict[int, WebSocket] = {}
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._arrival = asyncio.Event()

    @property
    def count(self) -> int:
        return len(self._live)

    async def connected(self) -> None:
        """Wait until the app has dialled in."""
        await self._arrival.wait()

    async def serve(self, socket: WebSocket) -> None:
        """The websocket endpoint: hello, then acknowledgements until it goes."""
        if not self.workspace.spend_socket_ticket(socket.query_params.get("ticket", "")):
            await socket.close(code=4001)
            return
        await socket.accept()
        if len(self._live) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        number = next(self._numbers)
        self._live[number] = socket
        try:
            await socket.send_json(self._hello())
            self._arrival.set()
            while True:
                self._acknowledged(await socket.receive_text())
        except WebSocketDisconnect:
            return
        finally:
            del self._live[number]
            if not self._live:
                self._arrival.clear()

    async def send(self, outgoing: Outgoing, patience: float) -> Answer:
        if not self._live:
            return Answer(None, failure="connection_failed")
        sockets = list(self._live.values())
        socket = sockets[next(self._turn) % len(sockets)]
        envelope_id = secrets.token_hex(16)
        answers = outgoing.kind != "events_api"
        envelope: dict[str, Any] = {
            "type": outgoing.kind,
            "envelope_id": envelope_id,
            "accepts_response_payload": answers,
            "payload": outgoing.payload,
        }
        if not answers:
            envelope |= {"retry_attempt": outgoing.retry_num, "retry_reason": outgoing.retry_reason}
        reply = self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        try:
            await socket.send_json(envelope)
            body = await asyncio.wait_for(reply, patience)
            return Answer(200, body, (time.perf_counter() - began) * 1000)
        except TimeoutError:
            return Answer(None, ms=(time.perf_counter() - began) * 1000, failure="http_timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Answer(None, failure="connection_failed")
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come back anew, as Slack does every few hours."""
        for socket in list(self._live.values()):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})

    async def close(self) -> None:
        for socket in list(self._live.values()):
            await socket.close()

    def _acknowledged(self, text: str) -> None:
        """Take an acknowledgement; whatever else an app may say is passed over, as Slack does."""
        try:
            message = json.loads(text)
        except json.JSONDecodeError:
            return
        reply = self._waiting.get(message.get("envelope_id", "")) if isinstance(message, dict) else None
        if reply and not reply.done():
            reply.set_result(message.get("payload") or "")

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._live),
            "connection_info": {"app_id": self.workspace.fact("app_id")},
            "debug_info": {"host": "playground", "approximate_connection_time": 3600},
        }


class SocketDelivery:
    """Sends by Socket Mode instead of HTTP; nothing is signed there."""

    def __init__(self, sockets: Sockets, *, patience: float = PATIENCE) -> None:
        self.sockets = sockets
        self.patience = patience

    async def send(self, outgoing: Outgoing) -> Answer:
        return await self.sockets.send(outgoing, self.patience)

    async def close(self) -> None:
        await self.sockets.close()
