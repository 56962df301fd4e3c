"""Working hours, and how much of them two people share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .people import MINUTES_A_DAY, Span

MOST_WORKING_DAYS = 4000
"""Different working days that are compared minute by minute; more than that and we look at half-hours."""


def minutes_worked(hours: Sequence[Span]) -> NDArray[np.bool_]:
    """The minutes of a UTC day somebody works, one by one."""
    day = np.zeros(MINUTES_A_DAY, dtype=np.bool_)
    for start, end in hours:
        first = start % MINUTES_A_DAY
        length = min(end - start if end > start else (end - start) % MINUTES_A_DAY, MINUTES_A_DAY)
        last = first + length
        day[first:last] = True
        if last > MINUTES_A_DAY:
            day[: last - MINUTES_A_DAY] = True
    return day


def shared_minutes(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How long both are at work on the same day."""
    return int(np.count_nonzero(minutes_worked(one) & minutes_worked(other)))


def working_days(everybody: Sequence[tuple[Span, ...]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which working day each person has, and the minutes any two of those days share."""
    kinds = everybody
    for grid in (1, 30, 60, 240):
        kinds = everybody if grid == 1 else [_rounded(hours, grid) for hours in everybody]
        if len(set(kinds)) <= MOST_WORKING_DAYS:
            break
    distinct = sorted(set(kinds))
    number = {hours: index for index, hours in enumerate(distinct)}
    days = np.array([minutes_worked(hours) for hours in distinct], dtype=np.bool_).reshape(-1, MINUTES_A_DAY)
    bits = np.packbits(days, axis=1).view(np.uint32)
    shared = np.array([np.bitwise_count(bits & day).sum(axis=1) for day in bits], dtype=np.int64)
    return np.array([number[hours] for hours in kinds], dtype=np.int64), shared.reshape(len(days), len(days))


def _rounded(hours: tuple[Span, ...], grid: int) -> tuple[Span, ...]:
    return tuple((round(start / grid) * grid, round(end / grid) * grid) for start, end in hours)
