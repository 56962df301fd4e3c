"""What a kind of gathering says of its takeaways, so that asking, gathering and taking back are the same for each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.kinds import gathering_kinds_of

if TYPE_CHECKING:
    from bot.gatherings.models import Gathering


@dataclass(frozen=True, kw_only=True)
class TakeawayKind:
    """How one kind asks; a feature puts it into its kind of gathering. Words are plain text."""

    asks: str  # "What do you take from your table?"
    hint: str  # an example, under the field
    then: str  # what somebody did with it two weeks ago: "you took this from your table"
    # What it may be about: proposals that were chosen, by their id, in the order they are read.
    topics: Callable[[AsyncSession, "Gathering"], Awaitable[dict[int, str]]]
    # Somebody said two weeks later how it went: yes | partly | no | not_yet.
    answered: Callable[[AsyncSession, "Gathering", str, datetime], Awaitable[None]]


def takeaway_kind_of(session: AsyncSession, gathering: "Gathering") -> TakeawayKind | None:
    """How takeaways of this gathering are asked for; None where its kind asks for none, or was taken out."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    return kind.takeaways if kind is not None else None
