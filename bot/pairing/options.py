"""What a program may choose about its rounds, and what each fact about two people is worth."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

SIZES = (2, 3, 4, 5, 6)
MOST_POINTS = 200


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for each fact; the defaults add up to a quality of 0 to 100."""

    hours: float = 30.0
    """Eight shared working hours."""
    skills: float = 30.0
    """Three skills that one offers and the other wants."""
    interests: float = 20.0
    """Three interests shared."""
    level: float = 10.0
    """Four steps of seniority between them."""
    function: float = 10.0
    """A function new to both."""
    repeat: float = 60.0
    """Taken away from two whose last meeting has just left the window; halves every four rounds."""

    def __post_init__(self) -> None:
        points = asdict(self)
        if min(points.values()) < 0:
            raise ValueError("weights are zero or more")
        if sum(points.values()) - self.repeat > MOST_POINTS or self.repeat > MOST_POINTS:
            raise ValueError(f"weights add up to {MOST_POINTS} points at most")


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one program."""

    window: int = 6
    """Rounds within which nobody should meet the same person again."""
    group_size: int = 2
    """Rounds are of two, three or four; tables, which several teams share, of four, five or six."""
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        if self.group_size not in SIZES:
            raise ValueError(f"groups are of {SIZES}, not of {self.group_size}")
        if self.window < 0:
            raise ValueError("a window is zero rounds or more")

    def to_json(self) -> dict[str, Any]:
        return {"window": self.window, "group_size": self.group_size, "weights": asdict(self.weights)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Options:
        return cls(data["window"], data["group_size"], Weights(**data["weights"]))
