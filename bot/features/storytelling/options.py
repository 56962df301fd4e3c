"""What a lead may choose about a storytelling program."""

from pydantic import Field

from bot.gatherings.options import GatheringOptions

MANY = range(1, 5)


class StoryOptions(GatheringOptions):
    """… and how many tell."""

    tellers: int = Field(2, ge=MANY.start, le=MANY.stop - 1)
