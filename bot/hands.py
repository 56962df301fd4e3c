"""What is being worked on right now, so that whoever stops the process or moves time can wait for it."""

import asyncio


class InHand:
    """Counts work that was taken; `quiet()` returns once all of it is done."""

    def __init__(self) -> None:
        self._count = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def take(self) -> None:
        """One more piece of work is in hand."""
        self._count += 1
        self._empty.clear()

    def done(self) -> None:
        """One piece is done, well or not."""
        self._count -= 1
        if self._count == 0:
            self._empty.set()

    async def quiet(self, grace: float | None = None) -> bool:
        """Wait until nothing is in hand, `grace` seconds at most; whether that came."""
        try:
            await asyncio.wait_for(self._empty.wait(), grace)
        except TimeoutError:
            return False
        return True
