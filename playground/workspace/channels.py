"""Conversations: channels, direct messages and group messages, and who is in them."""

import json
from collections.abc import Iterable
from pathlib import Path

from playground.workspace.people import People
from playground.workspace.store import Clock, Doc, dump


class Channels(People):
    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Clock,
        team_id: str = "T0PERENNIAL",
        team_name: str = "Tidewater",
    ) -> None:
        super().__init__(path, clock=clock, team_id=team_id, team_name=team_name)
        self._channels: dict[str, Doc] = {
            row[0]: json.loads(row[1]) for row in self.db.execute("SELECT id, doc FROM channels ORDER BY rowid")
        }
        self._members: dict[str, dict[str, None]] = {channel: {} for channel in self._channels}
        for channel, user in self.db.execute("SELECT channel, user FROM members"):
            self._members[channel][user] = None

    def add_channel(
        self,
        name: str,
        *,
        creator: str,
        is_private: bool = False,
        members: Iterable[str] = (),
        topic: str = "",
        is_ext_shared: bool = False,
    ) -> str:
        """Open a channel, with its first members already in it."""
        channel_id = self.next_id("C")
        doc = self._conversation(
            channel_id,
            name=name,
            creator=creator,
            is_channel=not is_private,
            is_group=is_private,
            is_private=is_private,
            is_ext_shared=is_ext_shared,
            is_shared=is_ext_shared,
            topic={"value": topic, "creator": creator if topic else "", "last_set": self.seconds() if topic else 0},
        )
        self._keep_channel(doc, dict.fromkeys([creator, *members]))
        return channel_id

    def open_dm(self, user: str, other: str) -> str:
        """The direct message of two people; the same one every time."""
        pair = sorted({user, other})
        channel_id = self.id_from("D", *pair)
        if channel_id not in self._channels:
            doc = self._conversation(channel_id, creator=user, is_im=True, is_private=True, with_users=pair)
            self._keep_channel(doc, pair)
        return channel_id

    def open_group(self, users: Iterable[str]) -> str:
        """The group message of three to nine people; the same one every time, and nobody can be added later."""
        group = sorted(set(users))
        channel_id = self.id_from("G", *group)
        if channel_id not in self._channels:
            name = "mpdm-" + "--".join(self._users[user]["name"] for user in group) + "-1"
            doc = self._conversation(channel_id, name=name, creator=group[0], is_mpim=True, is_private=True)
            self._keep_channel(doc, group)
        return channel_id

    def join(self, user: str, channel: str, inviter: str | None = None) -> bool:
        """Somebody enters; False when they were there already."""
        if user in self._members[channel]:
            return False
        self._enter(channel, user)
        event = self._passage("member_joined_channel", user, channel)
        if inviter:
            event["inviter"] = inviter
        self.happen(event)
        self.tell("channel", {"channel": channel, "user": user, "change": "joined"})
        return True

    def leave(self, user: str, channel: str) -> bool:
        if user not in self._members[channel]:
            return False
        # The event is made first: an app whose own bot leaves still hears of it.
        event = self._passage("member_left_channel", user, channel)
        self._depart(channel, user)
        self.happen(event)
        self.tell("channel", {"channel": channel, "user": user, "change": "left"})
        return True

    def update_user(self, user_id: str, **changes: object) -> Doc:
        """As People does it; whoever is deactivated is no longer counted among a channel's members."""
        user = super().update_user(user_id, **changes)
        if changes.get("deleted"):
            for channel, doc in self._channels.items():
                if not (doc["is_im"] or doc["is_mpim"]):
                    self._depart(channel, user_id)
        return user

    def change_channel_id(self, channel: str) -> str:
        """What sharing does to a private channel: the same conversation under another id."""
        new = self.next_id("C")
        doc = self._channels.pop(channel) | {"id": new}
        with self.together():
            self._channels[new], self._members[new] = doc, self._members.pop(channel)
            self.db.execute("UPDATE channels SET id = ?, doc = ? WHERE id = ?", (new, dump(doc), channel))
            self.db.execute("UPDATE members SET channel = ? WHERE channel = ?", (new, channel))
            self.db.execute("UPDATE messages SET channel = ? WHERE channel = ?", (new, channel))
        ids = {"old_channel_id": channel, "new_channel_id": new}
        self.happen({"type": "channel_id_changed", "channel": new, **ids, "event_ts": self.next_ts()})
        self.tell("channel", {"channel": new, "change": "renamed"})
        return new

    def archive(self, channel: str, user: str | None = None) -> None:
        doc = self._channels[channel]
        doc["is_archived"] = True
        self._update_channel(doc)
        by = user or doc["creator"]
        self.happen({"type": "channel_archive", "channel": channel, "user": by, "event_ts": self.next_ts()})
        self.tell("channel", {"channel": channel, "user": by, "change": "archived"})

    def rename(self, channel: str, name: str) -> None:
        doc = self._channels[channel]
        doc["name"] = doc["name_normalized"] = name
        self._update_channel(doc)
        about = {"id": channel, "name": name, "created": doc["created"]}
        self.happen({"type": "channel_rename", "channel": about, "event_ts": self.next_ts()})
        self.tell("channel", {"channel": channel, "change": "renamed"})

    def has_channel(self, channel: object) -> bool:
        return channel in self._channels

    def channel(self, channel: str) -> Doc:
        """The conversation object, as stored (without is_member, which depends on who asks)."""
        return self._channels[channel]

    def channels(self) -> list[Doc]:
        return list(self._channels.values())

    def members(self, channel: str) -> list[str]:
        return list(self._members[channel])

    def is_member(self, user: str, channel: str) -> bool:
        return user in self._members.get(channel, ())

    def channel_named(self, name: str) -> str | None:
        return next((c["id"] for c in self._channels.values() if c.get("name") == name.lstrip("#")), None)

    def other_in_dm(self, channel: str, viewer: str) -> str:
        """Whom the viewer talks with in a direct message (themselves, in a note to self)."""
        return next((user for user in self._members[channel] if user != viewer), viewer)

    def channel_type(self, channel: str) -> str:
        doc = self._channels[channel]
        if doc["is_im"]:
            return "im"
        if doc["is_mpim"]:
            return "mpim"
        return "group" if doc["is_private"] else "channel"

    def _passage(self, kind: str, user: str, channel: str) -> Doc:
        letter = "C" if self.channel_type(channel) == "channel" else "G"
        return {
            "type": kind,
            "user": user,
            "channel": channel,
            "channel_type": letter,
            "team": self.team_id,
            "event_ts": self.next_ts(),
        }

    def _enter(self, channel: str, user: str) -> None:
        self._members[channel][user] = None
        # Somebody who enters today is not shown last year as unread.
        last_read = f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
        self.db.execute("INSERT OR IGNORE INTO members VALUES (?, ?, ?)", (channel, user, last_read))

    def _depart(self, channel: str, user: str) -> None:
        self._members[channel].pop(user, None)
        self.db.execute("DELETE FROM members WHERE channel = ? AND user = ?", (channel, user))

    def _keep_channel(self, doc: Doc, members: Iterable[str]) -> None:
        channel = doc["id"]
        with self.together():
            self._channels[channel] = doc
            self._members[channel] = {}
            self.db.execute("INSERT INTO channels VALUES (?, ?)", (channel, dump(doc)))
            for user in members:
                self._enter(channel, user)
        self.tell("channel", {"channel": channel, "change": "opened"})

    def _update_channel(self, doc: Doc) -> None:
        self.db.execute("UPDATE channels SET doc = ? WHERE id = ?", (dump(doc), doc["id"]))

    def _conversation(self, channel_id: str, *, creator: str, name: str | None = None, **flags: object) -> Doc:
        empty = {"value": "", "creator": "", "last_set": 0}
        kinds = ("is_channel", "is_group", "is_im", "is_mpim", "is_private", "is_archived", "is_general")
        shared = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
        doc: Doc = {"id": channel_id, **dict.fromkeys((*kinds, *shared), False)}
        if name is not None:
            doc |= {"name": name, "name_normalized": name, "topic": empty, "purpose": empty}
        return doc | {"creator": creator, "created": self.seconds(), "context_team_id": self.team_id, **flags}
