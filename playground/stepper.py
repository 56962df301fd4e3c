"""Stepping through moved time: do all that is due, then jump to the next moment at which something is."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from playground.bot_side import BotSide, MovedClock
from playground.cast import Cast

MOST_ROUNDS = 10_000  # at one and the same moment; more means that something is due for ever
BEAT = 10  # seconds: as the metronome beats every two, so that messages a second apart need not be a jump each
A_MOMENT = timedelta(seconds=6)
NOW = "moved_clock"


class StuckError(RuntimeError):
    """Something stays due without being done."""


class Stepper:
    """Owns the moved clock: the only one who moves it, and only while bot and cast are quiet."""

    def __init__(self, bot: BotSide, clock: MovedClock, cast: Cast | None = None, *, beat: int = BEAT) -> None:
        self.bot = bot
        self.clock = clock
        self.cast = cast
        self.beat = beat
        self._one_at_a_time = asyncio.Lock()  # an act by hand settles, too, while time is moving

    async def settle(self) -> int:
        """Run whatever is due now until nothing is; how many jobs ran and people acted."""
        async with self._one_at_a_time:
            return await self._settle()

    async def _settle(self) -> int:
        scheduler, queue = self.bot.perennial.scheduler, self.bot.server.acts.queue
        did = 0
        for _ in range(MOST_ROUNDS):
            queue.retry_due()
            await self.bot.server.acts.quiet()
            await self.bot.quiet()  # Slack is answered before an event's handlers run
            now = self.clock()
            done = await scheduler.run_due(now)
            if not done and self.cast is not None:
                done = await self.cast.act_due(now)
            if not done:
                return did
            did += done
        raise StuckError(f"something is due at {self.clock()} and never done")

    async def next_due(self) -> datetime | None:
        """The next moment at which the bot, somebody in the cast, or Slack's own retries have something to do."""
        moments = [await self.bot.perennial.scheduler.next_due(), self.bot.server.acts.queue.next_retry()]
        if self.cast is not None:
            moments.append(self.cast.next_due())
        return min((moment for moment in moments if moment is not None), default=None)

    async def move_to(self, goal: datetime) -> None:
        """Let time pass until `goal`, stopping wherever there is something to do."""
        async for _ in self.steps_to(goal):
            pass

    async def move(self, span: timedelta) -> None:
        """Let a span of time pass."""
        await self.move_to(self.clock() + span)

    async def let_a_moment_pass(self) -> None:
        """After an act by hand a few seconds go by, one by one: in one conversation a message a second leaves."""
        async for _ in self.steps_to(self.clock() + A_MOMENT, beat=1):
            pass

    async def steps_to(self, goal: datetime, *, beat: int | None = None) -> AsyncIterator[datetime]:
        """The same, yielding each moment at which something was done."""
        await self.settle()
        while (due := await self.next_due()) is not None and due <= goal:
            await self._step_to(min(on_the_beat(due, beat or self.beat), goal))
            yield self.clock()
        await self._step_to(goal)
        yield self.clock()

    async def _step_to(self, moment: datetime) -> None:
        """One jump; where time stands is noted first, so that whoever dies on the way wakes up no earlier."""
        async with self._one_at_a_time:
            self.clock.move_to(moment)
            self.note()
            await self._settle()
            self.note()

    def note(self) -> None:
        """Write down where time stands and what people mean to do, in the make-believe Slack's file."""
        self.bot.server.workspace.remember(NOW, self.clock().isoformat())
        if self.cast is not None:
            self.cast.save()

    def save(self) -> None:
        """Keep everything in one file."""
        self.note()
        self.bot.server.workspace.save()


def on_the_beat(moment: datetime, beat: int) -> datetime:
    """The first beat that is not before a moment; `beat` in seconds."""
    beats = -(-moment.timestamp() // beat)
    return datetime.fromtimestamp(beats * beat, UTC)
