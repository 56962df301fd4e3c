"""Speaks: why a message can't be kept, and the way on."""

from bot.archive.cards.editing.views import NEW
from bot.messages import Block
from bot.slack import blocks

KEEP = "archive.keep"


def cannot(why: str) -> Block:
    """A notice, with a way to write a card without these words."""
    return blocks.modal(
        "Keep as insight",
        [
            blocks.section(blocks.escape(why)),
            blocks.actions(blocks.button("Write it in my words", NEW, style="primary")),
        ],
        callback_id="archive.cannot",
        close="Close",
    )


def not_yours(question: str) -> Block:
    """A card of this message is in the making, by others."""
    said = (
        "This message is being made into a card already. Once everybody in it has agreed, you find it in the archive."
    )
    if question:
        said = f"This message is in the archive already: “{blocks.escape(question)}”."
    return blocks.modal("Keep as insight", [blocks.section(said)], callback_id="archive.cannot", close="Close")
