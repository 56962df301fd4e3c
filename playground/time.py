"""Moving time: an hour, to tomorrow morning, a week, a quarter, or to the next moment worth looking at."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playground.stepper import Stepper
from playground.workspace import Workspace

MORNING = 8
LONGEST_WAIT = timedelta(weeks=8)  # for something worth looking at
SPANS = {"hour": timedelta(hours=1), "week": timedelta(weeks=1), "quarter": timedelta(weeks=13)}


class Time:
    """The time bar's engine; one move at a time, told step by step."""

    def __init__(self, stepper: Stepper, workspace: Workspace, zone: str) -> None:
        self.stepper = stepper
        self.workspace = workspace
        self.zone = ZoneInfo(zone)
        self.busy = False
        self.scripted = True
        self._new: list[str] = []
        workspace.subscribe(self._hear)

    def now(self) -> datetime:
        """Where the company's clock stands."""
        return self.stepper.clock()

    async def move(self, by: str) -> AsyncIterator[dict[str, object]]:
        """Move, yielding where time is and what just happened; stopping the iteration stops time there."""
        self.busy = True
        try:
            if by == "next":
                async for step in self._to_next():
                    yield step
            else:
                async for step in self._to(self._goal(by)):
                    yield step
        finally:
            self.busy = False
            self.stepper.save()
        yield {"now": self.now().isoformat(), "did": "", "done": True}

    def _goal(self, by: str) -> datetime:
        if by in SPANS:
            return self.now() + SPANS[by]
        local = self.now().astimezone(self.zone)
        goal = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        return goal if goal > local else goal + timedelta(days=1)

    async def _to(self, goal: datetime) -> AsyncIterator[dict[str, object]]:
        self._new.clear()
        async for moment in self.stepper.steps_to(goal):
            if self._new:
                yield {"now": moment.isoformat(), "did": self._new[-1], "done": False}
                self._new.clear()

    async def _to_next(self) -> AsyncIterator[dict[str, object]]:
        """Until the bot says something in a channel or to a group; what only concerns one person is passed over."""
        async for step in self._to(self.now() + LONGEST_WAIT):
            yield step
            if str(step["did"]).startswith("#") or step["did"] == INTRODUCTION:
                return

    def _hear(self, kind: str, payload: dict[str, object]) -> None:
        if kind != "message" or payload["change"] != "posted":
            return
        message = payload["message"]
        assert isinstance(message, dict)
        if message.get("user") == self.workspace.bot_user_id:
            self._new.append(self._named(str(payload["channel"]), str(message.get("text", ""))))

    def _named(self, channel: str, text: str) -> str:
        kind = self.workspace.channel_type(channel)
        if kind == "mpim":
            return INTRODUCTION
        if kind == "im":
            return PRIVATE
        return f"#{self.workspace.channel(channel)['name']}: {text[:80]}"

    def story(self, since: datetime) -> list[dict[str, str]]:
        """What happened since, a line each: posts in channels in their words, everything else counted."""
        lines: list[dict[str, str]] = []
        counted: Counter[str] = Counter()
        for channel in self.workspace.channels():
            for message in self.workspace.history(channel["id"], oldest=f"{since.timestamp():.6f}", limit=500)[
                "messages"
            ]:
                if message.get("user") != self.workspace.bot_user_id:
                    continue
                what = self._named(channel["id"], str(message.get("text", "")))
                if what in (INTRODUCTION, PRIVATE):
                    counted[what] += 1
                else:
                    at = datetime.fromtimestamp(float(message["ts"]), self.zone)
                    lines.append({"at": at.isoformat(), "text": what, "kind": "channel"})
        acts = Counter(
            str(act["did"]) for act in self.workspace.acts(2000) if act["now"] > since.isoformat() and act["scripted"]
        )
        lines.sort(key=lambda line: line["at"])
        for what, count in counted.items():
            words = "messages in group introductions" if what == INTRODUCTION else "direct messages"
            lines.append({"at": "", "text": f"{count} {words}", "kind": "count"})
        if total := sum(acts.values()):
            lines.append({"at": "", "text": f"{total} acts by colleagues", "kind": "count"})
        return lines


INTRODUCTION = "An introduction"
PRIVATE = "A direct message"
