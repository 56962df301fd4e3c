"""What a feature says of its kind of gathering, so that seats, reminders and changes are the same for every kind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.messages import Block

if TYPE_CHECKING:
    from bot.gatherings.models import Gathering
    from bot.gatherings.takeaways.kinds import TakeawayKind
    from bot.programs.models import Program

Happening = Callable[[AsyncSession, "Gathering", datetime], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class GatheringKind:
    """One kind of gathering; a feature puts it into `registry.gathering_kinds[kind.name]`, named as its program kind.

    Every function runs inside the caller's transaction (or reading session) and must not call Slack.
    Strings are mrkdwn, with what people wrote already escaped.
    """

    name: str  # storytelling | roundtables
    noun: str  # as read: "story session", "roundtable"
    untitled: str  # what stands for a title while there is none: "Stories"

    # What is said of it beside date and place, a line each: "Told by Femi and Ana".
    lines: Callable[[AsyncSession, "Gathering"], Awaitable[list[str]]]
    # The same for one person (member id) in their reminders: "You sit at table 3".
    own_lines: Callable[[AsyncSession, "Gathering", int], Awaitable[list[str]]] | None = None
    # Extra rows on its page: for everybody who looks (viewer's member id), and for its host.
    member_rows: Callable[[AsyncSession, "Gathering", int], Awaitable[list[Block]]]
    host_rows: Callable[[AsyncSession, "Gathering"], Awaitable[list[Block]]]

    planned: Happening  # it was planned: begin what the feature does ahead of it
    moved: Happening  # it has another date: follow
    changed: Happening | None = None  # its title, place, link or length is another one, by its host
    called_off: Happening  # it will not take place: withdraw what the feature has under way
    over: Happening  # its time has passed and it took place

    # Somebody who said that they come can't after all; for features in which people have a part of their own.
    cannot_come: Callable[[AsyncSession, "Gathering", int, datetime], Awaitable[None]] | None = None

    # Who comes has changed: somebody got a seat, gave one back, or is gone.
    seats_changed: Happening | None = None

    # How those who came are asked what they take from it; None: its feature asks them nothing, or asks by itself.
    takeaways: "TakeawayKind | None" = None

    # Its channel hears of it so long before, or as soon as it is planned where that is nearer; None: at once.
    announced_before: timedelta | None = None


def gathering_kinds_of(session: AsyncSession) -> dict[str, GatheringKind]:
    """Every kind of gathering that features registered, lent to every session."""
    kinds: dict[str, GatheringKind] = session.info["gathering_kinds"]
    return kinds


def gathering_kind_of(session: AsyncSession, gathering: "Gathering") -> GatheringKind:
    """The kind of one gathering; its feature may have been taken out since."""
    return _found(session, gathering.kind)


def kind_of_program(session: AsyncSession, program: "Program") -> GatheringKind:
    """The kind of gathering that a program has."""
    return _found(session, program.kind)


def _found(session: AsyncSession, name: str) -> GatheringKind:
    kind = gathering_kinds_of(session).get(name)
    if kind is None:
        raise Gone(f"This Perennial no longer has sessions of the kind {name}.")
    return kind
