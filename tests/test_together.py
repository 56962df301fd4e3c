"""What arrives at the same time is done together, and each piece keeps its own answer."""

import asyncio

import pytest

from bot.together import Together


class Work:
    """Doubles numbers, remembers its batches, and refuses odd ones; it waits at a gate, so that a test can queue up."""

    def __init__(self, *, most: int = 100) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.gate = asyncio.Event(), asyncio.Event()
        self.together = Together(self._act, most=most)

    async def _act(self, items: list[int]) -> list[int]:
        self.batches.append(items)
        self.begun.set()
        await self.gate.wait()
        if any(item % 2 for item in items):
            raise ValueError(items)
        return [2 * item for item in items]

    async def doing(self, *items: int) -> list["asyncio.Task[int]"]:
        """Each is asked for, and the first batch has begun."""
        tasks = [asyncio.create_task(self.together.do(item)) for item in items]
        await self.begun.wait()
        return tasks


async def test_the_first_goes_at_once_and_what_came_meanwhile_goes_together():
    work = Work()
    asked = await work.doing(2)
    asked += [asyncio.create_task(work.together.do(item)) for item in (4, 6, 8)]
    await asyncio.sleep(0)
    work.gate.set()
    assert await asyncio.gather(*asked) == [4, 8, 12, 16]
    assert work.batches == [[2], [4, 6, 8]]


async def test_a_batch_never_holds_more_than_it_may():
    work = Work(most=2)
    work.gate.set()
    asked = await work.doing(2, 4, 6, 8, 10)
    assert await asyncio.gather(*asked) == [4, 8, 12, 16, 20]
    assert max(map(len, work.batches)) == 2


async def test_one_bad_piece_fails_nobody_elses():
    work = Work()
    work.gate.set()
    asked = await work.doing(2, 3, 4)
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert (done[0], done[2]) == (4, 8)
    assert isinstance(done[1], ValueError)
    assert work.batches == [[2, 3, 4], [2], [3], [4]]


async def test_who_stops_waiting_holds_up_nobody():
    work = Work()
    gone, stays = await work.doing(2, 4)
    gone.cancel()
    work.gate.set()
    assert await stays == 8
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_it_begins_again_after_it_was_idle():
    work = Work()
    work.gate.set()
    assert await work.together.do(2) == 4
    assert await work.together.do(4) == 8
    assert work.batches == [[2], [4]]
