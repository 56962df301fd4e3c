"""Faults on order, for tests: lost replies, refusals, storms of 429, slow answers and a history that lags."""

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call. `stored` says whether the call did its work first."""

    kind: str
    status: int = 200
    error: str = ""
    retry_after: int = 0
    seconds: float = 0.0
    stored: bool = False


class Faults:
    """Each order is used up by the calls it spoils; `clear()` forgets what is left."""

    def __init__(self) -> None:
        self.history_delay = 0.0
        self._orders: dict[str, deque[Fault]] = defaultdict(deque)

    def drop_reply(self, method: str, times: int = 1) -> None:
        """Do the work, then cut the connection without a word."""
        self._order(method, times, Fault("drop", stored=True))

    def drop_request(self, method: str, times: int = 1) -> None:
        """Cut the connection before anything is done."""
        self._order(method, times, Fault("drop"))

    def fail(
        self, method: str, *, status: int = 200, error: str = "internal_error", times: int = 1, stored: bool = False
    ) -> None:
        """Answer with an error; `status=500` gives a page that is not JSON, as a broken proxy would."""
        self._order(method, times, Fault("fail", status=status, error=error, stored=stored))

    def rate_limit(self, method: str, retry_after: int = 1, times: int = 1) -> None:
        self._order(method, times, Fault("rate", status=429, error="ratelimited", retry_after=retry_after))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """Do the work, and take this long (real seconds) to say so."""
        self._order(method, times, Fault("slow", seconds=seconds, stored=True))

    def delay_history(self, seconds: float) -> None:
        """From now on a message shows in history only this long (moved seconds) after it was posted."""
        self.history_delay = seconds

    def clear(self) -> None:
        self._orders.clear()
        self.history_delay = 0.0

    def take(self, method: str) -> Fault | None:
        """The fault this call was ordered to meet, if any; `*` meets every method."""
        for name in (method, "*"):
            orders = self._orders.get(name)
            if orders:
                return orders.popleft()
        return None

    def _order(self, method: str, times: int, fault: Fault) -> None:
        self._orders[method].extend([fault] * times)
