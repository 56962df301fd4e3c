"""The doors and hours of written roundtables: every message, job, button and form, by name."""

from bot.features.roundtables.written import library
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    library.prompts(), library.gaps()  # a broken content file stops the start, not the first prompt
