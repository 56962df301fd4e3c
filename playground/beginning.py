"""The company's first week with Perennial: a lead sets it up, posts the invitation, and people join; all by signed requests."""

import random
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playground.company import Company
from playground.hands import Hands, RefusedError
from playground.stepper import Stepper
from playground.workspace import Workspace

Doc = dict[str, Any]
A_MOMENT = timedelta(seconds=30)  # for a Home tab to be drawn anew
FIRST_LOOK = time(9, 0)
TRIES = 3
JOINING_DAYS = 3  # over how many days people get round to it


class Beginning:
    """Happens once, before the first weeks are lived; `moment` lets everybody watch it."""

    def __init__(self, company: Company, workspace: Workspace, hands: Hands, stepper: Stepper) -> None:
        self.company = company
        self.workspace = workspace
        self.hands = hands
        self.stepper = stepper
        self.chance = random.Random(f"{company.luck}|beginning")
        self.lead = company.id_of(workspace, company.seed["lead"])

    async def happen(self) -> None:
        """From the installation to the end of the first week."""
        await self.stepper.settle()
        await self.stepper.move_to(self._at(self.company.seed["lead"], 0, FIRST_LOOK))
        await self._lead_joins()
        await self._lead_says_how_many_nudges()
        await self._lead_makes_a_program()
        await self._lead_invites()
        await self._everybody_joins()
        await self._somebody_keeps_apart()
        for program in self.company.seed.get("more_programs", []):
            await self._another_program(program)

    async def _lead_joins(self) -> None:
        await self._open_home(self.lead)
        await self._press(self.lead, "members.join", self.company.words_of(self.company.seed["lead"]))

    async def _lead_makes_a_program(self) -> None:
        await self._make(self.company.seed["program"], self.company.channel_id(self.workspace))

    async def _make(self, program: Doc, channel: str) -> None:
        monday = self.company.starts.astimezone(ZoneInfo(program["zone"])).date()
        starts = monday + timedelta(weeks=program.get("begins_in", 1))
        await self._open_home(self.lead)
        await self._press(self.lead, "programs.new", program | {"channel": channel, "starts": starts.isoformat()})

    async def _another_program(self, program: Doc) -> None:
        """In a channel of its own, with those whom it interests: all are in Perennial by now, so that one press is enough."""
        channel = self.company.channel_id(self.workspace, program["channel"]["name"])
        await self._make(program, channel)
        await self._lead_invites()
        invitation = self._invitation(channel)
        for name in program["joins"]:
            user = self.company.id_of(self.workspace, name)
            await self._press(user, "programs.join", {}, channel=channel, ts=invitation["ts"])
        await self._press(self.lead, "programs.back", {})  # from the program's own page

    async def _lead_says_how_many_nudges(self) -> None:
        """Before anybody joins; beside an introduction a week, there is room for one."""
        await self._open_home(self.lead)
        for page in ("nudges", "nudges:library"):
            await self._press(self.lead, "members.go", {}, value=page)
        await self._press(self.lead, "nudges.lead_usual", {}, selected=self.company.seed["nudges"])
        await self._press(self.lead, "members.go", {}, value="front")

    async def _lead_invites(self) -> None:
        await self._open_home(self.lead)
        for action_id in ("programs.invite",):
            await self._press(self.lead, action_id, {})

    async def _everybody_joins(self) -> None:
        """Each on their own morning, the keen ones first; the invitation stays where it is."""
        invitation = self._invitation()
        for moment, name in sorted((self._joins_at(person), person["name"]) for person in self.company.people):
            await self.stepper.move_to(moment)
            user = self.company.id_of(self.workspace, name)
            words = self.company.words_of(name)
            await self._press(user, "programs.join", words, channel=invitation["channel"], ts=invitation["ts"])

    async def _somebody_keeps_apart(self) -> None:
        for pair in self.company.seed.get("apart", []):
            if not all(any(person["name"] == name for person in self.company.people) for name in pair):
                continue
            one, other = (self.company.id_of(self.workspace, name) for name in pair)
            await self._open_home(one)
            await self._press(one, "members.go", {}, block_id="hello")
            await self._press(one, "members.apart", {"people": [other]})

    def _joins_at(self, person: Doc) -> datetime:
        slowness = {"keen": 1, "steady": 2}.get(person["temper"], JOINING_DAYS)
        local = time(9 + self.chance.randrange(7), self.chance.randrange(0, 60, 15))
        return max(self._at(person["name"], self.chance.randrange(slowness) + 1, local), self.stepper.clock())

    def _at(self, name: str, day: int, local: time) -> datetime:
        date = self.company.starts.date() + timedelta(days=day)
        return datetime.combine(date, local, ZoneInfo(self.company.person(name)["tz"])).astimezone(UTC)

    def _invitation(self, channel: str | None = None) -> Doc:
        channel = channel or self.company.channel_id(self.workspace)
        for message in self.workspace.history(channel):
            if message["user"] == self.workspace.bot_user_id:
                return {"channel": channel, "ts": message["ts"]}
        raise RefusedError("the invitation was not posted")

    async def _open_home(self, user: str) -> None:
        await self.hands.open_home(user)
        await self.stepper.move(A_MOMENT)

    async def _press(self, user: str, action_id: str, words: Doc, **where: str) -> None:
        """Press and fill in; a machine too busy to answer in three seconds is asked again, as a person would."""
        for attempt in range(1, TRIES + 1):
            try:
                if not await self.hands.press(user, action_id, words=words, chance=self.chance, must=True, **where):
                    raise RefusedError(f"there is no {action_id} to press for {user}")
            except RefusedError:
                if attempt == TRIES:
                    raise
                await self.stepper.move(A_MOMENT)
            else:
                break
        await self.stepper.move(A_MOMENT)
