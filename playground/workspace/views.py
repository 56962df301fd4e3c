"""Views: each person's published Home tab and the stack of forms they have open."""

import json
import secrets
from typing import Any

from playground.workspace.messages import Messages
from playground.workspace.store import Doc, dump

MOST_VIEWS = 3
_OURS = ("id", "team_id", "app_id", "app_installed_team_id", "bot_id", "root_view_id", "previous_view_id", "state")


class Views(Messages):
    def home(self, user: str) -> Doc | None:
        """What the app last published to somebody's Home tab."""
        row = self.db.execute("SELECT doc FROM views WHERE user = ? AND kind = 'home'", (user,)).fetchone()
        return json.loads(row[0]) if row else None

    def publish_home(self, user: str, view: Doc) -> Doc:
        before = self.home(user)
        view_id = before["id"] if before else self.next_id("V")
        kept = self._view(view_id, view, root=view_id, previous=None)
        if before:
            kept["state"] = before["state"]
        self.db.execute(
            "INSERT OR REPLACE INTO views VALUES (?, ?, 'home', 0, ?, ?)",
            (view_id, user, kept["external_id"] or None, dump(kept)),
        )
        self.tell("home", {"user": user, "view": view_id})
        return kept

    def modals(self, user: str) -> list[Doc]:
        """The forms somebody has open, the one on top last."""
        rows = self.db.execute("SELECT doc FROM views WHERE user = ? AND kind = 'modal' ORDER BY depth", (user,))
        return [json.loads(row[0]) for row in rows]

    def push_modal(self, user: str, view: Doc) -> Doc:
        """Put a form on top of the stack; opening the first is the same act."""
        stack = self.modals(user)
        view_id = self.next_id("V")
        root = stack[0]["id"] if stack else view_id
        kept = self._view(view_id, view, root=root, previous=stack[-1]["id"] if stack else None)
        self.db.execute(
            "INSERT INTO views VALUES (?, ?, 'modal', ?, ?, ?)",
            (view_id, user, len(stack), kept["external_id"] or None, dump(kept)),
        )
        self.tell("modal", {"user": user, "view": view_id, "change": "opened"})
        return kept

    def open_modal(self, user: str, view: Doc) -> Doc:
        """A new form takes the place of whatever stack was open."""
        self.close_modals(user)
        return self.push_modal(user, view)

    def update_view(self, view_id: str, view: Doc) -> Doc:
        """Redraw a view in place; what was typed into fields that stay the same is kept."""
        user, before = self.view(view_id)
        kept = self._view(view_id, view, root=before["root_view_id"], previous=before["previous_view_id"])
        kept["state"] = before["state"]
        self._keep_view(kept)
        kind = "home" if before["type"] == "home" else "modal"
        self.tell(kind, {"user": user, "view": view_id, "change": "updated"})
        return kept

    def close_modal(self, view_id: str) -> None:
        """Close one form and whatever lies on top of it."""
        user, view = self.view(view_id)
        depth = self.db.execute("SELECT depth FROM views WHERE id = ?", (view["id"],)).fetchone()[0]
        self.db.execute("DELETE FROM views WHERE user = ? AND kind = 'modal' AND depth >= ?", (user, depth))
        self.tell("modal", {"user": user, "view": view_id, "change": "closed"})

    def close_modals(self, user: str) -> None:
        if self.db.execute("DELETE FROM views WHERE user = ? AND kind = 'modal'", (user,)).rowcount:
            self.tell("modal", {"user": user, "change": "closed"})

    def view(self, view_id: str) -> tuple[str, Doc]:
        """Whose view it is, and the view; KeyError when it is not open."""
        row = self.db.execute("SELECT user, doc FROM views WHERE id = ?", (view_id,)).fetchone()
        if row is None:
            raise KeyError(view_id)
        return row[0], json.loads(row[1])

    def view_with_external_id(self, external_id: str) -> str | None:
        row = self.db.execute("SELECT id FROM views WHERE external_id = ?", (external_id,)).fetchone()
        return row[0] if row else None

    def keep_state(self, view_id: str, values: Doc) -> None:
        """Remember what somebody has typed so far: it outlives a redrawing."""
        _, view = self.view(view_id)
        view["state"] = {"values": values}
        self._keep_view(view)

    def _keep_view(self, view: Doc) -> None:
        self.db.execute(
            "UPDATE views SET doc = ?, external_id = ? WHERE id = ?",
            (dump(view), view["external_id"] or None, view["id"]),
        )

    def _view(self, view_id: str, view: Doc, *, root: str, previous: str | None) -> Doc:
        given = {name: value for name, value in view.items() if name not in _OURS}
        defaults: dict[str, Any] = {
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "title": None,
            "submit": None,
            "close": None,
        }
        blocks = [
            block if block.get("block_id") else {**block, "block_id": f"b{index}{secrets.token_hex(2)}"}
            for index, block in enumerate(given["blocks"])
        ]
        return {
            "id": view_id,
            "team_id": self.team_id,
            "app_id": self.fact("app_id"),
            "app_installed_team_id": self.team_id,
            "bot_id": self.fact("bot_id"),
            **defaults,
            **given,
            "blocks": blocks,
            "hash": f"{self.next_ts()}.{secrets.token_hex(4)}",
            "root_view_id": root,
            "previous_view_id": previous,
            "state": {"values": {}},
        }
