"""Talking: entering places, writing, reacting, and leaving again."""

from playground.events_base import ActsBase
from playground.events_elements import NotThereError
from playground.web_api.unfurls import links_to
from playground.workspace import Doc


class Talking(ActsBase):
    async def open_home(self, user: str) -> Doc | None:
        """Look at the app's Home tab; what is published there when the app has acknowledged the event."""
        self._open_app(user, "home")
        await self.quiet()
        return self.workspace.home(user)

    async def open_messages(self, user: str) -> str:
        """Look at the direct messages with the app; the conversation's id."""
        channel = self._open_app(user, "messages")
        await self.quiet()
        return channel

    async def post(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write something, as typed: `<@U…>` and `<#C…>` that exist are mentions, all else is only text."""
        self._must_be_in(user, channel)
        if self.workspace.channel(channel)["is_archived"]:
            raise NotThereError("the channel is archived")
        self._did(user, "wrote", channel=channel)
        number = self.workspace.next_number("client_msg")
        message = self.workspace.post_message(
            channel,
            user,
            self._typed(text),
            thread_ts=thread_ts,
            client_msg_id=f"{number:08x}-0000-4000-8000-000000000000",
        )
        mentioned = f"<@{self.workspace.bot_user_id}>" in message["text"]
        if mentioned and self.workspace.channel_type(channel) != "im":
            event = {**message, "type": "app_mention", "channel": channel, "event_ts": message["ts"]}
            self.workspace.happen(event)
        self._links_shared(user, channel, message)
        await self.quiet()
        return message["ts"]

    async def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        self._must_be_theirs(user, channel, ts)
        self._did(user, "edited", channel=channel)
        self.workspace.update_message(channel, ts, text=self._typed(text), edited_by=user)
        await self.quiet()

    async def delete(self, user: str, channel: str, ts: str) -> None:
        self._must_be_theirs(user, channel, ts)
        self._did(user, "deleted a message", channel=channel)
        self.workspace.delete_message(channel, ts)
        await self.quiet()

    async def react(self, user: str, channel: str, ts: str, name: str, *, add: bool = True) -> bool:
        self._must_be_in(user, channel)
        self._did(user, f"reacted with :{name}:", channel=channel)
        changed = self.workspace.react(user, channel, ts, name.strip(":"), add=add)
        await self.quiet()
        return changed

    async def join(self, user: str, channel: str, inviter: str | None = None) -> None:
        self._did(user, "joined", channel=channel)
        self.workspace.join(user, channel, inviter)
        await self.quiet()

    async def leave(self, user: str, channel: str) -> None:
        self._did(user, "left", channel=channel)
        self.workspace.leave(user, channel)
        await self.quiet()

    def _links_shared(self, user: str, channel: str, message: Doc) -> None:
        """Tell the app of links to its own domains, wherever they were posted; nobody else's app hears of them."""
        domains = self.workspace.manifest.get("features", {}).get("unfurl_domains") or []
        if not (links := links_to(domains, message["text"])):
            return
        event: Doc = {
            "type": "link_shared",
            "channel": channel,
            "user": user,
            "message_ts": message["ts"],
            "unfurl_id": f"C{self.workspace.next_number('unfurl')}.{message['ts']}",
            "source": "conversations_history",
            "links": links,
            "is_bot_user_member": self.workspace.is_member(self.workspace.bot_user_id, channel),
            "event_ts": self.workspace.next_ts(),
        }
        if thread_ts := message.get("thread_ts"):
            event["thread_ts"] = thread_ts
        self.workspace.happen(event)

    def _open_app(self, user: str, tab: str) -> str:
        self._must_be_ours(user)
        workspace = self.workspace
        channel = workspace.open_dm(user, workspace.bot_user_id)
        self._did(user, f"opened the app's {tab} tab")
        event: Doc = {
            "type": "app_home_opened",
            "user": user,
            "channel": channel,
            "tab": tab,
            "event_ts": workspace.next_ts(),
        }
        if tab == "home" and (view := workspace.home(user)):
            event["view"] = view
        workspace.happen(event)
        return channel
