"""How a request reaches the app: signed HTTP exactly as Slack's, or an envelope over Socket Mode."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from playground.workspace import Doc

Kind = Literal["events_api", "interactive", "slash_commands"]
PATIENCE = 3.0
# Signatures carry the wall's time whatever the moved clock says: the app checks them against its own wall.
wall_time: Callable[[], float] = time.time  # noqa: TID251


@dataclass(frozen=True)
class Outgoing:
    """One request on its way to the app, with whatever a test wants to be wrong with it."""

    kind: Kind
    payload: Doc
    retry_num: int = 0
    retry_reason: str = ""
    signature: str | None = None
    timestamp: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What the app said: no status means that it said nothing in time, and `failure` why."""

    status: int | None
    body: Any = None
    ms: float = 0.0
    failure: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Delivery(Protocol):
    async def send(self, outgoing: Outgoing) -> Answer: ...

    async def close(self) -> None: ...


class HttpDelivery:
    """Posts to the app's request URL, signed with its secret."""

    def __init__(self, url: str, signing_secret: str, *, patience: float = PATIENCE) -> None:
        self.url = url
        self.signing_secret = signing_secret
        self.patience = patience
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def send(self, outgoing: Outgoing) -> Answer:
        body, content_type = encoded(outgoing)
        timestamp = str(int(wall_time()) if outgoing.timestamp is None else outgoing.timestamp)
        signature = outgoing.signature
        if signature is None:
            signature = signed(self.signing_secret, timestamp, body)
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature,
            **outgoing.headers,
        }
        if outgoing.retry_num:
            headers |= {"X-Slack-Retry-Num": str(outgoing.retry_num), "X-Slack-Retry-Reason": outgoing.retry_reason}
        began = time.perf_counter()
        try:
            async with self._client().post(
                self.url, data=body, headers=headers, timeout=aiohttp.ClientTimeout(total=self.patience)
            ) as response:
                raw = await response.text()
                ms = (time.perf_counter() - began) * 1000
                return Answer(response.status, _decoded(raw), ms, headers=dict(response.headers))
        except TimeoutError:
            return Answer(None, ms=(time.perf_counter() - began) * 1000, failure="http_timeout")
        except aiohttp.TooManyRedirects:
            return Answer(None, failure="too_many_redirects")
        except aiohttp.ClientError:
            return Answer(None, ms=(time.perf_counter() - began) * 1000, failure="connection_failed")

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _client(self) -> aiohttp.ClientSession:
        # A session belongs to the loop it was opened in; a test's next loop gets its own.
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            self._session, self._loop = aiohttp.ClientSession(), loop
        return self._session


def encoded(outgoing: Outgoing) -> tuple[bytes, str]:
    """The raw body as Slack sends it for this kind of request."""
    if outgoing.kind == "events_api":
        return json.dumps(outgoing.payload, separators=(",", ":")).encode(), "application/json"
    if outgoing.kind == "slash_commands":
        return urlencode(outgoing.payload).encode(), "application/x-www-form-urlencoded"
    form = urlencode({"payload": json.dumps(outgoing.payload, separators=(",", ":"))})
    return form.encode(), "application/x-www-form-urlencoded"


def signed(secret: str, timestamp: str, body: bytes) -> str:
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _decoded(raw: str) -> Any:
    try:
        return json.loads(raw) if raw else ""
    except json.JSONDecodeError:
        return raw
