"""What everybody you are not playing does: a seeded script, as signed requests, under moved time."""

import heapq
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from playground.events import Acts, NotThereError
from playground.forms import fill
from playground.workspace import Workspace

Doc = dict[str, Any]
SCRIPT = Path(__file__).with_name("script.yml")
OPENS, CLOSES = 9, 17  # local hours in which people answer
STORED = "cast"


@dataclass(frozen=True, order=True)
class Intention:
    """Somebody means to press something then; dropped where it is gone by that time."""

    moment: str  # ISO, UTC: sorts as time does
    user: str
    channel: str
    ts: str
    action_id: str


class Cast:
    """Hears every message of the bot and decides, by seed and temper alone, who answers it, when and how."""

    def __init__(self, workspace: Workspace, acts: Acts, tempers: dict[str, str], *, seed: int = 7) -> None:
        self.workspace = workspace
        self.acts = acts
        self.tempers = tempers  # Slack user id → temper
        self.seed = seed
        self.script: Doc = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
        self.playing: set[str] = set()  # whom a real person plays right now
        self._intentions = [Intention(*each) for each in json.loads(workspace.fact(STORED, "[]"))]
        heapq.heapify(self._intentions)
        self._stop = workspace.subscribe(self._hear)

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def save(self) -> None:
        """Keep what people mean to do with the workspace, so that a restart forgets nothing."""
        kept = [(each.moment, each.user, each.channel, each.ts, each.action_id) for each in sorted(self._intentions)]
        self.workspace.remember(STORED, json.dumps(kept))

    def next_due(self) -> datetime | None:
        """When the next person does something."""
        return datetime.fromisoformat(self._intentions[0].moment) if self._intentions else None

    async def act_due(self, now: datetime) -> int:
        """Do everything that is due; how many acts that were."""
        did = 0
        while self._intentions and datetime.fromisoformat(self._intentions[0].moment) <= now:
            intention = heapq.heappop(self._intentions)
            if intention.user not in self.playing:
                did += await self._press(intention)
        return did

    def _hear(self, kind: str, payload: Doc) -> None:
        if kind == "message" and payload["change"] == "posted":
            self._consider(payload["channel"], payload["message"], self._people_in(payload["channel"]))
        elif kind == "ephemeral":
            self._consider(payload["channel"], payload["message"], [payload["user"]])

    def _people_in(self, channel: str) -> list[str]:
        return sorted(user for user in self.workspace.members(channel) if user in self.tempers)

    def _consider(self, channel: str, message: Doc, people: list[str]) -> None:
        if message.get("user") != self.workspace.bot_user_id:
            return
        known = {
            action_id: weight for action_id in buttons_of(message) if (weight := self.script["buttons"].get(action_id))
        }
        if not known:
            return
        for user in people:
            chance = self._chance(user, message)
            temper = self.script["tempers"][self.tempers[user]]
            if chance.random() < temper["answers"]:
                action_id = chance.choices(list(known), weights=list(known.values()))[0]
                moment = self._moment(user, chance, temper["hours"])
                heapq.heappush(self._intentions, Intention(moment.isoformat(), user, channel, message["ts"], action_id))

    def _chance(self, user: str, message: Doc) -> random.Random:
        """The same person, text and day always give the same luck, however time was moved."""
        return random.Random(f"{self.seed}|{user}|{self.workspace.clock():%Y-%m-%d}|{message.get('text')}")

    def _moment(self, user: str, chance: random.Random, hours: list[float]) -> datetime:
        """Some hours from now, in that person's own working time."""
        zone = ZoneInfo(self.workspace.user(user)["tz"])
        local = (self.workspace.clock() + timedelta(hours=chance.uniform(*hours))).astimezone(zone)
        if local.hour >= CLOSES:
            local = (local + timedelta(days=1)).replace(
                hour=OPENS, minute=chance.randrange(60), second=0, microsecond=0
            )
        elif local.hour < OPENS:
            local = local.replace(hour=OPENS, minute=chance.randrange(60), second=0, microsecond=0)
        while local.weekday() >= 5:
            local += timedelta(days=1)
        return local.astimezone(UTC)

    async def _press(self, intention: Intention) -> int:
        message = self.workspace.message(intention.channel, intention.ts)
        if message is None or intention.action_id not in buttons_of(message):
            return 0
        chance = random.Random(f"{self.seed}|{intention.user}|{intention.moment}")
        with scripted(self.acts):
            try:
                await self.acts.click(
                    intention.user, channel=intention.channel, ts=intention.ts, action_id=intention.action_id
                )
                await self._answer_forms(intention.user, chance)
            except NotThereError:
                return 0  # somebody else used it in the meantime
        return 1

    async def _answer_forms(self, user: str, chance: random.Random) -> None:
        """Fill and hand in whatever form that opened; what can't be handed in is closed."""
        for _ in range(4):
            stack = self.workspace.modals(user)
            if not stack:
                return
            view = stack[-1]
            values = await fill(self.acts, user, view, self.script["forms"], chance)
            reply = await self.acts.submit(user, view["id"], values) if view.get("submit") else None
            if reply is None or not reply.ok:
                await self.acts.close(user, view["id"], all_views=True)


class scripted:  # noqa: N801 (read as a word: with scripted(acts))
    """Marks what happens inside as done by the script, for the inspector."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts

    def __enter__(self) -> None:
        self.acts.scripted = True

    def __exit__(self, *_: object) -> None:
        self.acts.scripted = False


def buttons_of(message: Doc) -> dict[str, Doc]:
    """The buttons of a message by action id."""
    found: dict[str, Doc] = {}
    for block in message.get("blocks") or []:
        elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        for element in elements:
            if isinstance(element, dict) and element.get("type") == "button":
                found[element["action_id"]] = element
    return found
