"""What a lead may choose about a storytelling program."""

from pydantic import BaseModel, ConfigDict, Field


class StoryOptions(BaseModel):
    """How long a session is, how many tell, who fits in, where it is, and how far ahead it is planned."""

    model_config = ConfigDict(extra="ignore")

    minutes: int = Field(30, ge=15, le=90)
    tellers: int = Field(2, ge=1, le=4)
    seats: int | None = Field(None, ge=2, le=500)
    place: str | None = Field(None, max_length=120)
    link: str | None = Field(None, max_length=500)
    weeks_ahead: int = Field(3, ge=1, le=8)
