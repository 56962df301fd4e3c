"""Every door and hour of the house, in one place that is handed to each feature."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from bot.kinds import Kinds
from bot.registry.events import Events
from bot.registry.home import Home, ViewerOf
from bot.registry.milestones import Milestones
from bot.registry.moderation import Reportable
from bot.registry.nudges import Leanings, Moments
from bot.registry.pages import Pages, ReaderInSlack, ReaderOf
from bot.registry.people import Namer, Passage, Recipients, Welcome, Wishes, WorkspaceStopped
from bot.registry.schedule import Schedule
from bot.registry.talk import Audiences, Help, TalkOffer
from bot.registry.thanks import Thanks
from bot.registry.words import Words

if TYPE_CHECKING:  # the ground imports nothing from the storeys above it
    from bot.gatherings.ballots.kinds import BallotKind
    from bot.gatherings.kinds import GatheringKind
    from bot.programs.kinds import ProgramKind


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
    # What is put to the vote, by what a subject begins with.
    ballots: "dict[str, BallotKind]" = field(default_factory=dict)
    moments: list[Moments] = field(default_factory=list)  # what is going on in people's days, for nudges
    leanings: list[Leanings] = field(default_factory=list)  # which themes people care about, for nudges
    wishes: list[Wishes] = field(default_factory=list)  # what people want to learn, for prompts
    helps: list[Help] = field(default_factory=list)  # who or what can help somebody who is stuck
    finds: list[Help] = field(default_factory=list)  # buttons beside [Search insights], such as [Ask mentors]
    talk_offers: list[TalkOffer] = field(default_factory=list)  # what can be done with a message outside any thread
    joined: list[Passage] = field(default_factory=list)  # called when somebody finished the three steps and is in …
    welcomes: list[Welcome] = field(default_factory=list)  # what whoever has just joined reads at once
    left: list[Passage] = field(default_factory=list)  # … and when somebody left Perennial, or was deactivated in Slack
    # … after those: what they stand on, whose rows are locked later.
    left_after: list[Passage] = field(default_factory=list)
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
