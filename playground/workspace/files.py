"""Files: uploaded in three steps, private until they are shared into a conversation."""

import json
from typing import Any

from playground.workspace.journal import Journal
from playground.workspace.store import Doc, dump


class Files(Journal):
    def reserve_file(self, user: str, filename: str, length: int, **more: Any) -> Doc:
        """A place for a file that is about to be uploaded."""
        doc: Doc = {
            "id": self.next_id("F"),
            "name": filename,
            "title": filename,
            "size": length,
            "user": user,
            "created": self.seconds(),
            "timestamp": self.seconds(),
            "state": "reserved",
            "channels": [],
            "groups": [],
            "ims": [],
            **more,
        }
        self.db.execute("INSERT INTO files VALUES (?, NULL, ?)", (doc["id"], dump(doc)))
        return doc

    def receive_file(self, file_id: str, content: bytes) -> bool:
        """The raw bytes arrive; False for an unknown file or the wrong length."""
        doc = self.file(file_id)
        if doc is None or doc["state"] != "reserved" or len(content) != doc["size"]:
            return False
        doc["state"] = "received"
        self.db.execute("UPDATE files SET content = ?, doc = ? WHERE id = ?", (content, dump(doc), file_id))
        return True

    def keep_file(self, doc: Doc) -> None:
        self.db.execute("UPDATE files SET doc = ? WHERE id = ?", (dump(doc), doc["id"]))

    def file(self, file_id: str) -> Doc | None:
        row = self.db.execute("SELECT doc FROM files WHERE id = ?", (file_id,)).fetchone()
        return json.loads(row[0]) if row else None

    def file_content(self, file_id: str) -> bytes | None:
        row = self.db.execute("SELECT content FROM files WHERE id = ?", (file_id,)).fetchone()
        return row[0] if row else None
