"""The metronome: every two seconds one indexed look, then short jobs; the database is the schedule."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextvars import Context
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from bot.clock import stopwatch
from bot.db import Base, insert_into
from bot.registry import Job, Schedule, Tools

TICK_SECONDS = 2
Item = TypeVar("Item")


class JobRun(Base):
    """When a job last ran and how that went."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_run_at: Mapped[datetime]
    last_good_at: Mapped[datetime | None]
    handled: Mapped[int] = mapped_column(default=0)
    milliseconds: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


async def one_by_one(tools: Tools, items: Iterable[Item], act: Callable[[Item], Awaitable[object]]) -> int:
    """Do `act` for each item; one item's failure is logged and stays its own. Returns how many went well."""
    went_well = 0
    for item in items:
        try:
            await act(item)
        except Exception as error:
            tools.log.error("one item failed", item=str(item), error=type(error).__name__, exc_info=error)
        else:
            went_well += 1
    return went_well


class Scheduler:
    """Runs what is due: beaten by APScheduler in real life, stepped by hand where time is moved."""

    def __init__(self, schedule: Schedule, tools: Tools) -> None:
        self.schedule = schedule
        self.tools = tools
        self.last_tick: datetime | None = None
        self._running: dict[str, asyncio.Task[int]] = {}
        self._stopping = False
        self._metronome: AsyncIOScheduler | None = None
        self._ticks: set[asyncio.Task[None]] = set()
        self._woken = False  # a look was asked for and has not begun yet
        self._early: asyncio.TimerHandle | None = None  # the beat between two beats, for what is due in between

    def start(self) -> None:
        """Begin to beat, in the running event loop."""
        self._metronome = AsyncIOScheduler(timezone="UTC")
        self._metronome.add_job(self._beat, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True)
        self._metronome.start()
        self.wake()

    async def stop(self, grace: float = 10.0) -> None:
        """Take no more work, let what is in hand finish within `grace` seconds."""
        self._stopping = self.tools.stopping = True
        if self._early is not None:
            self._early.cancel()
        if self._metronome is not None:
            self._metronome.shutdown(wait=False)
        if self._ticks:
            await asyncio.wait(self._ticks, timeout=grace)
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=grace)
            for task in late:
                task.cancel()

    def wake(self) -> None:
        """Look now instead of at the next beat: something was just queued. Many wakes at once are one look."""
        if self._metronome is not None and not self._stopping and not self._woken:
            self._woken = True
            task = asyncio.get_running_loop().create_task(self._awoken(), context=Context())
            self._ticks.add(task)
            task.add_done_callback(self._ticks.discard)

    async def _beat(self) -> None:
        """What APScheduler calls: it cancels what it runs when it stops, and a look must end by itself."""
        self.wake()

    async def _awoken(self) -> None:
        self._woken = False  # what is queued from here on wants another look
        await self.tick()

    async def tick(self) -> None:
        """Start every job that is due and not running already; a long job never delays the others."""
        if self._stopping:
            return
        now = self.tools.clock()
        self.last_tick = now
        times = await self._times()
        for job, time in times:
            if time <= now and job.name not in self._running and not self._stopping:
                task = asyncio.create_task(self.run(job), name=job.name)
                self._running[job.name] = task
                task.add_done_callback(self._finished)
        self._beat_early(min((time for _, time in times if time > now), default=None), now)

    def _beat_early(self, time: datetime | None, now: datetime) -> None:
        """What is due before the next beat is not made to wait for it."""
        if self._early is not None:
            self._early.cancel()
            self._early = None
        if time is not None and self._metronome is not None and (time - now).total_seconds() < TICK_SECONDS:
            delay = max(0.001, (time - now).total_seconds())
            self._early = asyncio.get_running_loop().call_later(delay, self.wake)

    def _finished(self, task: asyncio.Task[int]) -> None:
        self._running.pop(task.get_name(), None)
        if not task.cancelled() and task.result() > 0:
            self.wake()  # it did something, so something may be due behind it; a job that failed waits for the beat

    async def run_due(self, now: datetime) -> int:
        """Run every job that is due at `now`, one after the other, and wait for each; how many jobs ran."""
        due = [job for job, time in await self._times() if time <= now]
        for job in due:
            await self.run(job)
        return len(due)

    async def next_due(self) -> datetime | None:
        """The least of every job's next due time."""
        return min((time for _, time in await self._times()), default=None)

    async def _times(self) -> list[tuple[Job, datetime]]:
        """Every job that will be due at some time, with that time."""
        async with self.tools.database.reading() as session:
            asked = [(job, await job.next_due(session)) for job in self.schedule.jobs.values()]
        return [(job, time) for job, time in asked if time is not None]

    async def run(self, job: Job) -> int:
        """Run one job now and write down how it went; its failure is logged and does not stop the others."""
        began, now, handled, error = stopwatch(), self.tools.clock(), 0, None
        try:
            handled = await job.run(self.tools)
        except Exception as failure:
            error = type(failure).__name__
            self.tools.log.error("job failed", job=job.name, error=error, exc_info=failure)
        await self._write_down(job.name, now, handled, round((stopwatch() - began) * 1000), error)
        return handled

    async def _write_down(self, name: str, now: datetime, handled: int, milliseconds: int, error: str | None) -> None:
        run = {
            "name": name,
            "last_run_at": now,
            "last_good_at": now if error is None else None,
            "handled": handled,
            "milliseconds": milliseconds,
            "error": error,
        }
        async with self.tools.database.transaction() as session:
            await session.execute(_latest(session.get_bind().dialect.name), run)


@cache  # written after every run of every job: put together once
def _latest(dialect: str) -> Any:
    """The row of a job takes what its last run was like; when it last went well stands until it does again."""
    statement = insert_into(dialect, JobRun)
    news = {column.name: column for column in statement.excluded} | {
        "last_good_at": func.coalesce(statement.excluded.last_good_at, JobRun.last_good_at)
    }
    return statement.on_conflict_do_update(index_elements=["name"], set_=news)
