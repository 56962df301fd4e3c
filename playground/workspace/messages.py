"""Messages: posted, edited, deleted, answered in threads, reacted to, read and unread."""

import json
from typing import Any

from playground.workspace.channels import Channels
from playground.workspace.store import Doc, dump

_CHANGING = ("text", "blocks", "attachments", "metadata", "files")


class Messages(Channels):
    def post_message(
        self,
        channel: str,
        user: str,
        text: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        seen_by: str | None = None,
        **more: Any,
    ) -> Doc:
        """Put a message into a conversation; with `seen_by` it is ephemeral, and never appears in history."""
        ts = self.next_ts()
        message: Doc = {"type": "message", "user": user, "ts": ts, "team": self.team_id, "text": text}
        message |= {name: value for name, value in more.items() if value is not None}
        if thread_ts:
            message["thread_ts"] = thread_ts
        if broadcast:
            message["subtype"] = "thread_broadcast"
        if seen_by:
            message["is_ephemeral"] = True
        with self.together():
            self.db.execute(
                "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)",
                (channel, ts, thread_ts, user, seen_by, dump(message)),
            )
            if thread_ts and not seen_by:
                self._grow_thread(channel, thread_ts, user, ts)
            self.db.execute("UPDATE members SET last_read = ? WHERE channel = ? AND user = ?", (ts, channel, user))
        if seen_by:
            self.tell("ephemeral", {"channel": channel, "ts": ts, "user": seen_by, "message": message})
            return message
        self.happen(self._message_event(channel, message))
        self.tell("message", {"channel": channel, "ts": ts, "change": "posted", "message": message})
        return message

    def update_message(self, channel: str, ts: str, *, edited_by: str | None = None, **changes: Any) -> Doc:
        """Change what a message says; `edited_by` marks it as edited, which an app's own redrawing is not."""
        before = self.message(channel, ts)
        if before is None:
            raise KeyError(ts)
        after = {**before}
        for name in _CHANGING:
            if name in changes:
                after[name] = changes[name]
                if changes[name] is None:
                    del after[name]
        if edited_by:
            after["edited"] = {"user": edited_by, "ts": f"{self.seconds()}.000000"}
        self._keep_message(channel, after)
        if not after.get("is_ephemeral"):
            self._happen_hidden(channel, "message_changed", message=after, previous_message=before)
        self.tell("message", {"channel": channel, "ts": ts, "change": "changed", "message": after})
        return after

    def delete_message(self, channel: str, ts: str) -> bool:
        before = self.message(channel, ts)
        if before is None:
            return False
        self.db.execute("DELETE FROM messages WHERE channel = ? AND ts = ?", (channel, ts))
        if not before.get("is_ephemeral"):
            self._happen_hidden(channel, "message_deleted", deleted_ts=ts, previous_message=before)
        self.tell("message", {"channel": channel, "ts": ts, "change": "deleted"})
        return True

    def react(self, user: str, channel: str, ts: str, name: str, *, add: bool = True) -> bool:
        """Add or take back a reaction; False when there is nothing to do."""
        message = self.message(channel, ts)
        if message is None:
            return False
        reactions: dict[str, list[str]] = {r["name"]: r["users"] for r in message.get("reactions", [])}
        users = reactions.setdefault(name, [])
        if (user in users) == add:
            return False
        if add:
            users.append(user)
        else:
            users.remove(user)
        message["reactions"] = [{"name": n, "users": u, "count": len(u)} for n, u in reactions.items() if u]
        self._keep_message(channel, message)
        item = {"type": "message", "channel": channel, "ts": ts}
        kind = "reaction_added" if add else "reaction_removed"
        event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message["user"]}
        self.happen(event | {"event_ts": self.next_ts()})
        self.tell("message", {"channel": channel, "ts": ts, "change": "changed", "message": message})
        return True

    def message(self, channel: str, ts: str) -> Doc | None:
        row = self.db.execute("SELECT doc FROM messages WHERE channel = ? AND ts = ?", (channel, ts)).fetchone()
        return json.loads(row[0]) if row else None

    def history(
        self,
        channel: str,
        *,
        limit: int = 100,
        oldest: str = "0",
        latest: str = "9999999999.999999",
        viewer: str | None = None,
        inclusive: bool = False,
    ) -> list[Doc]:
        """The newest messages outside threads, newest first; a viewer also sees what was for their eyes only."""
        more, less = (">=", "<=") if inclusive else (">", "<")
        rows = self.db.execute(
            f"SELECT doc FROM messages WHERE channel = ? AND ts {more} ? AND ts {less} ? "  # noqa: S608 - two constants
            'AND (thread_ts IS NULL OR thread_ts = ts OR doc LIKE \'%"subtype":"thread_broadcast"%\') '
            "AND (seen_by IS NULL OR seen_by = ?) ORDER BY ts DESC LIMIT ?",
            (channel, oldest, latest, viewer or "", limit),
        )
        return [json.loads(row[0]) for row in rows]

    def thread(self, channel: str, ts: str, *, viewer: str | None = None) -> list[Doc]:
        """A parent and its replies, oldest first; empty when there is no such parent."""
        parent = self.message(channel, ts)
        if parent is None:
            return []
        rows = self.db.execute(
            "SELECT doc FROM messages WHERE channel = ? AND thread_ts = ? AND ts != ? "
            "AND (seen_by IS NULL OR seen_by = ?) ORDER BY ts",
            (channel, ts, ts, viewer or ""),
        )
        return [parent, *(json.loads(row[0]) for row in rows)]

    def mark_read(self, user: str, channel: str, ts: str | None = None) -> None:
        newest = ts or self._newest(channel)
        self.db.execute(
            "UPDATE members SET last_read = ? WHERE channel = ? AND user = ? AND last_read < ?",
            (newest, channel, user, newest),
        )
        self.tell("unread", {"user": user, "channel": channel})

    def unread(self, user: str, channel: str) -> int:
        row = self.db.execute(
            "SELECT count(*) FROM messages m JOIN members b ON b.channel = m.channel AND b.user = ? "
            "WHERE m.channel = ? AND m.ts > b.last_read AND m.author != ? AND m.seen_by IS NULL "
            "AND (m.thread_ts IS NULL OR m.thread_ts = m.ts)",
            (user, channel, user),
        ).fetchone()
        return int(row[0])

    def conversations_of(self, user: str) -> list[Doc]:
        """Everything in somebody's sidebar, with `unread` and `last_ts`, the liveliest first."""
        rows = self.db.execute("SELECT channel, last_read FROM members WHERE user = ?", (user,)).fetchall()
        found = [
            {
                **self._channels[channel],
                "type": self.channel_type(channel),
                "members": self.members(channel),
                "last_read": last_read,
                "last_ts": self._newest(channel),
                "unread": self.unread(user, channel),
            }
            for channel, last_read in rows
        ]
        return sorted(found, key=lambda conversation: conversation["last_ts"], reverse=True)

    def _newest(self, channel: str) -> str:
        row = self.db.execute(
            "SELECT ts FROM messages WHERE channel = ? AND seen_by IS NULL ORDER BY ts DESC LIMIT 1", (channel,)
        ).fetchone()
        return row[0] if row else "0"

    def _keep_message(self, channel: str, message: Doc) -> None:
        self.db.execute(
            "UPDATE messages SET doc = ? WHERE channel = ? AND ts = ?", (dump(message), channel, message["ts"])
        )

    def _grow_thread(self, channel: str, thread_ts: str, user: str, ts: str) -> None:
        parent = self.message(channel, thread_ts)
        if parent is None:
            return
        users = parent.setdefault("reply_users", [])
        if user not in users:
            users.append(user)
        parent |= {
            "thread_ts": thread_ts,
            "reply_count": parent.get("reply_count", 0) + 1,
            "reply_users_count": len(users),
            "latest_reply": ts,
        }
        self.db.execute(
            "UPDATE messages SET doc = ?, thread_ts = ts WHERE channel = ? AND ts = ?",
            (dump(parent), channel, thread_ts),
        )

    def _message_event(self, channel: str, message: Doc) -> Doc:
        return message | {
            "channel": channel,
            "channel_type": self.channel_type(channel),
            "event_ts": message["ts"],
        }

    def _happen_hidden(self, channel: str, subtype: str, **about: Any) -> None:
        ts = self.next_ts()
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel, "ts": ts, "event_ts": ts}
        self.happen(event | {"channel_type": self.channel_type(channel)} | about)
