"""Where the pages of a journal are, and the buttons between them."""

from bot.members.front.views import GO
from bot.messages import Block
from bot.slack import blocks

PLACE = "journal"
BACK, ON = "reflections.turn_back", "reflections.turn_on"  # pages and months; their value is the place to turn to


def back(text: str, place: str) -> Block:
    """The way to the page before."""
    return blocks.actions(blocks.button(text, GO, place), block_id="back")
