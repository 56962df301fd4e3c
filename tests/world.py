"""A small company in a make-believe Slack with the real bot in it, and moved time: what listeners' and jobs' tests use."""

from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from sqlalchemy import select

from bot.app import Perennial
from bot.manifest import read_manifest
from bot.members.models import Workspace as Installed
from playground.bot_side import BotSide, MovedClock
from playground.server import SlackServer
from playground.stepper import Stepper
from playground.workspace import Workspace


class World:
    """`slack` is what Slack knows, `acts` what people do, `bot` the real bot, `stepper` moves time.

    `nudges`: how often whoever joins gets one; not at all, unless a test is about them, so that it counts its own messages.
    """

    def __init__(self, database_url: str, *, now: datetime, nudges: str = "off", **settings: object) -> None:
        self.database_url = database_url
        self.settings = settings
        self.nudges = nudges
        self.clock = MovedClock(now)
        self.slack = Workspace(":memory:", clock=self.clock)
        self.slack.install(read_manifest())
        self.server = SlackServer(self.slack)
        self.acts = self.server.acts
        self.side: BotSide | None = None
        self.users: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        await self.server.start()
        await self.start_bot()
        async with self.bot.database.transaction() as session:
            for installed in (await session.execute(select(Installed))).scalars():
                installed.options = {**installed.options, "nudges": self.nudges}
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.side is not None:
            await self.side.stop()
        await self.server.stop()

    async def start_bot(self, **settings: object) -> None:
        """Start (or restart) the bot on the same database."""
        key = self.side.key if self.side is not None else None
        more = self.settings | settings
        self.side = BotSide(self.server, self.database_url, self.clock, key=key, swift=True, **more)
        await self.side.start(migrated=True)
        self.stepper = Stepper(self.side, self.clock)

    @property
    def bot(self) -> Perennial:
        """The running bot."""
        assert self.side is not None
        return self.side.perennial

    def person(self, name: str, **facts: Any) -> str:
        """Somebody new in Slack; their Slack user id. `facts` as in Workspace.add_user: tz, title, is_admin, …"""
        self.users[name] = self.slack.add_user(name.lower(), real_name=name, **facts)["id"]
        return self.users[name]

    async def settle(self) -> None:
        """Let the bot do all that is due now."""
        await self.stepper.settle()

    async def move(self, **span: float) -> None:
        """Let time pass: `await world.move(days=1, hours=2)`."""
        await self.stepper.move(timedelta(**span))

    async def move_to(self, moment: datetime) -> None:
        """Let time pass until a moment."""
        await self.stepper.move_to(moment)

    def messages_to(self, user: str) -> list[dict[str, Any]]:
        """The bot's direct messages to somebody, oldest first."""
        channel = self.slack.open_dm(self.slack.bot_user_id, user)
        return sorted(self.slack.history(channel, viewer=user), key=lambda message: float(message["ts"]))

    def last_message_to(self, user: str) -> dict[str, Any]:
        """The newest of them."""
        return self.messages_to(user)[-1]
