"""What a lead may choose about a program of roundtables."""

from pydantic import Field

from bot.programs.open_days import OpenDays

MOST_FURTHER = 20


class RoundtableOptions(OpenDays):
    """`channels`: beside the program's own; `vote`: members choose the prompt; `gaps`: some come from what people want."""

    channels: list[str] = Field(default_factory=list, max_length=MOST_FURTHER)
    vote: bool = False
    gaps: bool = True
