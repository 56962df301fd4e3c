"""A company that lives: make-believe Slack, real bot, cast and moved time, kept together in one folder."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from playground.beginning import Beginning
from playground.bot_side import BotSide, MovedClock, read_or_make_key
from playground.cast import Cast
from playground.company import Company
from playground.limits import Limits
from playground.page.routes import create_page
from playground.server import SlackServer
from playground.stepper import NOW, Stepper
from playground.time import Time
from playground.workspace import Workspace

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
LIVED = "weeks_lived"


class Living:
    """Starts, lives and stops; a later start goes on where this one stopped."""

    def __init__(self, files: Path, *, socket: bool = False, company: Company | None = None) -> None:
        self.company = company or Company.read()
        self.clock = MovedClock(self.company.starts)
        self.workspace = Workspace(str(files / "slack.db"), clock=self.clock, team_name=self.company.name)
        if moved := self.workspace.fact(NOW):
            self.clock.move_to(datetime.fromisoformat(moved))
        if not self.workspace.manifest:
            self.workspace.install(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))
            self.company.move_in(self.workspace)
        self.limits = Limits(enabled=False)
        self.server = SlackServer(self.workspace, limits=self.limits)
        self.cast = Cast(self.workspace, self.server.acts, self.company.tempers(self.workspace))
        self.files = files
        self.socket = socket

    async def start(self, port: int = 0) -> None:
        """Open the make-believe Slack, start the bot against it, and hang the page beside them."""
        await self.server.start(port)
        self.bot = BotSide(
            self.server,
            f"sqlite:///{self.files / 'perennial.db'}",
            self.clock,
            key=read_or_make_key(self.files / "perennial.key"),
            by_socket=self.socket,
        )
        await self.bot.start()
        self.stepper = Stepper(self.bot, self.clock, self.cast)
        lead_zone = next(person["tz"] for person in self.company.people if person["name"] == self.company.seed["lead"])
        self.time = Time(self.stepper, self.workspace, lead_zone)
        page = create_page(
            self.workspace, self.server.acts, self.time, limits=self.limits, after_act=self.stepper.settle
        )
        self.server.app.routes.extend(page)

    async def stop(self) -> None:
        """Save everything where it is."""
        self.stepper.save()
        await self.bot.stop()
        await self.server.stop()
        self.cast.close()
        self.workspace.close()

    async def live_first_weeks(self, tell: Callable[[str], None]) -> None:
        """The first time: install, invite, join, and live the weeks of the seed; afterwards nothing."""
        weeks = int(self.company.seed["weeks"])
        lived = int(self.workspace.fact(LIVED, "-1"))
        self.time.busy = True
        try:
            if lived < 0:
                tell(f"{len(self.company.people)} people join {self.company.name}'s first program …")
                await Beginning(self.company, self.workspace, self.server.acts, self.stepper).happen()
                lived = self._note(0)
            for week in range(lived + 1, weeks + 1):
                await self.stepper.move(timedelta(weeks=1))
                lived = self._note(week)
                tell(f"week {week} of {weeks} lived")
        finally:
            self.time.busy = False

    def _note(self, week: int) -> int:
        self.workspace.remember(LIVED, str(week))
        self.stepper.save()
        return week
