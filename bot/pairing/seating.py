"""A seating while it is improved: people change places as long as everybody together gains.

Two moves take turns: two people of different tables change places; and one of every table stands up, all of them at
once, and they sit down again in the best way there is, which finds what no exchange of two would.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from .chance import Hashes, mixed
from .company import Numbers
from .trios import Groups
from .worth import share_of

PATIENCE = 30
"""Times every person is looked at, on average, before exchanging comes to an end."""
STANDING_UP = 32_000
MOST_TIMES = 200
"""So many people stand up, or everybody so often, whichever is less."""


class Seating:
    """Who sits where, and what everybody is worth to every table. People are rows of `weights`."""

    def __init__(self, weights: Numbers, groups: Groups) -> None:
        self.people = np.sort(np.array([person for group in groups for person in group], dtype=np.int64))
        whole = len(self.people) == len(weights)
        self.weights = weights if whole else weights[np.ix_(self.people, self.people)]
        self.home = np.zeros(len(self.people), dtype=np.int64)
        for at, group in enumerate(groups):
            self.home[np.searchsorted(self.people, group)] = at
        self.share = np.array([share_of(len(group)) for group in groups], dtype=np.int64)

    def groups(self) -> Groups:
        """The tables as they are now."""
        return [self.people[self.home == at].tolist() for at in range(len(self.share))]

    def _in_line(self, order: Numbers) -> Numbers:
        """Where each table begins among people in an order by table."""
        return np.searchsorted(self.home[order], np.arange(len(self.share)))

    def exchange(self) -> None:
        """Let each person change places with whoever makes it worth most, until nobody finds anybody."""
        order = np.argsort(self.home, kind="stable")
        worth = np.add.reduceat(self.weights[order], self._in_line(order), axis=0)
        everybody = np.arange(len(self.home))
        share = self.share[self.home]
        own = share * worth[self.home, everybody]
        stirred = np.ones(len(self.home), dtype=np.bool_)
        tries = PATIENCE * len(self.home)
        while stirred.any() and tries > 0:
            looking = np.flatnonzero(stirred)
            stirred[:] = False
            tries -= len(looking)
            for person in looking.tolist():
                while (other := self._best_exchange(worth, share, own, person)) is not None:
                    here, there = self.home[person], self.home[other]
                    change = self.weights[other] - self.weights[person]
                    worth[here] += change
                    worth[there] -= change
                    self.home[person], self.home[other] = there, here
                    share[person], share[other] = share[other], share[person]
                    touched = np.flatnonzero((self.home == here) | (self.home == there))
                    own[touched] = share[touched] * worth[self.home[touched], touched]
                    stirred[touched] = True

    def _best_exchange(self, worth: Numbers, share: Numbers, own: Numbers, person: int) -> int | None:
        here, beside = self.home[person], self.weights[person]
        # Whoever leaves a table takes away what they were worth to the one who comes.
        gain = share[person] * (worth[here] - beside) + share * (worth[:, person][self.home] - beside) - own
        gain[self.home == here] = own[person]
        other = int(np.argmax(gain))
        return other if gain[other] > own[person] else None

    def stand_up(self, hashes: Hashes) -> None:
        """Seat one of every table anew, again and again; chance says who, and comes out the same every time."""
        hashes = hashes[self.people]
        for time in range(min(MOST_TIMES, STANDING_UP // max(1, len(self.people)))):
            order = np.lexsort((mixed(hashes + np.uint64(time)), self.home))
            first = self._in_line(order)
            standing = order[first]
            worth = np.add.reduceat(self.weights[np.ix_(order, standing)], first, axis=0)
            worth -= self.weights[np.ix_(standing, standing)]
            worth *= self.share[:, None]
            table, person = linear_sum_assignment(worth.astype(np.float64), maximize=True)
            # Floating point proposes, whole numbers decide.
            if sum((worth[table, person] - worth.diagonal()).tolist()) > 0:
                self.home[standing[person]] = table
