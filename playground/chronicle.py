"""The company's chronicle: what the bot and people did, a row each, told again in lines a reader likes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.hands import introduces
from playground.workspace import Workspace

Doc = dict[str, Any]
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LONGEST = 110
TABLE = """
CREATE TABLE IF NOT EXISTS chronicle (at TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS chronicle_at ON chronicle (at);
"""
INTRODUCED, FILE, CHANNEL, ACT, PASSAGE = "introduced", "file", "channel", "act", "passage"
SAID = {  # a press → what people did, told as a number; nobody is named for what they said in private
    "introductions.met": ("said that they met", "said that they met"),
    "introductions.date": ("has a date set", "have a date set"),
    "introductions.not_yet": ("had not met yet", "had not met yet"),
    "programs.skip": ("sits a round out", "sit a round out"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: datetime
    kind: str
    about: str


class Chronicle:
    """Hears everything that can be seen and keeps it in the workspace's own file."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        workspace.db.executescript(TABLE)
        workspace.subscribe(self._hear)
        workspace.on_event(self._happened)

    def since(self, moment: datetime) -> list[Line]:
        """What happened after a moment, in order."""
        rows = self.workspace.db.execute(
            "SELECT at, kind, about FROM chronicle WHERE at > ? ORDER BY at, rowid", (moment.isoformat(),)
        )
        return [Line(datetime.fromisoformat(at), kind, about) for at, kind, about in rows]

    def _note(self, kind: str, about: str) -> None:
        row = (self.workspace.clock().isoformat(), kind, about)
        self.workspace.db.execute("INSERT INTO chronicle VALUES (?, ?, ?)", row)

    def _hear(self, kind: str, payload: Doc) -> None:
        if kind == "act" and str(payload["did"]).startswith("pressed "):
            self._note(ACT, str(payload["did"]).removeprefix("pressed "))
        elif kind == "act" and str(payload["did"]).startswith("typed /mentor pause"):
            self._note(ACT, "pause")
        elif kind == "message" and payload["change"] == "posted":
            self._said(payload["channel"], payload["message"])

    def _said(self, channel: str, message: Doc) -> None:
        if message.get("user") != self.workspace.bot_user_id:
            return
        kind = self.workspace.channel_type(channel)
        if message.get("files"):
            self._note(FILE, channel)
        elif kind == "mpim" and introduces(message):
            self._note(INTRODUCED, str(len(self.workspace.members(channel)) - 1))
        elif kind in ("channel", "group"):
            name = self.workspace.channel(channel)["name"]
            self._note(CHANNEL, f"#{name}: {_short(str(message.get('text', '')))}")

    def _happened(self, event: Doc) -> None:
        user = event.get("user")
        if event["type"] == "team_join" and isinstance(user, dict) and self.workspace.bot_user_id:
            self._note(PASSAGE, f"{user['real_name']} is new at {self.workspace.team_name}")
        elif event["type"] == "user_change" and isinstance(user, dict) and user.get("deleted"):
            self._note(PASSAGE, f"{user['real_name']} has left {self.workspace.team_name}")


def told(lines: list[Line], zone: ZoneInfo) -> list[dict[str, str]]:
    """The chronicle in words, by day: what everybody can see as it was, what is private only counted."""
    days: dict[date, list[Line]] = {}
    for line in lines:
        days.setdefault(line.at.astimezone(zone).date(), []).append(line)
    return [said for day in days.values() for said in _day(day, zone)]


def _day(lines: list[Line], zone: ZoneInfo) -> list[dict[str, str]]:
    entries: list[tuple[datetime, str, str]] = []
    introduced = [line for line in lines if line.kind == INTRODUCED]
    if introduced:
        entries.append(
            (introduced[0].at, _sentence(introductions([int(line.about) for line in introduced])), "introductions")
        )
    for kind in (CHANNEL, PASSAGE):
        entries += [(line.at, line.about, kind) for line in lines if line.kind == kind]
    said = Counter(line.about for line in lines if line.kind == ACT and line.about in SAID)
    entries += [(lines[-1].at, f"{_people(count)} {SAID[act][count > 1]}", "count") for act, count in said.items()]
    if agreed := sum(1 for line in lines if line.kind == FILE):
        what = "A time was agreed" if agreed == 1 else f"{_number(agreed).capitalize()} times were agreed"
        entries.append((lines[-1].at, f"{what}, and put into calendars", "count"))
    return [
        {"at": at.astimezone(zone).isoformat(), "text": text, "kind": kind}
        for at, text, kind in sorted(entries, key=lambda entry: entry[0])
    ]


def introductions(sizes: list[int]) -> str:
    """ "15 introductions, one of them for three people"."""
    text = "one introduction" if len(sizes) == 1 else f"{_number(len(sizes))} introductions"
    larger = Counter(size for size in sizes if size > 2)
    for size, count in sorted(larger.items()):
        share = "" if len(sizes) == 1 else f", {_number(count)} of them"
        text += f"{share} for {_number(size)} people"
    return text


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{_number(count).capitalize()} people"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= LONGEST else first[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
