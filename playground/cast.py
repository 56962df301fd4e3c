"""What everybody you are not playing does: a seeded script, as signed requests, under moved time."""

import heapq
import json
import random
import re
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import plain
from playground.company import Company
from playground.hands import Hands, buttons_of, introduces
from playground.happenings import Happenings
from playground.threads import ANSWERS, REACTS, answers_in, emoji_in, is_round, number_in, reaction_to, writers
from playground.workspace import Workspace

Doc = dict[str, Any]
STARTS, ENDS = 9, 17  # local hours in which people answer
OPENS, REPLIES = "opens", "replies"  # what people say in their introduction
MENTION = re.compile(r"<@(\w+)>")
STORED = "cast"
MOST_HEARD = 600  # messages whose buttons are remembered: some weeks of them


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

    def __init__(self, workspace: Workspace, hands: Hands, company: Company) -> None:
        self.workspace = workspace
        self.hands = hands
        self.company = company
        self.script: Doc = company.script
        self.happenings = Happenings(workspace, hands, company)
        self.playing: str | None = None  # whom a real person plays right now
        kept = json.loads(workspace.fact(STORED, '{"intentions": [], "heard": {}}'))
        self._intentions = [Intention(*each) for each in kept["intentions"]]
        heapq.heapify(self._intentions)
        self._heard: dict[str, list[str]] = kept["heard"]  # message → buttons people have made up their mind about
        self._pressing: str | None = None
        self._changed = False
        self._stop = workspace.subscribe(self._hear)

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def play(self, user: str) -> None:
        """A real person is this one from now on: the script leaves them alone, and whoever they were has it again."""
        self.playing = user

    def save(self) -> None:
        """Keep what people mean to do with the workspace, so that a restart forgets nothing."""
        if self._changed:
            kept = {"intentions": [astuple(each) for each in sorted(self._intentions)], "heard": self._heard}
            self.workspace.remember(STORED, plain.to_text(kept))
            self._changed = False

    def next_due(self) -> datetime | None:
        """When the next person does something."""
        moments = [self.happenings.next_due()]
        if self._intentions:
            moments.append(datetime.fromisoformat(self._intentions[0].moment))
        return min((moment for moment in moments if moment is not None), default=None)

    async def act_due(self, now: datetime) -> int:
        """Do everything that is due; how many acts that were, the abandoned ones counted as well."""
        did = await self.happenings.happen_due(now, self.playing)
        while self._intentions and datetime.fromisoformat(self._intentions[0].moment) <= now:
            intention = heapq.heappop(self._intentions)
            self._changed = True
            did += 1
            if intention.user != self.playing:
                await self._press(intention)
        return did

    # hearing

    def _hear(self, kind: str, payload: Doc) -> None:
        if kind == "message" and payload["change"] in ("posted", "changed"):
            self._consider(payload["channel"], payload["message"], self._people_in(payload["channel"]))
            if payload["change"] == "posted" and payload["message"].get("thread_ts"):
                self._plan_reactions(payload["channel"], payload["message"])
        elif kind == "ephemeral":
            self._consider(payload["channel"], payload["message"], [payload["user"]], alone=True)

    def _people_in(self, channel: str) -> list[str]:
        return sorted(user for user in self.workspace.members(channel) if self._temper(user))

    def _temper(self, user: str) -> Doc | None:
        name = self.workspace.user(user)["name"]
        temper: Doc | None = self.script["tempers"].get(self.company.temper_of(name))
        return temper

    def _known(self, message: Doc, alone: bool) -> dict[str, Doc]:
        """The buttons of a message that the script has something to say about."""
        found = {}
        for action_id, *_ in buttons_of(message):
            said = self.script["buttons"].get(action_id)
            if said is not None and said.get("alone", False) == alone:
                found[action_id] = said
        return found

    def _consider(self, channel: str, message: Doc, people: list[str], *, alone: bool = False) -> None:
        """Everybody makes up their mind, once for each set of buttons a message has."""
        if message.get("user") != self.workspace.bot_user_id:
            return
        known = self._known(message, alone)
        place = f"{channel}/{message['ts']}"
        asks_all = is_round(self.script, message)
        if not (known or asks_all) or self._heard.get(place) == sorted(known):
            return
        if place not in self._heard and introduces(message):
            self._plan_talk(channel, message, people)
        if not asks_all:
            self._plan_answers(channel, message, people)
        elif place not in self._heard:
            self._plan_round(channel, message, people)
        self._heard[place] = sorted(known)
        if len(self._heard) > MOST_HEARD:
            newest = sorted(self._heard, key=lambda place: place.rpartition("/")[2])[MOST_HEARD // 2 :]
            self._heard = {place: self._heard[place] for place in newest}
        self._changed = True
        for user in people:
            if known and user != self._pressing:  # what somebody has just said is for the others to answer
                self._decide(user, channel, message, known)

    def _decide(self, user: str, channel: str, message: Doc, known: dict[str, Doc]) -> None:
        chance = self._chance(user, message)
        temper = self._temper(user)
        if temper is None or chance.random() >= temper["answers"] * max(each.get("rate", 1) for each in known.values()):
            return
        weights = [each.get("weight", 1) for each in known.values()]
        action_id = chance.choices(list(known), weights=weights)[0]
        slowest = min(each.get("within", temper["hours"][1]) for each in known.values())
        moment = self._moment(user, chance, [min(temper["hours"][0], slowest), min(temper["hours"][1], slowest)])
        heapq.heappush(self._intentions, Intention(moment.isoformat(), user, channel, message["ts"], action_id))

    def _plan_talk(self, channel: str, message: Doc, people: list[str]) -> None:
        """Whoever is asked to write first does, sooner or later; the others answer."""
        mentioned = MENTION.search(json.dumps(message.get("blocks")))
        opener = mentioned[1] if mentioned and mentioned[1] in people else people[0]
        after, before = 0.0, self.workspace.clock()
        for user, what in [(opener, OPENS), *((user, REPLIES) for user in people if user != opener)]:
            chance, temper = self._chance(user, message), self._temper(user)
            if temper is None or chance.random() >= temper["answers"]:
                return  # then nobody answers either
            after += chance.uniform(*temper["hours"]) / 2
            before = max(self._moment(user, chance, [after, after]), before + timedelta(hours=1))
            heapq.heappush(self._intentions, Intention(before.isoformat(), user, channel, message["ts"], what))

    def _plan_answers(self, channel: str, message: Doc, people: list[str]) -> None:
        """Whoever holds a question writes into its thread, line by line; who is busy takes longer, and comes to it all the same."""
        before = self.workspace.clock()
        for number, _ in enumerate(answers_in(self.script, message)):
            for user in people:
                temper = self._temper(user)
                if temper is None:
                    return
                chance = self._chance(user, message)
                before = max(self._moment(user, chance, temper["hours"]), before + timedelta(hours=1))
                said = Intention(before.isoformat(), user, channel, message["ts"], f"{ANSWERS}:{number}")
                heapq.heappush(self._intentions, said)

    def _plan_round(self, channel: str, message: Doc, people: list[str]) -> None:
        """Whoever has something to say under a roundtable's question says it once, in their own time."""
        names = {user: str(self.workspace.user(user)["name"]) for user in people}
        for user, number in writers(self.script, message, names).items():
            chance, temper = self._chance(user, message), self._temper(user)
            if temper is not None and chance.random() < temper["answers"]:
                moment = self._moment(user, chance, temper["hours"])
                said = Intention(moment.isoformat(), user, channel, message["ts"], f"{ANSWERS}:{number}")
                heapq.heappush(self._intentions, said)

    def _plan_reactions(self, channel: str, message: Doc) -> None:
        """Whoever reads what somebody wrote under a roundtable's question may react to it, in their own time."""
        root = self.workspace.message(channel, message["thread_ts"])
        if root is None or not is_round(self.script, root) or message["user"] == self.workspace.bot_user_id:
            return
        for user in self._people_in(channel):
            chance, temper = self._chance(user, message), self._temper(user)
            name = reaction_to(self.script, message, chance)
            if name is None or temper is None or user == message["user"]:
                continue
            moment = self._moment(user, chance, temper["hours"]).isoformat()
            heapq.heappush(self._intentions, Intention(moment, user, channel, message["ts"], f"{REACTS}:{name}"))
            self._changed = True

    def _chance(self, user: str, message: Doc) -> random.Random:
        """The same person, text and day always give the same luck, however time was moved."""
        name = self.workspace.user(user)["name"]
        return random.Random(f"{self.company.luck}|{name}|{self.workspace.clock():%Y-%m-%d}|{message.get('text')}")

    def _moment(self, user: str, chance: random.Random, hours: list[float]) -> datetime:
        """Some hours from now, in their own working time, at a full hour: one moment for many makes moving time cheap."""
        zone = ZoneInfo(self.workspace.user(user)["tz"])
        local = (self.workspace.clock() + timedelta(hours=chance.uniform(*hours))).astimezone(zone)
        if not STARTS <= local.hour < ENDS:
            day = local + timedelta(days=1) if local.hour >= ENDS else local
            local = day.replace(hour=chance.randrange(STARTS, STARTS + 3))
        while local.weekday() >= 5:
            local += timedelta(days=1)
        full = local.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return full + timedelta(hours=1)

    # acting

    async def _say(self, intention: Intention) -> None:
        """People talk in their introduction; the bot never receives it."""
        name = self.workspace.user(intention.user)["name"]
        chance = random.Random(f"{self.company.luck}|{name}|{intention.moment}|{intention.action_id}")
        await self.hands.say(intention.user, intention.channel, chance.choice(self.script["talk"][intention.action_id]))

    async def _press(self, intention: Intention) -> None:
        message = self.workspace.message(intention.channel, intention.ts)
        if message is None or self.workspace.user(intention.user)["deleted"]:
            return
        if intention.action_id in (OPENS, REPLIES):
            await self._say(intention)
            return
        if emoji := emoji_in(intention.action_id):
            await self.hands.react(intention.user, intention.channel, intention.ts, emoji)
            return
        if (number := number_in(intention.action_id)) is not None:
            lines = answers_in(self.script, message)  # empty: they don't hold it any more
            if number < len(lines):
                await self.hands.say(intention.user, intention.channel, lines[number], intention.ts)
            return
        places = [(block_id, value) for name, block_id, value in buttons_of(message) if name == intention.action_id]
        if not places:
            return  # somebody else used it in the meantime
        name = self.workspace.user(intention.user)["name"]
        chance = random.Random(f"{self.company.luck}|{name}|{intention.moment}|{message.get('text')}")
        block_id, value = chance.choice(places)
        said = self.script["buttons"][intention.action_id]
        self._pressing = intention.user
        try:
            await self.hands.press(
                intention.user,
                intention.action_id,
                block_id=block_id or None,
                value=value,
                words={**self.company.words_of(name), **self.script["forms"], **said.get("words", {})},
                chance=chance,
                channel=intention.channel,
                ts=intention.ts,
            )
        finally:
            self._pressing = None
