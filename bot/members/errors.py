"""Who may not act here; each docstring is what they read."""

from bot.errors import PerennialError


class NotFromHere(PerennialError):
    """Perennial belongs to the company whose Slack this is, so it can't do that for people of another one."""


class NotForBots(PerennialError):
    """Only people can do that here; apps and workflows can't."""


class Deactivated(PerennialError):
    """This account is deactivated in Slack, so nothing was changed. A workspace admin can bring it back."""


class NotForGuests(PerennialError):
    """Guests can't join Perennial in this workspace so far. A lead can allow it under Settings in their Home tab."""
