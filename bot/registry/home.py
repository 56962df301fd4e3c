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
