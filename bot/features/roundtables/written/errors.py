"""What can stand in the way of summing up a round; each docstring is what the member reads."""

from bot.errors import Gone, NotYours, TooLate


class SomebodyElse(NotYours):
    """Somebody else sums this round up now, so nothing was changed. Copy your words if you want to keep them."""


class Closed(TooLate):
    """This round was closed with a line already, so no summary is posted any more. Its threads stay open to write in."""


class Stale(TooLate):
    """This summary was posted from another window meanwhile, and this one was not. Copy what you need and open it again."""


class Hidden(TooLate):
    """This round is hidden after a report, so its summary can't be changed now. Should it be put back, you can change it again."""


class Forgotten(Gone):
    """The words of this round were forgotten two weeks after it closed, as its post said. The threads still have them."""
