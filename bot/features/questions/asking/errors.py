"""What can go wrong with one's own question; each docstring is what the asker reads."""

from bot.errors import PerennialError


class NotOpen(PerennialError):
    """This question is over, so nothing was changed. Its card in your messages with me shows how it ended."""


class CannotReopen(PerennialError):
    """This question ended too long ago to be opened again. Ask it anew: that takes a minute, and what was said stays readable."""


class StillOpen(PerennialError):
    """This question is open already, so there is nothing for you to do."""


class NoMoreAliases(PerennialError):
    """Three of your questions under an alias are open, so this one stays as it is. Close one of them first."""


class AliasMuted(PerennialError):
    """You ask under your own name for the time being, so this question under an alias stays closed. Ask it anew."""


class NotToMerge(PerennialError):
    """That question is not open any more, or not for you to see, so nothing was merged. Yours goes on by itself."""


class NotForOthers(PerennialError):
    """This question is for one mentor or one group, and others would read what they answer, so it goes on by itself."""
