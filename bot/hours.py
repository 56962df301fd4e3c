"""When somebody works, as every rule about times needs to know it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hours:
    """Minutes after their local midnight, and days with Monday as 0."""

    tz: str
    start: int
    end: int
    days: tuple[int, ...]
