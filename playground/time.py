"""Moving time: an hour, to tomorrow morning, a week, a quarter, or to the next moment worth looking at."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playground.chronicle import Chronicle, told
from playground.stepper import Stepper
from playground.workspace import Workspace

MORNING = 8
LONGEST_WAIT = timedelta(weeks=8)  # for something worth looking at
SPANS = {"hour": timedelta(hours=1), "week": timedelta(weeks=1), "quarter": timedelta(weeks=13)}
Progress = dict[str, object]


class Time:
    """The time bar's engine; one move at a time, told step by step."""

    def __init__(self, stepper: Stepper, workspace: Workspace, chronicle: Chronicle, zone: str) -> None:
        self.stepper = stepper
        self.workspace = workspace
        self.chronicle = chronicle
        self.zone = ZoneInfo(zone)
        self.busy = False
        self.scripted = True
        self.followers: list[Callable[[Progress], None]] = []  # told of what moves without having been asked to
        self._seen = False  # whoever is looked through has been shown something new
        workspace.subscribe(self._hear)

    def now(self) -> datetime:
        """Where the company's clock stands."""
        return self.stepper.clock()

    async def move(self, by: str) -> AsyncIterator[Progress]:
        """Move, yielding where time is and what just happened; stopping the iteration stops time there."""
        self.busy = True
        try:
            goal = self.now() + LONGEST_WAIT if by == "next" else self._goal(by)
            self._seen = False
            before = self.now()
            async for moment in self.stepper.steps_to(goal):
                if lines := told(self.chronicle.since(before), self.zone):
                    yield {"now": moment.isoformat(), "did": self._line(lines[-1]), "done": False}
                    before = moment
                if by == "next" and self._seen:
                    break
        finally:
            self.busy = False
            self.stepper.save()
        yield {"now": self.now().isoformat(), "did": "", "done": True}

    def _line(self, entry: dict[str, str]) -> str:
        at = datetime.fromisoformat(entry["at"]).astimezone(self.zone)
        return f"{at:%A}: {entry['text']}"

    @contextmanager
    def showing(self) -> Iterator[None]:
        """Time moves by itself inside: nobody else may move it, and everybody is told how far it is."""
        self.busy = True
        try:
            yield
        finally:
            self.busy = False
            self._tell({"moving": False, "now": self.now().isoformat(), "did": ""})

    def tell(self, did: str) -> None:
        """How far time has come, to whoever follows."""
        self._tell({"moving": True, "now": self.now().isoformat(), "did": did})

    def _tell(self, progress: Progress) -> None:
        for follower in self.followers:
            follower(progress)

    def _goal(self, by: str) -> datetime:
        if by in SPANS:
            return self.now() + SPANS[by]
        local = self.now().astimezone(self.zone)
        goal = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        return goal if goal > local else goal + timedelta(days=1)

    def _hear(self, kind: str, payload: dict[str, object]) -> None:
        """Whether the person who is played, or anybody if nobody is, sees something new from the bot."""
        cast = self.stepper.cast
        viewer = cast.playing if cast is not None else None
        if kind == "ephemeral":
            self._seen = self._seen or viewer in (None, payload["user"])
        elif kind == "message" and payload["change"] == "posted":
            message = payload["message"]
            assert isinstance(message, dict)
            by_bot = message.get("user") == self.workspace.bot_user_id
            theirs = viewer is None or self.workspace.is_member(viewer, str(payload["channel"]))
            self._seen = self._seen or (by_bot and theirs)

    def story(self, since: datetime) -> list[dict[str, str]]:
        """What happened since, a line each: posts in channels in their words, what is private only counted."""
        return told(self.chronicle.since(since), self.zone)
