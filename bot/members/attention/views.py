"""How what waits and what was missed is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.members import rules
from bot.members.preferences.views import EDIT_HOURS
from bot.messages import Block, Content, Kind, MessageClass
from bot.slack import blocks

DIGEST = Kind("attention.digest", MessageClass.SUGGESTION, priority=1, expires=timedelta(days=7), private=True)
READ = "attention.read"
READ_ALL = "attention.read_all"
MOST_ROWS = 3
Noun = tuple[str, str]  # one of it, several of it


@dataclass(frozen=True)
class Waiting:
    """A message that is held back: which, what it is, until when, and whether for its hour or for room in the week."""

    delivery_id: int
    noun: Noun
    until: datetime | None
    why: str  # hours | budget | day


def digest(missed: Sequence[tuple[Noun, int]]) -> Content:
    """What found no place this week, a kind a line, and how to make room."""
    said = rules.listed([_counted(noun, many) for noun, many in missed])
    text = f"Your week had no room for {said}"
    return Content(
        text=text,
        blocks=[
            blocks.section(f"*{text}.* Nothing of it needs an answer."),
            blocks.actions(blocks.button("Change how many I get", EDIT_HOURS)),
            blocks.context("You decide how many messages a week are welcome. This line comes once a week at most."),
        ],
    )


def waiting(rows: Sequence[Waiting], tz: str, now: datetime) -> list[Block]:
    """What is held back for whoever looks, and how to read it now; nothing, where nothing waits."""
    if not rows:
        return []
    shown = [blocks.section("*Waiting for you*")]
    for row in rows[:MOST_ROWS]:
        noun = row.noun[0]
        button = blocks.button("Read it now", READ, str(row.delivery_id), label=f"Read it now: {noun}")
        shown.append(blocks.section(f"{noun[0].upper()}{noun[1:]} comes {_until(row, tz, now)}", accessory=button))
    if len(rows) > 1:
        shown.append(blocks.actions(blocks.button(f"Read all {rules.number(len(rows))} now", READ_ALL)))
    return shown


def _counted(noun: Noun, many: int) -> str:
    return noun[0] if many == 1 else f"{rules.number(many)} {noun[1]}"


def _until(row: Waiting, tz: str, now: datetime) -> str:
    if row.until is None:
        return "in your next working hours"
    today, day = (moment.astimezone(ZoneInfo(tz)).date() for moment in (now, row.until))
    said = "today" if day == today else rules.day_in_words(day, today)
    return said if row.why == "hours" else f"{said}, when your week has room"
