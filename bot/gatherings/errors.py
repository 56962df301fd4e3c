"""What can stand in the way of coming to a gathering; each docstring is what the member reads."""

from bot.errors import PerennialError, TooLate


class Over(TooLate):
    """That session is over, so there is nothing left to choose here. Its page keeps what came of it."""


class CalledOff(TooLate):
    """That session will not take place, so there is nothing left to choose here."""


class InThePast(TooLate):
    """A session can't be planned for a moment that has passed. Pick a later one."""


class HasBegun(TooLate):
    """That session has begun, so its date can't be changed any more."""


class ByInvitation(PerennialError):
    """Guests come to this session when its host invites them. Write to the host if you would like to be there."""


class NotYoursToHost(PerennialError):
    """Only its host, its co-host and leads can do that. Its page says who hosts."""
