"""What is next for somebody: from every feature one list, soonest first; three rows in front, the rest on a page."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.members.front.views import GO
from bot.members.rules import day_in_words
from bot.messages import Block
from bot.registry import Ahead, Home, Section, Viewer
from bot.slack import blocks

PAGE = "next"
MOST_ROWS = 3
MOST_ON_PAGE = 45


def section_of(home: Home) -> Section:
    """The front page's "Next for you"; it is not there where nothing is next."""

    async def next_for_you(session: AsyncSession, viewer: Viewer) -> list[Block]:
        rows = await _soonest_first(home, session, viewer)
        if not rows:
            return []
        shown = [blocks.section("*Next for you*"), *[_row(each, viewer) for each in rows[:MOST_ROWS]]]
        if len(rows) > MOST_ROWS:
            shown.append(
                blocks.actions(blocks.button(f"All ({len(rows)})", GO, PAGE, label="All that is next for you"))
            )
        return shown

    return next_for_you


def page_of(home: Home) -> Section:
    """All of it."""

    async def all_that_is_next(session: AsyncSession, viewer: Viewer) -> list[Block]:
        rows = await _soonest_first(home, session, viewer)
        shown = [blocks.actions(blocks.button("← Home", GO, "front")), blocks.header("Next for you")]
        shown += [_row(each, viewer) for each in rows[:MOST_ON_PAGE]]
        if not rows:
            shown.append(blocks.section("Nothing is next for you at the moment."))
        return [*shown, blocks.actions(*home.ahead_more)] if home.ahead_more and viewer.joined else shown

    return all_that_is_next


async def _soonest_first(home: Home, session: AsyncSession, viewer: Viewer) -> Sequence[Ahead]:
    found = [row for rows in home.ahead for row in await rows(session, viewer)]
    return sorted(found, key=lambda row: row.at)


def _row(row: Ahead, viewer: Viewer) -> Block:
    return blocks.section(f"*{_when(row, viewer)}*\n{row.line}", accessory=row.button)


def _when(row: Ahead, viewer: Viewer) -> str:
    """As one looks at a calendar: "Today, 15:00", "Tuesday 10 March, 10:00"; what has begun is "Now"."""
    if row.at <= viewer.now:
        return "Whenever you can" if row.until else "Now"
    zone = ZoneInfo(viewer.tz)
    local, today = row.at.astimezone(zone), viewer.now.astimezone(zone).date()
    day = "today" if local.date() == today else day_in_words(local.date(), today)
    words = f"{'until ' if row.until else ''}{day}, {local:%H:%M}"
    return words[0].upper() + words[1:]
