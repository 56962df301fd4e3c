"""The made-up company of seed.yml: its people and channels in the make-believe Slack."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from playground.workspace import Workspace

SEED = Path(__file__).with_name("seed.yml")


@dataclass(frozen=True)
class Company:
    """The seed as it was written; `id_of` once it works in a workspace."""

    seed: dict[str, Any]

    @classmethod
    def read(cls, path: Path = SEED) -> "Company":
        """The company of a seed file."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    @property
    def name(self) -> str:
        return str(self.seed["company"])

    @property
    def starts(self) -> datetime:
        """The Monday on which its story begins."""
        return datetime.fromisoformat(str(self.seed["starts"]))

    @property
    def people(self) -> list[dict[str, Any]]:
        """Everybody who may join Perennial, as the seed describes them."""
        return list(self.seed["people"])

    def move_in(self, workspace: Workspace) -> None:
        """Give everybody an account and open the channels, as an ordinary week at work would have."""
        for person in self.people:
            workspace.add_user(
                person["name"],
                real_name=person["real_name"],
                title=person["title"],
                tz=person["tz"],
                team=person["team"],
                is_admin=person.get("admin", False),
            )
        for guest in self.seed.get("guests", []):
            workspace.add_user(
                guest["name"], real_name=guest["real_name"], title=guest["title"], tz=guest["tz"], is_restricted=True
            )
        everybody = [self.id_of(workspace, person["name"]) for person in self.people]
        lead = self.id_of(workspace, self.seed["lead"])
        for channel in [*self.seed["channels"], self.seed["channel"]]:
            workspace.add_channel(channel["name"], creator=lead, members=everybody, topic=channel["topic"])

    def id_of(self, workspace: Workspace, name: str) -> str:
        """Somebody's Slack user id."""
        user = workspace.user_named(name)
        if user is None:
            raise KeyError(f"nobody called {name} works here")
        return str(user["id"])

    def tempers(self, workspace: Workspace) -> dict[str, str]:
        """How each person answers, by Slack user id."""
        return {self.id_of(workspace, person["name"]): person["temper"] for person in self.people}
