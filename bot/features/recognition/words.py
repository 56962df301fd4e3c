"""How thanks are spoken of everywhere: words in somebody's own voice, and a day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.members.rules import day_in_words
from bot.messages import Block
from bot.slack import blocks

MOST_ON_LOCK_SCREEN = 120


def quoted(text: str) -> str:
    """Somebody's words as a quotation; they ping nobody and link nowhere."""
    return "\n".join(f"> {line}" for line in blocks.escape(text).splitlines() if line.strip())


def said(text: str, *, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph with people's words in it; Slack adds no links or names of its own to them."""
    block = blocks.section(text, accessory=accessory, block_id=block_id)
    block["text"]["verbatim"] = True
    return block


def first_words(text: str) -> str:
    """The beginning, for a lock screen."""
    return blocks.escape(blocks.cut(" ".join(text.split()), MOST_ON_LOCK_SCREEN))


def local_day(moment: datetime, tz: str) -> date:
    """Which day a moment is where somebody lives."""
    return moment.astimezone(ZoneInfo(tz)).date()


def on(moment: datetime, tz: str, today: date) -> str:
    """A day as one says it; today is today."""
    day = local_day(moment, tz)
    return "today" if day == today else f"on {day_in_words(day, today)}"
