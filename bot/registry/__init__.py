"""What a feature may plug into, and the tools it is lent while it works."""

from bot.registry.doors import Registry
from bot.registry.events import Event, EventHandler, Events, Handle, Wants
from bot.registry.home import Ahead, Aheads, Home, Section, Viewer, ViewerOf
from bot.registry.milestones import MilestoneKind, Milestones, Reached
from bot.registry.moderation import Reportable, Written
from bot.registry.nudges import Leaning, Leanings, Moment, Moments
from bot.registry.pages import Page, Pages, Reader, ReaderInSlack, ReaderOf
from bot.registry.people import Namer, Passage, Recipients, Welcome, Wishes, WorkspaceStopped
from bot.registry.schedule import Job, NextDue, Run, Schedule
from bot.registry.talk import Audience, Audiences, Fits, Help, TalkOffer
from bot.registry.thanks import Occasion, OfferThanks, ReadThanks, SharedThanks, Thanks, ThanksChanged, ThanksOffer
from bot.registry.tools import Answer, ClientFor, Tools, lend
from bot.registry.words import Word, Words

__all__ = [
    "Ahead",
    "Aheads",
    "Answer",
    "Audience",
    "Audiences",
    "ClientFor",
    "Event",
    "EventHandler",
    "Events",
    "Fits",
    "Handle",
    "Help",
    "Home",
    "Job",
    "Leaning",
    "Leanings",
    "MilestoneKind",
    "Milestones",
    "Moment",
    "Moments",
    "Namer",
    "NextDue",
    "Occasion",
    "OfferThanks",
    "Page",
    "Pages",
    "Passage",
    "Reached",
    "ReadThanks",
    "Reader",
    "ReaderInSlack",
    "ReaderOf",
    "Recipients",
    "Registry",
    "Reportable",
    "Run",
    "Schedule",
    "Section",
    "SharedThanks",
    "TalkOffer",
    "Thanks",
    "ThanksChanged",
    "ThanksOffer",
    "Tools",
    "Viewer",
    "ViewerOf",
    "Wants",
    "Welcome",
    "Wishes",
    "Word",
    "Words",
    "WorkspaceStopped",
    "Written",
    "lend",
]
