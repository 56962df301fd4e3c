"""Work that arrives piece by piece and is done together: whatever came while the last batch was done is the next one."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Together(Generic[Item, Outcome]):
    """Group commit: the first piece goes at once; under load many share one transaction, and each gets its own answer.

    `act` takes up to `most` items and returns an outcome for each, in order. Where it raises for several, each is
    tried again alone, so that one bad piece fails nobody else's.
    """

    def __init__(self, act: Callable[[list[Item]], Awaitable[list[Outcome]]], *, most: int) -> None:
        self._act = act
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._runner: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Outcome:
        """Have this piece done with whatever else waits; returns once it is done, and raises what it raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append((item, future))
        if self._runner is None:
            self._runner = loop.create_task(self._run(), context=Context())
        return await future

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._do_all(batch)
        finally:
            self._runner = None

    async def _do_all(self, batch: list[tuple[Item, "asyncio.Future[Outcome]"]]) -> None:
        try:
            outcomes = await self._act([item for item, _ in batch])
        except Exception as error:
            if len(batch) == 1:
                _answer(batch[0][1], error)
                return
            for each in batch:
                await self._do_all([each])
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            _answer(future, outcome)


def _answer(future: "asyncio.Future[Outcome]", outcome: Outcome | Exception) -> None:
    """Whoever asked may have gone away meanwhile; what they asked for is done all the same."""
    if future.done():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
