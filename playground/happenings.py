"""What befalls people and what they do of their own accord: pauses, newcomers, leavers, in the weeks the script names."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playground.company import Company
from playground.hands import Hands, scripted
from playground.workspace import Workspace

Doc = dict[str, Any]
DONE = "happenings_done"


@dataclass(frozen=True)
class Happening:
    """One line of the script, at its moment."""

    at: datetime
    number: int
    who: str
    what: Doc


class Happenings:
    """Each happens once, at its own moment, whatever was going on."""

    def __init__(self, workspace: Workspace, hands: Hands, company: Company) -> None:
        self.workspace = workspace
        self.hands = hands
        self.company = company
        done = set(json.loads(workspace.fact(DONE, "[]")))
        lines = company.script.get("happenings", [])
        self._waiting = sorted(
            (self._planned(number, line) for number, line in enumerate(lines) if number not in done),
            key=lambda each: (each.at, each.number),
        )
        self._done = done

    def next_due(self) -> datetime | None:
        """When the next one is."""
        return self._waiting[0].at if self._waiting else None

    async def happen_due(self, now: datetime, playing: str | None) -> int:
        """Let happen what is due; how many that were."""
        did = 0
        while self._waiting and self._waiting[0].at <= now:
            happening = self._waiting.pop(0)
            self._done.add(happening.number)
            self.workspace.remember(DONE, json.dumps(sorted(self._done)))
            await self._happen(happening, playing)
            did += 1
        return did

    def _planned(self, number: int, line: Doc) -> Happening:
        """Week 0 is the one in which the story begins; day 0 is Monday; the time is that person's own."""
        person = self.company.person(line["who"])
        day = self.company.starts.date() + timedelta(weeks=line["week"], days=line["day"])
        local = datetime.combine(day, time.fromisoformat(line["at"]), ZoneInfo(person["tz"]))
        return Happening(local.astimezone(UTC), number, line["who"], line)

    def _words(self, what: Doc) -> Doc:
        """What the line writes into forms; people and channels are named in it and chosen by their ids."""
        chosen = {
            block_id: [self.company.id_of(self.workspace, name) for name in names]
            for block_id, names in what.get("people", {}).items()
        }
        places = {
            block_id: self.company.channel_named(self.workspace, name)
            for block_id, name in what.get("channels", {}).items()
        }
        return {**what.get("words", {}), **chosen, **places}

    async def _happen(self, happening: Happening, playing: str | None) -> None:
        who, what = happening.who, happening.what
        if what["does"] == "arrives":
            self.company.hire(self.workspace, who)
            return
        user = self.company.id_of(self.workspace, who)
        if what["does"] == "departs":
            self.workspace.update_user(user, deleted=True)
            return
        if user == playing or self.workspace.user(user)["deleted"]:
            return
        if what["does"] == "opens home":
            await self.hands.open_home(user)
        elif what["does"] == "joins channel":
            with scripted(self.hands.acts):
                await self.hands.acts.join(user, self.company.channel_id(self.workspace))
        elif what["does"] == "types":
            with scripted(self.hands.acts):
                await self.hands.acts.command(user, self.company.channel_id(self.workspace), what["words"])
        elif what["does"] == "presses":
            chance = random.Random(f"{self.company.luck}|{who}|{happening.at}")
            words = self.company.words_of(who) | self._words(what)
            await self.hands.press(user, what["button"], words=words, chance=chance, value=what.get("value"))
        else:
            raise ValueError(f"the script knows nothing of somebody who {what['does']}")
        await self.hands.quiet()
