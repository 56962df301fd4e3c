"""How good two people's meeting must be for its worth to exceed their two prices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .company import UNIT, Numbers
from .worth import CERTAIN, SEAT, TIES

LOWEST = -30_000
HIGHEST = 30_000
MOST_PRICE = 1 << 40
STEP = UNIT * CERTAIN // 8
"""An eighth of a point: prices as close as that share a row."""


class Hurdles:
    """Quality against prices; both in the order of the scan's places."""

    def __init__(self, debt: Numbers, prices: Numbers) -> None:
        self.debt = debt
        self.price = np.clip((prices - SEAT) // TIES, -MOST_PRICE, MOST_PRICE)
        self.step = self.price // STEP
        self.order: list[int] = np.lexsort((self.step, debt)).tolist()
        """People of one debt and nearly one price after each other, so that they share one row."""
        self._price = self.price.astype(np.float32)
        self._key = (-1, 0)
        self._factor = np.zeros(len(debt), dtype=np.float32)
        self._share = np.zeros(len(debt), dtype=np.float32)
        self._row = np.zeros(len(debt), dtype=np.int16)

    def row(self, place: int) -> NDArray[np.int16]:
        """A quick look at everybody: never too high, and less than a fifth of a point too low."""
        key = (int(self.debt[place]), int(self.step[place]))
        if key != self._key:
            if key[0] != self._key[0]:
                self._factor = (1 / (CERTAIN + key[0] + self.debt)).astype(np.float32)
                # Rounded down by more than floating point can err; the exact look follows.
                self._share = np.clip(self._price * self._factor, LOWEST / 2, HIGHEST / 2) - np.float32(2)
            self._key = key
            mine = np.float32(np.clip(key[1] * STEP, LOWEST * CERTAIN / 2, HIGHEST * CERTAIN / 2))
            self._row[:] = self._factor * mine + self._share
        return self._row

    def cleared(self, place: int, over: Numbers, quality: NDArray[np.int16]) -> Numbers:
        """The exact look at the few who passed; a tie is worth less than one."""
        factor = CERTAIN + self.debt[place] + self.debt[over]
        enough: Numbers = over[quality * factor >= self.price[place] + self.price[over]]
        return enough
