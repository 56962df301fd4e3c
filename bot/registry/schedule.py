"""What the clock asks for: jobs, each run when its own look says that something is due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.registry.tools import Tools

Run = Callable[[Tools], Awaitable[int]]
NextDue = Callable[[AsyncSession], Awaitable[datetime | None]]


@dataclass(frozen=True)
class Job:
    """Work the clock asks for: `next_due` looks (one indexed query), `run` does what is due and says how many items."""

    name: str
    run: Run
    next_due: NextDue


class Schedule:
    """The jobs the scheduler asks, in the order they were added."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}

    def when_due(self, name: str, run: Run, *, next_due: NextDue) -> None:
        """Have `run(tools)` called whenever `next_due(session)` has come."""
        self.jobs[name] = Job(name, run, next_due)
