"""What a lead may choose about a program of roundtables."""

from pydantic import BaseModel, ConfigDict, Field

MOST_FURTHER = 20


class RoundtableOptions(BaseModel):
    """`channels`: beside the program's own; `vote`: members choose the prompt; `gaps`: some come from what people want."""

    model_config = ConfigDict(extra="ignore")

    open_days: int = Field(4, ge=1, le=13)
    channels: list[str] = Field(default_factory=list, max_length=MOST_FURTHER)
    vote: bool = False
    gaps: bool = True
