"""The made-up company of seed.yml and script.yml: its people and channels, and how they tend to behave."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.content import LOADER
from playground.workspace import Workspace

Doc = dict[str, Any]
SEED = Path(__file__).with_name("seed.yml")
SCRIPT = Path(__file__).with_name("script.yml")


@dataclass(frozen=True)
class Company:
    """The seed and the script as they were written; `id_of` once it works in a workspace."""

    seed: Doc
    script: Doc = field(default_factory=dict)

    @classmethod
    def read(cls, seed: Path = SEED, script: Path = SCRIPT) -> "Company":
        """The company of two files."""
        return cls(*(yaml.load(path.read_text(encoding="utf-8"), LOADER) for path in (seed, script)))

    def smaller(self, count: int) -> "Company":
        """The first so many of its people, in one program, and whatever befalls them; nobody new comes."""
        people = self.seed["people"][:count]
        names = {person["name"] for person in people}
        lines = [line for line in self.script["happenings"] if line["who"] in names]
        return Company(self.seed | {"people": people, "more_programs": []}, self.script | {"happenings": lines})

    @property
    def name(self) -> str:
        return str(self.seed["company"])

    @property
    def starts(self) -> datetime:
        """The Monday on which its story begins."""
        return datetime.fromisoformat(str(self.seed["starts"]))

    @property
    def luck(self) -> str:
        """What all chance is drawn from."""
        return f"{self.script.get('seed', 0)}"

    @property
    def people(self) -> list[Doc]:
        """Everybody who may join Perennial and works here from the start."""
        return list(self.seed["people"])

    @cached_property
    def _by_name(self) -> dict[str, Doc]:
        everybody = [*self.seed["people"], *self.seed.get("newcomers", []), *self.seed.get("guests", [])]
        return {person["name"]: person for person in everybody}

    def person(self, name: str) -> Doc:
        """Somebody as the seed describes them, newcomers and guests included."""
        return self._by_name[name]

    def temper_of(self, name: str) -> str:
        """How somebody answers; nothing for those the script leaves alone."""
        return str(self._by_name.get(name, {}).get("temper", ""))

    def words_of(self, name: str) -> Doc:
        """What somebody writes into the forms of joining, by block id; and into forms of their own, by the form's name."""
        person = self._by_name[name]
        begins, ends = person.get("hours", ("09:00", "17:00"))
        return {
            "team": person["team"],
            "function": person["function"],
            "level": person["level"],
            "offers": person["offers"],
            "wants": person["wants"],
            "interests": person["interests"],
            "start": begins,
            "end": ends,
            "days": person.get("days", [0, 1, 2, 3, 4]),
            "budget": person.get("budget", 4),
            **self.script.get("own_words", {}).get(name, {}),
        }

    def move_in(self, workspace: Workspace) -> None:
        """Give everybody an account and open the channels, as an ordinary week at work would have."""
        for person in self.people:
            self._give_account(workspace, person)
        for guest in self.seed.get("guests", []):
            workspace.add_user(
                guest["name"], real_name=guest["real_name"], title=guest["title"], tz=guest["tz"], is_restricted=True
            )
        everybody = [self.id_of(workspace, person["name"]) for person in self.people]
        lead = self.id_of(workspace, self.seed["lead"])
        for channel in [*self.seed["channels"], self.seed["channel"]]:
            workspace.add_channel(channel["name"], creator=lead, members=everybody, topic=channel["topic"])
        for program in self.seed.get("more_programs", []):
            members = [lead, *(self.id_of(workspace, name) for name in program["joins"])]
            channel = program["channel"]
            workspace.add_channel(channel["name"], creator=lead, members=members, topic=channel["topic"])

    def hire(self, workspace: Workspace, name: str) -> None:
        """A newcomer gets an account and is in the channels everybody is in."""
        if workspace.user_named(name) is None:
            self._give_account(workspace, self.person(name))
        usual = {channel["name"] for channel in self.seed["channels"]}
        for channel in workspace.channels():
            if channel.get("name") in usual:
                workspace.join(self.id_of(workspace, name), channel["id"])

    def _give_account(self, workspace: Workspace, person: Doc) -> None:
        workspace.add_user(
            person["name"],
            real_name=person["real_name"],
            title=person["title"],
            tz=person["tz"],
            team=person["team"],
            is_admin=person.get("admin", False),
        )

    def id_of(self, workspace: Workspace, name: str) -> str:
        """Somebody's Slack user id."""
        user = workspace.user_named(name)
        if user is None:
            raise KeyError(f"nobody called {name} works here")
        return str(user["id"])

    def channel_id(self, workspace: Workspace, name: str | None = None) -> str:
        """A channel by its name, or the one its first program lives in."""
        return self.channel_named(workspace, name or self.seed["channel"]["name"])

    def channel_named(self, workspace: Workspace, name: str) -> str:
        """The channel of that name."""
        return str(next(channel["id"] for channel in workspace.channels() if channel.get("name") == name))
