"""Programs: recurring arrangements that open a round when it is due, once."""

from bot.programs import store
from bot.registry import Registry


def register(registry: Registry) -> None:
    """Its doors and hours."""
    assert store
