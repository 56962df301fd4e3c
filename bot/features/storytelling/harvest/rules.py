"""On whose card it counts what became of a takeaway. Values in, values out."""

from collections.abc import Sequence


def counted_on(named: int | None, told: Sequence[int]) -> int | None:
    """Which story's card counts what became of a takeaway: the one it names, or the only one; of several unnamed, none."""
    if named is None and len(told) == 1:
        return told[0]
    return named if named in told else None
