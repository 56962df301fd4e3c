"""Stepping through moved time: do all that is due, then jump to the next moment at which something is."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from playground.bot_side import BotSide, MovedClock

MOST_ROUNDS = 10_000  # at one and the same moment; more means that something is due for ever


class StuckError(RuntimeError):
    """Something stays due without being done."""


class Stepper:
    """Owns the moved clock: the only one who moves it, and only while the bot is quiet."""

    def __init__(self, bot: BotSide, clock: MovedClock) -> None:
        self.bot = bot
        self.clock = clock

    async def settle(self) -> int:
        """Run whatever is due now until nothing is; how many jobs ran."""
        ran = 0
        scheduler = self.bot.perennial.scheduler
        for _ in range(MOST_ROUNDS):
            await self.bot.server.acts.quiet()
            jobs = await scheduler.run_due(self.clock())
            if not jobs:
                return ran
            ran += jobs
        raise StuckError(f"something is due at {self.clock()} and never done")

    async def move_to(self, goal: datetime) -> None:
        """Let time pass until `goal`, stopping wherever the bot has something to do."""
        async for _ in self.steps_to(goal):
            pass

    async def move(self, span: timedelta) -> None:
        """Let a span of time pass."""
        await self.move_to(self.clock() + span)

    async def steps_to(self, goal: datetime) -> AsyncIterator[datetime]:
        """The same, yielding each moment at which something was done."""
        await self.settle()
        while (due := await self.bot.perennial.scheduler.next_due()) is not None and due <= goal:
            self.clock.move_to(due)
            await self.settle()
            yield self.clock()
        self.clock.move_to(goal)
        await self.settle()
        yield self.clock()
