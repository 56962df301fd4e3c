"""Acts: what a person does in the make-believe Slack, and how the app is told."""

from dataclasses import replace
from typing import Any

from playground import blocks as block_kit
from playground import events_payloads as payloads
from playground.events_delivery import Answer, Delivery, HttpDelivery, Kind, Outgoing
from playground.events_elements import NotThereError
from playground.events_forms import Pressing
from playground.events_reply import Reply
from playground.events_talk import Talking
from playground.socket_mode import SocketDelivery
from playground.workspace import Doc

__all__ = ["Acts", "Answer", "Delivery", "HttpDelivery", "NotThereError", "Outgoing", "Reply", "SocketDelivery"]


class Acts(Talking, Pressing):
    """Everybody's hands; every act is signed and sent as Slack would send it."""

    async def command(self, user: str, channel: str, text: str, command: str = "/mentor") -> Reply:
        """Type a slash command."""
        self._must_be_in(user, channel)
        self._must_be_ours(user)
        commands = {c["command"]: c for c in self._features("slash_commands")}
        if command not in commands:
            raise NotThereError(f"{command} is not a valid command")
        typed = self._typed(text) if commands[command].get("should_escape") else text
        payload = payloads.slash_command(self.workspace, user, channel, command, typed)
        payload["trigger_id"] = self.workspace.new_trigger(user)
        payload["response_url"] = self._response_url(user, "commands", {"container": {"channel_id": channel}})
        self._did(user, f"typed {command} {text}".strip(), channel=channel)
        reply = await self._ask("slash_commands", payload)
        if reply.ok:
            self._show_command_answer(user, channel, reply)
        return reply

    async def shortcut(self, user: str, callback_id: str) -> Reply:
        self._must_offer("global", callback_id)
        self._must_be_ours(user)
        payload = payloads.envelope(self.workspace, user, "shortcut", callback_id=callback_id)
        payload |= {"action_ts": self.workspace.next_ts(), "trigger_id": self.workspace.new_trigger(user)}
        self._did(user, f"chose {callback_id}")
        return await self._ask("interactive", payload)

    async def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Reply:
        self._must_offer("message", callback_id)
        self._must_be_in(user, channel)
        self._must_be_ours(user)
        message = self.workspace.message(channel, ts)
        if message is None:
            raise NotThereError("the message is gone")
        where = payloads.from_message(self.workspace, channel, message)
        payload = payloads.envelope(self.workspace, user, "message_action", callback_id=callback_id)
        payload |= {"channel": where["channel"], "message": message, "message_ts": ts}
        payload |= {"action_ts": self.workspace.next_ts(), "trigger_id": self.workspace.new_trigger(user)}
        payload["response_url"] = self._response_url(user, "app-actions", where)
        self._did(user, f"chose {callback_id}", channel=channel, ts=ts)
        return await self._ask("interactive", payload)

    # what no honest Slack would send

    async def raw(
        self,
        payload: Doc,
        *,
        kind: Kind = "events_api",
        team_id: str | None = None,
        user: str | None = None,
        event_id: str | None = None,
        signature: str | None = None,
        timestamp: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send any payload, forged, stale or repeated. A bare inner event (no team_id) gets Slack's envelope first."""
        payload = {**payload}
        if kind == "events_api" and "event" not in payload and "team_id" not in payload and "challenge" not in payload:
            payload = self.queue.enveloped(payload, event_id=event_id, team_id=team_id)
        if event_id is not None:
            payload["event_id"] = event_id
        if team_id is not None:
            _put(payload, "team", team_id)
        if user is not None:
            _put(payload, "user", user)
        outgoing = Outgoing(kind, payload, signature=signature, timestamp=timestamp, headers=headers or {})
        return await self.resend(outgoing)

    async def resend(self, outgoing: Outgoing, **changes: Any) -> Answer:
        """Send a request (a Reply keeps its own) once more, as it was or with changes."""
        if self.deliver is None:
            return Answer(None, failure="connection_failed")
        return await self.deliver.send(replace(outgoing, **changes))

    def _must_offer(self, kind: str, callback_id: str) -> None:
        offered = {s["callback_id"] for s in self._features("shortcuts") if s["type"] == kind}
        if callback_id not in offered:
            raise NotThereError(f"the manifest offers no {kind} shortcut called {callback_id}")

    def _show_command_answer(self, user: str, channel: str, reply: Reply) -> None:
        """A command may be answered on the spot, to the person or to everybody."""
        said = reply.body if isinstance(reply.body, dict) else {"text": reply.body}
        if not said.get("text") and not said.get("blocks"):
            return
        reply.problems = block_kit.problems_with_message(said.get("blocks") or [])
        if reply.problems:
            return
        reply.text = said.get("text", "")
        self.workspace.post_message(
            channel,
            self.workspace.bot_user_id,
            reply.text,
            seen_by=None if said.get("response_type") == "in_channel" else user,
            blocks=said.get("blocks"),
            bot_id=self.workspace.fact("bot_id"),
        )


def _put(payload: Doc, what: str, value: str) -> None:
    """Claim another team or person wherever this kind of payload says it."""
    if f"{what}_id" in payload:
        payload[f"{what}_id"] = value
    if what == "user" and isinstance(payload.get("event"), dict):
        payload["event"] = {**payload["event"], "user": value}
    if isinstance(payload.get(what), dict):
        payload[what] = {**payload[what], "id": value}
        if what == "team" and isinstance(payload.get("user"), dict):
            payload["user"] = {**payload["user"], "team_id": value}
