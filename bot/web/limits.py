"""How much one reader may ask for in a minute, so that a runaway script holds up nobody else."""

from collections import OrderedDict
from collections.abc import Callable

from bot.clock import stopwatch

MOST_KEYS = 5_000


class Buckets:
    """A bucket for each key: `burst` at once, and `a_minute` in the long run. Real time, as the server's load is real."""

    def __init__(self, *, burst: int, a_minute: int, stopwatch: Callable[[], float] = stopwatch) -> None:
        self._burst, self._a_second = burst, a_minute / 60
        self._stopwatch = stopwatch
        self._left: OrderedDict[object, tuple[float, float]] = OrderedDict()  # by key: what is left, and since when

    def take(self, key: object) -> bool:
        """One more for this key; False where its bucket is empty."""
        now = self._stopwatch()
        left, since = self._left.pop(key, (float(self._burst), now))
        left = min(self._burst, left + (now - since) * self._a_second)
        self._left[key] = (max(0.0, left - 1), now)
        if len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
        return left >= 1
