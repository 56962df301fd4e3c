"""Events on their way to the app: who may hear of them, in what envelope, and Slack's three retries."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from playground.events_delivery import Answer, Delivery, Outgoing
from playground.workspace import Doc, Workspace

_FAILURES_KEPT = 200
_RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
_MESSAGE_SCOPES = {"im": "im:history", "channel": "channels:history", "group": "groups:history", "mpim": "mpim:history"}
_MESSAGE_NAMES = {"im": "message.im", "channel": "message.channels", "group": "message.groups", "mpim": "message.mpim"}
_SCOPES = {
    "app_mention": ("app_mentions:read",),
    "link_shared": ("links:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "channel_archive": ("channels:read", "groups:read"),
    "channel_rename": ("channels:read", "groups:read"),
}


class EventQueue:
    """Delivers what the app subscribed to, one after the other in the order it happened."""

    def __init__(self, workspace: Workspace, deliver: Delivery | None) -> None:
        self.workspace = workspace
        self.deliver = deliver
        self.delivered = 0
        self.failed: deque[tuple[Doc, Answer]] = deque(maxlen=_FAILURES_KEPT)
        self._waiting: deque[Outgoing] = deque()
        self._later: list[tuple[datetime, Outgoing]] = []
        self._worker: asyncio.Task[None] | None = None
        self._deaf: list[Callable[[], None]] = []
        self.listen()

    def listen(self) -> None:
        """Hear of what happens in the workspace."""
        if not self._deaf:
            self._deaf = [self.workspace.on_event(self.happened), self.workspace.subscribe(self._time_moved)]

    def stop(self) -> None:
        """Hear nothing more, so that a stopped server's queue sends nothing beside the next one's."""
        while self._deaf:
            self._deaf.pop()()

    def happened(self, event: Doc) -> None:
        """Take an inner event from the workspace and send it if the app may hear of it."""
        if self.deliver is not None and self.wanted(event):
            self.put(Outgoing("events_api", self.enveloped(event)))

    def put(self, outgoing: Outgoing) -> None:
        self._waiting.append(outgoing)
        self._wake()

    async def quiet(self) -> None:
        """Wait until nothing is on its way (retries that wait for moved time are not)."""
        self._wake()
        while self._worker is not None and not self._worker.done():
            await self._worker

    def next_retry(self) -> datetime | None:
        return min((due for due, _ in self._later), default=None)

    def retry_due(self) -> None:
        """Send again what was refused and whose time has come."""
        now = self.workspace.clock()
        due = [item for item in self._later if item[0] <= now]
        self._later = [item for item in self._later if item[0] > now]
        for _, outgoing in due:
            self.put(outgoing)

    def wanted(self, event: Doc) -> bool:
        """Subscribed to in the manifest, allowed by scope, and in a conversation the bot is in."""
        workspace, kind = self.workspace, event["type"]
        subscriptions = workspace.manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
        name = _MESSAGE_NAMES[event["channel_type"]] if kind == "message" else kind
        if name not in subscriptions:
            return False
        scopes = (_MESSAGE_SCOPES[event["channel_type"]],) if kind == "message" else _SCOPES.get(kind, ())
        if scopes and not workspace.scopes.intersection(scopes):
            return False
        channel = self._channel_of(event)
        if channel is None or kind in ("app_home_opened", "link_shared"):  # links are told of wherever they were posted
            return True
        return workspace.is_member(workspace.bot_user_id, channel) or event.get("user") == workspace.bot_user_id

    def enveloped(self, event: Doc, *, event_id: str | None = None, team_id: str | None = None) -> Doc:
        workspace = self.workspace
        team = team_id or workspace.team_id
        channel = self._channel_of(event)
        shared = bool(channel and workspace.has_channel(channel) and workspace.channel(channel)["is_ext_shared"])
        authorization = {
            "enterprise_id": None,
            "team_id": team,
            "user_id": workspace.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "deprecated",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": workspace.fact("app_id"),
            "type": "event_callback",
            "event_id": event_id or workspace.next_id("Ev"),
            "event_time": workspace.seconds(),
            "event_context": "4-playground",
            "is_ext_shared_channel": shared,
            "authorizations": [authorization],
            "event": event,
        }

    def _channel_of(self, event: Doc) -> str | None:
        channel: Any = event.get("channel") or event.get("item", {}).get("channel")
        return channel.get("id") if isinstance(channel, dict) else channel

    def _wake(self) -> None:
        if not self._waiting or (self._worker is not None and not self._worker.done()):
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # Nobody runs yet; quiet() will see to it.
        self._worker = loop.create_task(self._drain())

    async def _drain(self) -> None:
        while self._waiting:
            await self._send(self._waiting.popleft())

    async def _send(self, outgoing: Outgoing) -> None:
        if self.deliver is None:
            return
        answer = await self.deliver.send(outgoing)
        if answer.ok:
            self.delivered += 1
            return
        self.failed.append((outgoing.payload, answer))
        lower = {name.lower(): value for name, value in answer.headers.items()}
        if outgoing.retry_num >= len(_RETRY_AFTER) or lower.get("x-slack-no-retry") == "1":
            return
        again = Outgoing(
            outgoing.kind,
            outgoing.payload,
            retry_num=outgoing.retry_num + 1,
            retry_reason=answer.failure or "http_error",
        )
        wait = _RETRY_AFTER[outgoing.retry_num]
        if wait:
            self._later.append((self.workspace.clock() + wait, again))
        else:
            self._waiting.append(again)

    def _time_moved(self, kind: str, payload: Doc) -> None:
        if kind == "time":
            self.retry_due()
