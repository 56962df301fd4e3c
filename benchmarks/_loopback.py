"""A Slack that only takes messages, as fast as a single process can: one line of JSON says how it is, on /count.

It can be told limits (`per_minute`, `per_channel`) and then answers 429 as Slack does, counting each refusal.
"""

import asyncio
import json
import sys
from collections import deque
from typing import Any
from urllib.parse import parse_qs

from bot.clock import stopwatch

AUTH = {"ok": True, "team_id": "T0BENCH", "team": "Bench", "user_id": "U0BOT", "bot_id": "B0BOT", "url": "x"}


class State:
    """What was said, and what is allowed."""

    def __init__(self, limits: dict[str, float]) -> None:
        self.limits = limits
        self.posts = self.refusals = 0
        self.first = self.last = 0.0
        self.calls: dict[str, deque[float]] = {}
        self.spoken: dict[str, float] = {}
        self.keys: set[str] = set()
        self.twice = 0

    def too_early(self, method: str, channel: str) -> float:
        """Seconds to wait; a minute is any sixty seconds, and one conversation takes one message a second."""
        now = stopwatch()
        per_minute = self.limits.get(method)
        if per_minute:
            calls = self.calls.setdefault(method, deque())
            while calls and calls[0] <= now - 60:
                calls.popleft()
            if len(calls) >= per_minute:
                return calls[0] + 60 - now
            gap = self.limits.get("per_channel", 0)
            if channel and gap and now - self.spoken.get(channel, -gap) < gap:
                return gap
            calls.append(now)
            self.spoken[channel] = now
        return 0

    def answer(self, method: str, args: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Slack's answer, with its status."""
        if method == "count":
            return 200, {
                "posts": self.posts,
                "refusals": self.refusals,
                "seconds": self.last - self.first,
                "twice": self.twice,
            }
        channel = str(args.get("channel", ""))
        if wait := self.too_early(method, channel):
            self.refusals += 1
            return 429, {"ok": False, "error": "ratelimited", "wait": wait}
        if method == "chat.postMessage":
            self.posts += 1
            self.last = stopwatch()
            self.first = self.first or self.last
            key = args["metadata"]["event_payload"]["key"]
            self.twice += key in self.keys
            self.keys.add(key)
            return 200, {"ok": True, "channel": channel, "ts": f"{1_700_000_000 + self.posts}.000100"}
        if method == "conversations.open":
            return 200, {"ok": True, "channel": {"id": "G" + str(args["users"]).replace(",", "")}}
        return 200, AUTH if method == "auth.test" else {"ok": True}


class Door(asyncio.Protocol):
    """HTTP/1.1, just as much as the client needs."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head = self.waiting[:end].decode("latin-1")
            lines = head.split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
            length = int(headers.get("content-length", 0))
            if len(self.waiting) < end + 4 + length:
                return
            body = self.waiting[end + 4 : end + 4 + length]
            self.waiting = self.waiting[end + 4 + length :]
            self._serve(lines[0].split(" ")[1], headers.get("content-type", ""), body)

    def _serve(self, path: str, kind: str, body: bytes) -> None:
        path, _, query = path.partition("?")
        args: dict[str, Any] = {name: values[0] for name, values in parse_qs(query).items()}
        if kind.startswith("application/json") and body:
            args |= json.loads(body)
        elif body:
            args |= {name: values[0] for name, values in parse_qs(body.decode()).items()}
        status, answer = self.state.answer(path.rpartition("/")[2], args)
        said = json.dumps(answer).encode()
        wait = f"Retry-After: {max(1, round(answer.get('wait', 1)))}\r\n" if status == 429 else ""
        self.transport.write(
            f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n{wait}Content-Length: {len(said)}\r\n\r\n".encode()
            + said
        )


async def main() -> None:
    """Say the port on the first line, then serve until the pipe we were started with closes."""
    state = State(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {})
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Door(state), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
