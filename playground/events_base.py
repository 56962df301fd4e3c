"""What every act has in common: who may do it, what is noted down, and how the app is asked."""

import re
from typing import Any

from playground import events_payloads as payloads
from playground.events_delivery import Answer, Delivery, Kind, Outgoing
from playground.events_elements import NotThereError
from playground.events_queue import EventQueue
from playground.events_reply import Reply, reply_to
from playground.workspace import Doc, Workspace

_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>|]+")
_AFTER_ADDRESSES = ".,;:!?)]'\"*_~"
_MENTION = re.compile(r"&lt;([@#])([A-Z0-9]+)(?:\|[^&]*)?&gt;")


def _linked(found: re.Match[str]) -> str:
    """An address as Slack writes it into a text; what closes the sentence or a bracket does not belong to it."""
    whole = found[0].partition("&gt;")[0]
    address = whole.rstrip(_AFTER_ADDRESSES)
    return f"<{address}>{found[0][len(address) :]}"


class ActsBase:
    def __init__(self, workspace: Workspace, *, deliver: Delivery | None, base_url: str = "") -> None:
        self.workspace = workspace
        self.base_url = base_url
        #: Set while a script acts for somebody, so that the act log can tell.
        self.scripted = False
        self.queue = EventQueue(workspace, deliver)

    @property
    def deliver(self) -> Delivery | None:
        return self.queue.deliver

    @deliver.setter
    def deliver(self, deliver: Delivery | None) -> None:
        self.queue.deliver = deliver

    async def quiet(self) -> None:
        """Wait until every event on its way has been answered."""
        await self.queue.quiet()

    async def _ask(self, kind: Kind, payload: Doc) -> Reply:
        """Send an interaction and wait for what the app says at once."""
        request = Outgoing(kind, payload)
        if self.deliver is None:
            return reply_to(request, Answer(None, failure="connection_failed"))
        return reply_to(request, await self.deliver.send(request))

    def _where(self, user: str, channel: str | None, ts: str | None, view_id: str | None) -> tuple[Doc, list[Doc]]:
        """The payload's words for the place, and the blocks drawn there; the Home tab when none is named."""
        workspace = self.workspace
        if channel and ts:
            message = workspace.message(channel, ts)
            if message is None:
                raise NotThereError("the message is gone")
            if not workspace.is_member(user, channel):
                raise NotThereError(f"{user} is not in {channel}")
            return payloads.from_message(workspace, channel, message), message.get("blocks") or []
        view = workspace.view(view_id)[1] if view_id else workspace.home(user)
        if view is None:
            raise NotThereError("nothing is published on the Home tab yet")
        return payloads.from_view(view), view["blocks"]

    def _response_url(self, user: str, kind: str, where: Doc) -> str:
        container = where["container"]
        path = self.workspace.new_response_url(
            kind,
            user=user,
            channel=container["channel_id"],
            ts=container.get("message_ts"),
            thread_ts=container.get("thread_ts"),
            is_ephemeral=container.get("is_ephemeral", False),
        )
        return self.base_url + path

    def _typed(self, text: str) -> str:
        """Text as Slack's client sends it: everything escaped but addresses and the mentions it completed."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return _MENTION.sub(self._mention, _ADDRESS.sub(_linked, escaped))

    def _mention(self, match: re.Match[str]) -> str:
        sign, target = match.groups()
        known = self.workspace.has_user(target) if sign == "@" else self.workspace.has_channel(target)
        return f"<{sign}{target}>" if known else match.group(0)

    def _must_be_in(self, user: str, channel: str) -> None:
        if not self.workspace.is_member(user, channel):
            raise NotThereError(f"{user} is not in {channel}")

    def _must_be_ours(self, user: str) -> None:
        """People from other workspaces can neither type our commands nor see our shortcuts."""
        if self.workspace.user(user)["team_id"] != self.workspace.team_id:
            raise NotThereError("people from other workspaces cannot use this")

    def _must_be_theirs(self, user: str, channel: str, ts: str) -> None:
        message = self.workspace.message(channel, ts)
        if message is None or message["user"] != user:
            raise NotThereError("that message is not theirs")

    def _features(self, name: str) -> list[Doc]:
        found: list[Doc] = self.workspace.manifest.get("features", {}).get(name) or []
        return found

    def _did(self, user: str, did: str, **about: Any) -> None:
        if self.workspace.user(user)["deleted"]:
            raise NotThereError(f"{user} is deactivated and does nothing any more")
        self.workspace.record_act(user, did, scripted=self.scripted, **{k: v for k, v in about.items() if v})
