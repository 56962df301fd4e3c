"""The make-believe workspace: everything Slack would remember, in one SQLite file or in memory."""

from playground.workspace.files import Files
from playground.workspace.people import SLACKBOT
from playground.workspace.store import Clock, Doc

__all__ = ["SLACKBOT", "Clock", "Doc", "Workspace"]


class Workspace(Files):
    """One team: people, conversations, messages, views, files, the installed app, and a journal of it all."""
