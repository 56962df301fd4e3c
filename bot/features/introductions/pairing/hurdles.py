"""How good two people's meeting must be for its worth to exceed their two prices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .company import Numbers
from .worth import CERTAIN, SEAT, TIES

LOWEST = -30_000
HIGHEST = 30_000
MOST_PRICE = 1 << 40


class Hurdles:
    """Quality against prices; both in the order of the scan's places."""

    def __init__(self, debt: Numbers, prices: Numbers) -> None:
        self.debt = debt
        self.price = np.clip((prices - SEAT) // TIES, -MOST_PRICE, MOST_PRICE)
        self.order: list[int] = np.argsort(debt, kind="stable").tolist()
        """One debt after the other, so that what depends on it alone is worked out once."""
        self._price = self.price.astype(np.float32)
        self._debt = -1
        self._factor = np.zeros(len(debt), dtype=np.float32)
        self._share = np.zeros(len(debt), dtype=np.float32)
        self._needed = np.zeros(len(debt), dtype=np.float32)
        self._row = np.zeros(len(debt), dtype=np.int16)

    def row(self, place: int) -> NDArray[np.int16]:
        """A quick look at everybody: never too high, and less than a twentieth of a point too low."""
        debt = int(self.debt[place])
        if debt != self._debt:
            self._debt = debt
            self._factor = (1 / (CERTAIN + debt + self.debt)).astype(np.float32)
            # Rounded down by more than floating point can err; the exact look follows.
            self._share = np.clip(self._price * self._factor, LOWEST / 2, HIGHEST / 2) - np.float32(2)
        mine = np.float32(np.clip(self._price[place], LOWEST * CERTAIN / 2, HIGHEST * CERTAIN / 2))
        np.multiply(self._factor, mine, out=self._needed)
        np.add(self._needed, self._share, out=self._needed)
        self._row[:] = self._needed
        return self._row

    def cleared(self, place: int, over: Numbers, quality: NDArray[np.int16]) -> Numbers:
        """The exact look at the few who passed; a tie is worth less than one."""
        factor = CERTAIN + self.debt[place] + self.debt[over]
        enough: Numbers = over[quality * factor >= self.price[place] + self.price[over]]
        return enough
