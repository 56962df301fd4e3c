"""What can go wrong with cards; each docstring is what the member reads."""

from bot.errors import PerennialError


class NotYourCard(PerennialError):
    """This card belongs to whoever made it, those whose words are in it, and the leads. Once published, all can read it."""


class BeingAgreedOn(PerennialError):
    """Its people are agreeing on new words from a conversation only they can read. Once they have, you can change it."""


class TakenBack(PerennialError):
    """This card was taken back, so there is nothing to change. Your Home tab lists the cards that stand, under My cards."""


class UnderReview(PerennialError):
    """A moderator looks at this card at the moment, so nothing was changed. You hear from me when that is decided."""


class NothingToAnswer(PerennialError):
    """The card changed since I asked, so nothing was answered. Where words of yours are still in it, a newer message asks."""
