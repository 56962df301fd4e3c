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


class IntroductionOptions(BaseModel):
    """`length_days`: from the introduction to "Did you meet?"; None fits it to the cadence."""

    model_config = ConfigDict(extra="ignore")

    group_size: Literal[2, 3, 4] = 2
    window: int = Field(6, ge=0, le=52)
    length_days: int | None = Field(None, ge=2, le=60)
    weights: Weights = Weights()
    share_thanks: bool = True
