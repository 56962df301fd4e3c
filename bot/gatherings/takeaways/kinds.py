"""What a kind of gathering says of its takeaways, so that asking, gathering and taking back are the same for each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings.kinds import gathering_kinds_of
from bot.messages import Block, Kind

if TYPE_CHECKING:
    from bot.gatherings.models import Gathering, Takeaway
    from bot.gatherings.words import Facts


@dataclass(frozen=True, kw_only=True)
class Asking:
    """How the question reads, its form, and what is said where an answer can't be given."""

    question: str  # "What do you take from your table?"
    ended: Callable[["Facts"], str]  # mrkdwn: "*Roundtable* is over."
    button: str
    later: str  # under it, behind where the line stands
    nothing: str  # what stands where the buttons were
    title: str
    hint: str  # an example, under the field
    field: str  # how the form names the line: people of the playground write another one for each kind
    submit: str
    missing: str  # nothing was written
    closed: str  # its week is over
    which: str  # what it is about: the label …
    no_one: str  # … the choice of none of them …
    which_hint: str | None = None  # … and what choosing is good for
    least: int = 1  # there is nothing to choose between fewer


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """How what was shared reads. Arguments and results are mrkdwn, with what people wrote already escaped."""

    done: str  # the title of the form once it was handed in
    yours: str  # what stands before the line, for its writer
    promise: str  # what happens in two weeks
    line: Callable[[str, str, str | None], str]  # name, words and what they are about
    called: str  # in a report: "what a listener will try"
    heading: Callable[["Facts"], str] | None = None  # above the lines of one post


@dataclass(frozen=True, kw_only=True)
class Following:
    """How the question two weeks later reads; a day is the one on which the line was shared."""

    opening: Callable[[str], str]  # by the day, before the line: what a notification shows
    recalls: Callable[["Facts", str], str]  # mrkdwn, by the day: above the line
    question: str
    not_yet: str  # a button
    note: Callable[[bool], str]  # whether a card counts the answer, as it is
    answers: Callable[[str, bool], str]  # what stands where the buttons were: yes | partly | no | not_yet


@dataclass(frozen=True, kw_only=True)
class TakeawayKind:
    """How one kind asks; a feature puts it into its kind of gathering. Words are plain text unless they say otherwise."""

    message: Kind  # what the question is sent as; registered with `messages.draw_question`
    asked_after: timedelta  # so long after it is over
    asked_for: timedelta  # so long after its end the question still comes
    asking: Asking
    sharing: Sharing
    following: Following

    # What it may be about, by ids that this kind knows, in the order they are read. One that is gone is not in it.
    about: Callable[[AsyncSession, "Gathering"], Awaitable[dict[int, str]]]
    # Whether a card may count how it went; and somebody said how: yes | partly | no | not_yet.
    counts: Callable[[AsyncSession, "Gathering", "Takeaway"], Awaitable[bool]]
    answered: Callable[[AsyncSession, "Gathering", "Takeaway", str, datetime], Awaitable[None]]
    # Who came and is not asked, because something else is asked of them; they may share all the same.
    not_asked: Callable[[AsyncSession, "Gathering"], Awaitable[set[int]]]
    # One more button beside the question, for one person (member id).
    beside: Callable[[AsyncSession, "Gathering", int], Awaitable[Block | None]] | None = None

    for_everybody: bool = False  # in Perennial may share, beside those who came
    without_thread: bool = False  # whether it is asked also where nobody else can read the answer


def takeaway_kind_of(session: AsyncSession, gathering: "Gathering") -> TakeawayKind | None:
    """How takeaways of this gathering are asked for; None where its kind asks for none, or was taken out."""
    kind = gathering_kinds_of(session).get(gathering.kind)
    return kind.takeaways if kind is not None else None
