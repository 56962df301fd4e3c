"""What a feature may plug into, and the tools it is lent while it works."""

import inspect
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.db import Database
from bot.kinds import Kinds
from bot.messages import Block, Recipient
from bot.settings import Settings

if TYPE_CHECKING:  # the ground imports nothing from the storeys above it
    from starlette.requests import Request
    from starlette.responses import Response

    from bot.gatherings.ballots.kinds import BallotKind
    from bot.gatherings.kinds import GatheringKind
    from bot.programs.kinds import ProgramKind

Answer = Callable[[], Awaitable[Any]]  # something Slack is told at once after the commit, such as an ephemeral message
ClientFor = Callable[[int], Awaitable[AsyncWebClient]]  # workspace id → a client with that workspace's token


@dataclass
class Tools:
    """Everything a listener or job may need, lent to it; none of it is global."""

    settings: Settings
    database: Database
    clock: Clock
    client_for: ClientFor
    cpu: Executor  # another process, for work that would hold up acknowledgements
    log: structlog.stdlib.BoundLogger = field(default_factory=lambda: structlog.get_logger("perennial"))
    stopping: bool = False  # asked to stop: finish what is in hand, take nothing new


@dataclass(frozen=True)
class Event:
    """One event from Slack's Events API, for one of our workspaces; `payload` is the inner event."""

    workspace_id: int
    event_id: str
    type: str
    payload: dict[str, Any]
    received_at: datetime


Wants = Callable[[AsyncSession, Event], Awaitable[bool]]
Handle = Callable[[AsyncSession, Event, Tools], Awaitable[list[Answer] | None]]


@dataclass(frozen=True)
class EventHandler:
    """A named handler of one event type; unwanted events are forgotten unread."""

    name: str
    run: Handle
    wants: Wants | None = None


class Events:
    """Any number of handlers for each event type."""

    def __init__(self) -> None:
        self._handlers: dict[str, list[EventHandler]] = {}

    def on(self, type: str, run: Handle, *, wants: Wants | None = None) -> None:
        """Have `run(session, event, tools)` called once per event, in the transaction that marks it done."""
        name = f"{run.__module__}.{run.__name__}"
        self._handlers.setdefault(type, []).append(EventHandler(name, run, wants))

    def handlers(self, type: str) -> list[EventHandler]:
        """Who wants events of this type."""
        return self._handlers.get(type, [])

    def find(self, type: str, name: str) -> EventHandler | None:
        """The handler a stored row names, if it still exists."""
        return next((handler for handler in self.handlers(type) if handler.name == name), None)

    @property
    def types(self) -> list[str]:
        """Every event type somebody handles."""
        return sorted(self._handlers)


Run = Callable[[Tools], Awaitable[int]]
NextDue = Callable[[AsyncSession], Awaitable[datetime | None]]


@dataclass(frozen=True)
class Job:
    """Work the clock asks for: `next_due` looks (one indexed query), `run` does what is due and says how many items."""

    name: str
    run: Run
    next_due: NextDue


class Schedule:
    """The jobs the scheduler asks, in the order they were added."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}

    def when_due(self, name: str, run: Run, *, next_due: NextDue) -> None:
        """Have `run(tools)` called whenever `next_due(session)` has come."""
        self.jobs[name] = Job(name, run, next_due)


@dataclass(frozen=True)
class Viewer:
    """Whose Home tab is drawn, and when."""

    workspace_id: int
    member_id: int
    slack_id: str
    tz: str
    is_lead: bool
    joined: bool
    place: str
    now: datetime


Section = Callable[[AsyncSession, Viewer], Awaitable[list[Block]]]


@dataclass
class Home:
    """Sections of App Home by position (small is high), and whole pages by the first word of a place."""

    sections: list[tuple[int, Section]] = field(default_factory=list)
    pages: dict[str, Section] = field(default_factory=dict)
    settings: list[Section] = field(default_factory=list)  # rows of the Settings page
    lead_settings: list[Section] = field(default_factory=list)  # … and of its part for leads

    def add(self, section: Section, *, position: int) -> None:
        """Contribute a section to the front page; an empty list draws nothing."""
        self.sections.append((position, section))
        self.sections.sort(key=lambda item: item[0])

    def add_page(self, name: str, page: Section) -> None:
        """Contribute a page of its own, shown while the viewer's place is `name` or `name:…`."""
        self.pages[name] = page

    def add_setting(self, row: Section) -> None:
        """Contribute a row to the Settings page of people who are in."""
        self.settings.append(row)

    def add_lead_setting(self, row: Section) -> None:
        """Contribute a row to the part of the Settings page that only leads see."""
        self.lead_settings.append(row)


@dataclass(frozen=True)
class Word:
    """What `/mentor word` does; the listener is called like any Bolt listener, with `rest` = the words after it."""

    listener: Callable[..., Awaitable[None]]
    help: str


class Words:
    """The words people may put after the slash command."""

    def __init__(self) -> None:
        self.known: dict[str, Word] = {}

    def add(self, word: str, listener: Callable[..., Awaitable[None]], *, help: str) -> None:
        """Have `/mentor word …` call the listener; `help` is its line in the help answer."""
        self.known[word] = Word(listener, help)


@dataclass(frozen=True)
class Moment:
    """Something in somebody's days that makes one kind of nudge fit, known to the feature that contributes it."""

    name: str  # as the nudges' content names it, such as "before-first-meeting"
    reason: str  # why it fits, behind "because": "you meet Ben tomorrow"; mrkdwn, with people's own words escaped
    themes: frozenset[str] = frozenset()  # what it is about, where that is known


@dataclass(frozen=True)
class Leaning:
    """A theme somebody cares about, and how we know: "one of your goals is about giving feedback"."""

    theme: str
    reason: str


@dataclass(frozen=True)
class Wishes:
    """What people want to learn, by their tags alone, as the storey or feature that knows them contributes it.

    `of(session, workspace id, only)`: (member id, slug, name) of each tag; of these people only, where it is not None.
    """

    asks_first: bool  # asked of those only who switched it on themselves
    of: "Callable[[AsyncSession, int, Collection[int] | None], Awaitable[list[tuple[int, str, str]]]]"


@dataclass(frozen=True)
class TalkOffer:
    """A button under the answer to a message outside any thread; its value is "channel:ts" of that message."""

    label: str
    action_id: str
    fits: "Fits | None" = None  # whom it is shown to; None: everybody who is in


@dataclass(frozen=True)
class Audience:
    """People who may read what somebody asks, and under which name they are chosen."""

    key: str  # such as "program:3"
    name: str  # as it is read: "Everybody in Coffee across teams"
    member_ids: tuple[int, ...]
    channel: str | None = None  # where they all read, if there is such a place


@dataclass(frozen=True)
class Written:
    """Something written for others, as a moderator needs it; mrkdwn, with people's own words escaped."""

    words: str
    author_id: int | None  # None: under an alias, or unknown
    where: str  # "an answer", "a card in the archive"


@dataclass(frozen=True)
class Reportable:
    """How one kind of thing written for others is looked at, hidden and put back; subjects are "kind:id".

    Each gets (session, workspace id, id, now); `look` gives None where it is gone, and the words though they are
    hidden. What the author is told is mrkdwn, ready to be read.
    """

    look: Callable[[AsyncSession, int, int, datetime], Awaitable[Written | None]]
    hide: Callable[[AsyncSession, int, int, datetime], Awaitable[None]]
    restore: Callable[[AsyncSession, int, int, datetime], Awaitable[None]]
    tell: Callable[
        [AsyncSession, int, int, str, datetime], Awaitable[None]
    ]  # … its author, alias or not: what happened
    # A moderator's further buttons. Whoever answers them asks `moderation.decider` first.
    extra: Callable[[AsyncSession, int, int], Awaitable[list[Block]]] | None = None


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


@dataclass(frozen=True)
class MilestoneKind:
    """Something worth a quiet moment, in the words of the feature that sees it happen."""

    yours: str  # to whoever reached it: "You met the tenth person I introduced you to."
    on_page: str  # on a page of their own: "Met ten people through introductions"
    theirs: str  # behind their name, for others: "has met ten people through introductions"
    # (session, workspace id, member id, what it is about): whether it still holds; asked before anybody is told.
    holds: Callable[[AsyncSession, int, int, int], Awaitable[bool]]
    told_there: bool = False  # the feature celebrates it by itself, so that a note would say it twice


@dataclass(frozen=True)
class Reader:
    """Who reads our web pages, as they stand at this very request."""

    workspace_id: int
    member_id: int
    slack_id: str
    name: str  # as Slack gave it; templates escape it
    tz: str
    company: str


@dataclass(frozen=True)
class Page:
    """An address of the web pages, for members of a workspace only; `path` as Starlette writes it."""

    path: str
    show: "Callable[[Request, Reader, Tools], Awaitable[Response]]"
    method: str = "GET"


class Pages:
    """The web pages storeys and features contribute; who may read them is asked before every one."""

    def __init__(self) -> None:
        self.all: list[Page] = []

    def add(self, path: str, show: "Callable[[Request, Reader, Tools], Awaitable[Response]]") -> None:
        """Have `show(request, reader, tools)` answer whoever opens that address and may."""
        self.all.append(Page(path, show))

    def add_deed(self, path: str, do: "Callable[[Request, Reader, Tools], Awaitable[Response]]") -> None:
        """Have `do(request, reader, tools)` take a form that was sent from one of our pages, and from nowhere else."""
        self.all.append(Page(path, do, "POST"))


# (session, workspace id, member ids, now) → by member id; asked for hundreds of members at once.
Moments = Callable[[AsyncSession, int, list[int], datetime], Awaitable[dict[int, list[Moment]]]]
Leanings = Callable[[AsyncSession, int, list[int], datetime], Awaitable[dict[int, list[Leaning]]]]
# (session, workspace id, member id) → a button towards help for whoever is stuck, or None where there is none for them.
Help = Callable[[AsyncSession, int, int], Awaitable[Block | None]]
Fits = Callable[[AsyncSession, int, int], Awaitable[bool]]  # (session, workspace id, member id)
Audiences = Callable[[AsyncSession, int, int], Awaitable[list[Audience]]]  # (session, workspace id, who asks)
# (session, workspace id, ids) → what each is, as "a question about pricing"; mrkdwn, with people's own words escaped.
Namer = Callable[[AsyncSession, int, list[int]], Awaitable[dict[int, str]]]
Welcome = Callable[[AsyncSession, int], Awaitable[list[Block]]]  # (session, workspace id)
ViewerOf = Callable[[AsyncSession, int, int, datetime], Awaitable[Viewer | None]]
Recipients = Callable[[AsyncSession, int, list[int]], Awaitable[dict[int, Recipient]]]
ReaderOf = Callable[[AsyncSession, int, int], Awaitable[Reader | None]]  # (session, workspace id, member id)
ReaderInSlack = Callable[[AsyncSession, str, str], Awaitable[Reader | None]]  # (session, Slack team id, Slack user id)
OfferThanks = Callable[[AsyncSession, int, Occasion], Awaitable[ThanksOffer]]  # (session, workspace id, occasion)
# (session, workspace id, subjects of occasions, how many at most) → those that may be read by everybody, oldest first.
ReadThanks = Callable[[AsyncSession, int, list[str], int], Awaitable[list[SharedThanks]]]
# (session, workspace id, subject of an occasion, who says thanks, now): it is said, shared, private or taken back.
ThanksChanged = Callable[[AsyncSession, int, str, int, datetime], Awaitable[None]]
# (session, workspace id, member id, kind of milestone, what it is about, now); told again, it changes nothing.
Reached = Callable[[AsyncSession, int, int, str, int, datetime], Awaitable[None]]
Passage = Callable[[AsyncSession, int, int, datetime], Awaitable[None]]  # (session, workspace id, member id, now)
WorkspaceStopped = Callable[[AsyncSession, int, str], Awaitable[None]]


@dataclass
class Thanks:
    """How features offer to say thanks and read what may be read, though another one keeps it."""

    offer: OfferThanks | None = None
    shared: ReadThanks | None = None
    changed: list[ThanksChanged] = field(default_factory=list)  # features that show it look at the subject themselves


@dataclass
class Milestones:
    """What features see happen in somebody's growing, and who wants to hear of it."""

    kinds: dict[str, MilestoneKind] = field(default_factory=dict)
    reached: list[Reached] = field(default_factory=list)


@dataclass
class Registry:
    """The doors and hours of every feature."""

    bolt: AsyncApp
    events: Events = field(default_factory=Events)
    schedule: Schedule = field(default_factory=Schedule)
    home: Home = field(default_factory=Home)
    words: Words = field(default_factory=Words)
    kinds: Kinds = field(default_factory=Kinds)
    program_kinds: "dict[str, ProgramKind]" = field(default_factory=dict)  # by name; features add theirs
    gathering_kinds: "dict[str, GatheringKind]" = field(default_factory=dict)  # by name, as their kinds of program
    ballots: "dict[str, BallotKind]" = field(
        default_factory=dict
    )  # what is put to the vote, by what a subject begins with
    moments: list[Moments] = field(default_factory=list)  # what is going on in people's days, for nudges
    leanings: list[Leanings] = field(default_factory=list)  # which themes people care about, for nudges
    wishes: list[Wishes] = field(default_factory=list)  # what people want to learn, for prompts
    helps: list[Help] = field(default_factory=list)  # who or what can help somebody who is stuck
    finds: list[Help] = field(default_factory=list)  # buttons beside [Search insights], such as [Ask mentors]
    talk_offers: list[TalkOffer] = field(default_factory=list)  # what can be done with a message outside any thread
    joined: list[Passage] = field(default_factory=list)  # called when somebody finished the three steps and is in …
    welcomes: list[Welcome] = field(default_factory=list)  # what whoever has just joined reads at once
    left: list[Passage] = field(default_factory=list)  # … and when somebody left Perennial, or was deactivated in Slack
    left_after: list[Passage] = field(
        default_factory=list
    )  # … after those: what they stand on, whose rows are locked later
    paused: list[Passage] = field(default_factory=list)  # … and when somebody began a pause
    no_more: list[Passage] = field(default_factory=list)  # somebody takes on nothing new for now: release what waits
    commitment_names: dict[str, Namer] = field(default_factory=dict)  # what somebody took on, by kind of commitment
    audiences: list[Audiences] = field(default_factory=list)  # who may read what somebody asks
    reportable: dict[str, Reportable] = field(default_factory=dict)  # what is written for others, by kind of subject
    thanks: Thanks = field(default_factory=Thanks)
    milestones: Milestones = field(default_factory=Milestones)
    pages: Pages = field(default_factory=Pages)  # web pages for members
    reader: ReaderOf | None = None  # members/ says who may read those: nobody who left, was deactivated or never joined
    reader_in_slack: ReaderInSlack | None = None  # the same, for somebody Slack vouches for
    viewer: ViewerOf | None = None  # members/ says who looks at a Home tab: (session, workspace id, member id, now)
    recipients: Recipients | None = None  # members/ says how to reach people: (session, workspace id, member ids)
    workspace_stopped: WorkspaceStopped | None = None  # members/ notes it: (session, workspace id, Slack's reason)


async def lend(function: Callable[..., Awaitable[Any]], **things: Any) -> Any:
    """Call `function` with those of `things` that its arguments name."""
    wanted = inspect.signature(function).parameters
    return await function(**{name: value for name, value in things.items() if name in wanted})
