"""What stands on the Home tab: sections, pages of their own, and rows of the Settings page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block


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


ViewerOf = Callable[[AsyncSession, int, int, datetime], Awaitable[Viewer | None]]
Section = Callable[[AsyncSession, Viewer], Awaitable[list[Block]]]


@dataclass(frozen=True)
class Ahead:
    """One thing that is next for somebody: a row of "Next for you", whoever contributes it."""

    at: datetime  # when it is, or until when it is theirs to do: soonest stands first
    line: str  # what it is; mrkdwn, with people's own words escaped
    button: Block | None = None
    until: bool = False


Aheads = Callable[[AsyncSession, Viewer], Awaitable[list[Ahead]]]


@dataclass
class Home:
    """Sections of App Home by position (small is high), and whole pages by the first word of a place."""

    sections: list[tuple[int, Section]] = field(default_factory=list)
    pages: dict[str, Section] = field(default_factory=dict)
    settings: list[Section] = field(default_factory=list)  # rows of the Settings page
    lead_settings: list[Section] = field(default_factory=list)  # … and of its part for leads
    ahead: list[Aheads] = field(default_factory=list)  # what is next for people
    ahead_more: list[Block] = field(default_factory=list)

    def add_ahead(self, rows: Aheads, *, more: Block | None = None) -> None:
        """Contribute rows to "Next for you"; `more` is a button below all of them, such as [All sessions]."""
        self.ahead.append(rows)
        self.ahead_more += [more] if more is not None else []

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
