"""The archive: what was learned stays where the next person finds it, in words their owners agreed to."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registry import Registry


def register(registry: "Registry") -> None:
    """Its doors and hours; imported only here, as the process that matches passes by."""
    from bot.archive import pages, unfurling
    from bot.archive.cards import doors as cards
    from bot.archive.finding import doors as finding

    for room in (finding, cards, pages, unfurling):
        room.register(registry)
