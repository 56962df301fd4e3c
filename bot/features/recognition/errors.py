"""What can go wrong with thanks; each docstring is what the member reads."""

from bot.errors import PerennialError


class NobodyToThank(PerennialError):
    """Whoever this was about is not in Perennial any more, so it can't reach them here. A line from you to them can."""
