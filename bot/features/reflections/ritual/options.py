"""What a lead may choose about a channel's shared round."""

from pydantic import BaseModel, ConfigDict, Field


class RitualOptions(BaseModel):
    """`open_days`: from the question to the closing line."""

    model_config = ConfigDict(extra="ignore")

    open_days: int = Field(4, ge=1, le=13)
