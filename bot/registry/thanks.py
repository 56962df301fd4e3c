"""How people say thanks to each other, though another feature keeps it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block


@dataclass(frozen=True)
class Occasion:
    """What somebody may say thanks for, known to both sides by name: nobody under an alias has an occasion."""

    subject: str  # such as "introduction:12"
    giver_id: int
    receiver_ids: tuple[int, ...]


@dataclass(frozen=True)
class ThanksOffer:
    """Whether thanks were said for an occasion, and otherwise the way to say them, where somebody can be reached."""

    said: bool
    button: Block | None = None


@dataclass(frozen=True)
class SharedThanks:
    """A thank-you that both sides agreed to share; `subject` is what [Report] beside it is about."""

    subject: str
    giver: str  # a name, unescaped, as are the words
    words: str


OfferThanks = Callable[[AsyncSession, int, Occasion], Awaitable[ThanksOffer]]  # (session, workspace id, occasion)
# (session, workspace id, subjects of occasions, how many at most) → those that may be read by everybody, oldest first.
ReadThanks = Callable[[AsyncSession, int, list[str], int], Awaitable[list[SharedThanks]]]
# (session, workspace id, subject of an occasion, who says thanks, now): it is said, shared, private or taken back.
ThanksChanged = Callable[[AsyncSession, int, str, int, datetime], Awaitable[None]]


@dataclass
class Thanks:
    """How features offer to say thanks and read what may be read, though another one keeps it."""

    offer: OfferThanks | None = None
    shared: ReadThanks | None = None
    changed: list[ThanksChanged] = field(default_factory=list)  # features that show it look at the subject themselves
