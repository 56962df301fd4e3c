"""People: everybody in the workspace, shaped as Slack's user object."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from playground.workspace.store import Clock, Doc, Store, dump

SLACKBOT = "USLACKBOT"
_SIZES = (24, 32, 48, 72, 192, 512)
_COLOURS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5", "2b6836")
_PROFILE = {"title", "display_name", "email", "avatar", "status_text", "status_emoji"}


class People(Store):
    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Clock,
        team_id: str = "T0PERENNIAL",
        team_name: str = "Tidewater",
    ) -> None:
        super().__init__(path, clock=clock, team_id=team_id, team_name=team_name)
        self._users: dict[str, Doc] = {
            row[0]: json.loads(row[1]) for row in self.db.execute("SELECT id, doc FROM users ORDER BY rowid")
        }
        if SLACKBOT not in self._users:
            # Slack's own helper says is_bot false, which every app has to know; so does this one.
            self._keep_user(self._person(SLACKBOT, "slackbot", real_name="Slackbot"), "")

    def add_user(
        self,
        name: str,
        *,
        real_name: str | None = None,
        title: str = "",
        tz: str = "Europe/Lisbon",
        team: str = "",
        team_id: str | None = None,
        is_admin: bool = False,
        is_restricted: bool = False,
        is_ultra_restricted: bool = False,
        is_bot: bool = False,
        deleted: bool = False,
        avatar: str | None = None,
        email: str | None = None,
    ) -> Doc:
        """Bring somebody in: `team` is their department here, `team_id` another workspace they come from."""
        user = self._person(self.next_id("U"), name, real_name=real_name or name, tz=tz, team_id=team_id)
        user.update(
            deleted=deleted,
            is_admin=is_admin,
            is_bot=is_bot,
            is_restricted=is_restricted or is_ultra_restricted,
            is_ultra_restricted=is_ultra_restricted,
        )
        profile = user["profile"]
        profile.update(title=title, email=email or f"{name.lower().replace(' ', '.')}@{self.team_domain}.example")
        if avatar:
            profile.update({f"image_{size}": avatar for size in _SIZES})
        self._keep_user(user, team)
        if not is_bot:
            self.happen({"type": "team_join", "user": self.user(user["id"]), "event_ts": self.next_ts()})
        self.tell("user", {"user": user["id"]})
        return self.user(user["id"])

    def update_user(self, user_id: str, **changes: object) -> Doc:
        """Change somebody (title, tz, deleted, is_admin, real_name, …) and let the app know, as Slack does."""
        user = self._users[user_id]
        department = str(changes.pop("team", self.department(user_id)))
        for name, value in changes.items():
            if name == "avatar":
                user["profile"].update({f"image_{size}": value for size in _SIZES})
            elif name in _PROFILE:
                user["profile"][name] = value
            else:
                user[name] = value
        if "real_name" in changes:
            user["profile"]["real_name"] = user["profile"]["real_name_normalized"] = user["real_name"]
        if "display_name" in changes:
            user["profile"]["display_name_normalized"] = user["profile"]["display_name"]
        user["updated"] = self.seconds()
        self._keep_user(user, department)
        ts = self.next_ts()
        self.happen({"type": "user_change", "user": self.user(user_id), "cache_ts": self.seconds(), "event_ts": ts})
        self.tell("user", {"user": user_id})
        return self.user(user_id)

    def user(self, user_id: str) -> Doc:
        """Somebody as Slack describes them now; the offset follows daylight saving, the zone does not."""
        user = self._users[user_id]
        offset = self._clock().astimezone(ZoneInfo(user["tz"])).utcoffset()
        return {**user, "tz_offset": int(offset.total_seconds()) if offset else 0, "profile": {**user["profile"]}}

    def user_ids(self) -> list[str]:
        return list(self._users)

    def users(self) -> list[Doc]:
        return [self.user(user_id) for user_id in self._users]

    def has_user(self, user_id: object) -> bool:
        return user_id in self._users

    def department(self, user_id: str) -> str:
        row = self.db.execute("SELECT department FROM users WHERE id = ?", (user_id,)).fetchone()
        return row[0] if row else ""

    def user_named(self, name: str) -> Doc | None:
        """By handle or full name, as a person would look for somebody."""
        wanted = name.casefold()
        for user in self._users.values():
            if wanted in (user["name"].casefold(), user["real_name"].casefold()):
                return self.user(user["id"])
        return None

    def _keep_user(self, user: Doc, department: str) -> None:
        self._users[user["id"]] = user
        self.db.execute(
            "INSERT INTO users (id, department, doc) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET department = excluded.department, doc = excluded.doc",
            (user["id"], department, dump(user)),
        )

    def _person(
        self, user_id: str, name: str, *, real_name: str, tz: str = "Europe/Lisbon", team_id: str | None = None
    ) -> Doc:
        team = team_id or self.team_id
        profile = {
            "title": "",
            "real_name": real_name,
            "real_name_normalized": real_name,
            "display_name": name,
            "display_name_normalized": name,
            "team": team,
            **{f"image_{size}": f"/avatar/{user_id}?size={size}" for size in _SIZES},
        }
        flags = ("deleted", "is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted")
        return {
            "id": user_id,
            "team_id": team,
            "name": name.lower().replace(" ", "."),
            "color": _COLOURS[sum(user_id.encode()) % len(_COLOURS)],
            "real_name": real_name,
            "tz": tz,
            "tz_label": tz.rpartition("/")[2].replace("_", " "),
            "profile": profile,
            **dict.fromkeys((*flags, "is_bot", "is_app_user"), False),
            "updated": self.seconds(),
        }
