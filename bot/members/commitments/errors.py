"""What can go wrong when somebody takes something on."""

from bot.errors import PerennialError


class NoRoom(PerennialError):
    """That is more than you take on at a time, so nothing was changed. You can change the number: My room, in your Home tab."""


class ClosedForNow(PerennialError):
    """You said "no more for now", so nothing new was given to you. Open again under My room, in your Home tab."""
