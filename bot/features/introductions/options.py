"""What a lead may choose about a program of introductions; every choice has a default."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Weights(BaseModel):
    """How many points each fact about two people is worth."""

    model_config = ConfigDict(extra="forbid")

    hours: float = Field(30, ge=0, le=100)
    skills: float = Field(30, ge=0, le=100)
    interests: float = Field(20, ge=0, le=100)
    level: float = Field(10, ge=0, le=100)
    function: float = Field(10, ge=0, le=100)
    repeat: float = Field(60, ge=0, le=100)


# What a lead may want to count most: (value, as it is read, the weights).
LEANINGS = (
    ("balance", "A balance of all of it", Weights()),
    ("learning", "What they can learn from each other", Weights(hours=20, skills=50, interests=10)),
    ("interests", "What they like", Weights(hours=20, skills=20, interests=40)),
    ("hours", "Working hours that overlap", Weights(hours=60, skills=15, interests=10, level=5)),
    ("reach", "Other functions and levels", Weights(hours=20, skills=20, interests=10, level=25, function=25)),
)
OWN = "own"  # weights that are none of these: they stay as they are


class IntroductionOptions(BaseModel):
    """`length_days`: from the introduction to "Did you meet?"; None fits it to the cadence."""

    model_config = ConfigDict(extra="ignore")

    group_size: Literal[2, 3, 4] = 2
    window: int = Field(6, ge=0, le=52)
    length_days: int | None = Field(None, ge=2, le=60)
    weights: Weights = Weights()
    share_thanks: bool = True

    @property
    def leaning(self) -> str:
        """Which of the leanings these weights are, or "own"."""
        return next((value for value, _, weights in LEANINGS if weights == self.weights), OWN)
