"""What can go wrong when something is reported or decided on; each docstring is what the person reads."""

from bot.errors import PerennialError


class GoneAlready(PerennialError):
    """That is no longer there, so there is nothing to hide."""


class OwnThing(PerennialError):
    """You wrote that yourself, so there is nobody to report. You can change it or take it back where it stands."""


class ReportedAlready(PerennialError):
    """Somebody has reported that already. It is hidden, and somebody has been asked to look at it."""


class KeptHidden(PerennialError):
    """Somebody looked at that, and it stays hidden. There is nothing more for you to do."""


class LookedAtAlready(PerennialError):
    """You reported that before, and it was put back after a look at it. If it still troubles you, talk to a lead."""


class TooManyReports(PerennialError):
    """That is five reports within a day, the most I take from one person. If this one can't wait, talk to a lead."""


class NotForGuestsHere(PerennialError):
    """Guests can't report from here. Please tell a lead of this workspace; they can have it hidden at once."""


class NotYourDecision(PerennialError):
    """Somebody else decides on this one, so nothing was changed. Nobody decides on what they wrote or reported."""


class NotAModerator(PerennialError):
    """Only moderators can do that here, and leads where nobody moderates. Leads name them in their Settings."""


class DecidedAlready(PerennialError):
    """That was decided already, so nothing was changed. Reports, in your Home tab, shows how."""


class TooLongAgo(PerennialError):
    """That was decided more than thirty days ago and can't be turned round from here any more."""
