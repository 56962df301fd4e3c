"""A company that lives: make-believe Slack, real bot, cast and moved time, kept together in one folder."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from bot.manifest import read_manifest
from playground.beginning import Beginning
from playground.bot_side import BotSide, MovedClock, read_or_make_key, token_of
from playground.cast import Cast
from playground.chronicle import Chronicle
from playground.company import Company
from playground.hands import Hands
from playground.limits import Limits
from playground.page.routes import create_page
from playground.server import SlackServer
from playground.stepper import NOW, Stepper
from playground.time import Time
from playground.workspace import Workspace

LIVED = "weeks_lived"
A_MINUTE = 60  # what a company does within one of these is a single jump of its time
SLACK, DATABASE, KEY, ENVIRONMENT = "slack.db", "perennial.db", "perennial.key", "env"


class Living:
    """Starts, lives and stops; a later start goes on where this one stopped, even if it was killed."""

    def __init__(self, files: Path, *, socket: bool = False, company: Company | None = None) -> None:
        self.company = company or Company.read()
        self.files = files
        self.socket = socket
        files.mkdir(parents=True, exist_ok=True)
        self._open_workspace()
        if self.workspace.manifest and self.lived < 0:
            # It was stopped in the middle of its first week, which nobody can take up again half-way.
            self.workspace.close()
            start_over(files)
            self._open_workspace()
        if not self.workspace.manifest:
            self.workspace.install(read_manifest())
            self.company.move_in(self.workspace)
        self.limits = Limits(enabled=False)
        self.server = SlackServer(self.workspace, limits=self.limits)

    def _open_workspace(self) -> None:
        self.clock = MovedClock(self.company.starts)
        self.workspace = Workspace(str(self.files / SLACK), clock=self.clock, team_name=self.company.name)
        if moved := self.workspace.fact(NOW):
            self.clock.move_to(datetime.fromisoformat(moved))

    @property
    def lived(self) -> int:
        """How many weeks were lived: -1 before the beginning is over."""
        return int(self.workspace.fact(LIVED, "-1"))

    @property
    def weeks(self) -> int:
        """How many are lived before anybody may look around in peace."""
        return int(self.company.seed["weeks"])

    async def start(self, port: int = 0) -> None:
        """Open the make-believe Slack, start the bot against it, and hang the page beside them."""
        await self.server.start(port)
        self.bot = BotSide(
            self.server,
            f"sqlite:///{self.files / DATABASE}",
            self.clock,
            key=read_or_make_key(self.files / KEY),
            by_socket=self.socket,
            swift=True,
            pages_at=port + 1 if port else 0,
            slack_client_id=self.workspace.fact("client_id"),
            slack_client_secret=self.workspace.fact("client_secret"),
        )
        await self.bot.start()
        self.hands = Hands(self.workspace, self.server.acts, self.bot.quiet)
        self.cast = Cast(self.workspace, self.hands, self.company)
        self.stepper = Stepper(self.bot, self.clock, self.cast, beat=A_MINUTE)
        self.chronicle = Chronicle(self.workspace)
        lead_zone = self.company.person(self.company.seed["lead"])["tz"]
        self.time = Time(self.stepper, self.workspace, self.chronicle, lead_zone)
        page = create_page(
            self.workspace,
            self.server.acts,
            self.time,
            limits=self.limits,
            after_act=self.stepper.let_a_moment_pass,
            playing=self.cast.play,
        )
        self.server.app.router.routes.extend(page)
        (self.files / ENVIRONMENT).write_text(self.environment(), encoding="utf-8")

    def environment(self) -> str:
        """What a shell needs for `perennial doctor` and its like to speak to this company's bot and Slack."""
        lines = {
            "SLACK_BOT_TOKEN": token_of(self.workspace, "bot"),
            "SLACK_SIGNING_SECRET": self.workspace.signing_secret,
            "SLACK_API_URL": self.server.api_url,
            "DATABASE_URL": f"sqlite:///{(self.files / DATABASE).resolve()}",
            "PERENNIAL_SECRET_KEY": self.bot.key,
            "PERENNIAL_BASE_URL": self.bot.url,
        }
        return "".join(f"export {name}={value}\n" for name, value in lines.items())

    async def stop(self) -> None:
        """Save everything where it is."""
        self.stepper.save()
        await self.bot.stop()
        await self.server.stop()
        self.cast.close()
        self.workspace.close()

    async def live_first_weeks(self) -> None:
        """The first time: install, invite, join, and live the weeks of the seed; afterwards nothing."""
        if self.lived >= self.weeks:
            return
        with self.time.showing():
            if self.lived < 0:
                count = len(self.company.people)
                self.time.tell(f"{count} people hear of Perennial, and join over their first days")
                await Beginning(self.company, self.workspace, self.hands, self.stepper).happen()
                self._note(0)
            while self.lived < self.weeks:
                week = self.lived + 1
                await self.stepper.move_to(self.company.starts + timedelta(weeks=week + 1))
                self._note(week)
                self.time.tell(f"Week {week} of {self.weeks} lived")

    def _note(self, week: int) -> None:
        self.workspace.remember(LIVED, str(week))
        self.stepper.save()


def start_over(files: Path) -> None:
    """Forget a company: its Slack, its database, its key."""
    for path in files.glob("*"):
        if path.name.startswith((SLACK, DATABASE, KEY, ENVIRONMENT)):
            path.unlink()
    if not any(files.iterdir()):
        shutil.rmtree(files)
    files.mkdir(parents=True, exist_ok=True)
