"""What can go wrong with goals; each docstring is what the member reads."""

from bot.errors import PerennialError


class EnoughGoals(PerennialError):
    """Seven goals are open or resting, and more than that pull in too many directions. Finish one or let one go first."""


class AlreadyClosed(PerennialError):
    """This goal is done or let go, so nothing was changed. You find it under "Done and let go", where it can be opened again."""
