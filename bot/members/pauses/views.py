"""How a pause is asked for, answered and ended."""

from datetime import date
from typing import Any

from bot.members import rules
from bot.messages import Block, Content
from bot.slack import blocks
from bot.slack.blocks import chosen

PAUSE = "members.pause"
RESUME = "members.resume"
UNDO_RESUME = "members.undo_resume"
ENDED = "members.pause_ended"
HOW_LONG, DAY = "how_long", "day"
PICK = "members.pick"
CHOICES = (
    ("A week", "week"),
    ("Two weeks", "two_weeks"),
    ("A month", "month"),
    ("Until the day below", "day"),
)


def pause_form() -> Block:
    """For how long?"""
    return blocks.modal(
        "Pause",
        [
            blocks.section(
                "Nobody is introduced to you, and nothing is suggested. It ends by itself, and you hear so that day."
            ),
            blocks.field("For how long?", blocks.radios(PICK, CHOICES, initial="two_weeks"), block_id=HOW_LONG),
            blocks.field(
                "I am back on",
                blocks.date_input(PICK),
                block_id=DAY,
                hint="Only for the last choice above. The first day you welcome messages again.",
                optional=True,
            ),
        ],
        callback_id=PAUSE,
        submit="Pause",
    )


def read_pause(state: dict[str, Any], today: date) -> tuple[date | None, dict[str, str]]:
    """The first day back, and what is wrong with it by field; a day that was picked counts where no span was."""
    span, day = chosen(state, HOW_LONG), chosen(state, DAY)
    if span in rules.PRESETS:
        return today + rules.PRESETS[span], {}
    try:
        until = date.fromisoformat(day) if day else None
    except ValueError:
        until = None
    problem = rules.problem_with_pause(until, today)
    return until, {DAY: problem} if problem else {}


def paused(until: date, today: date) -> tuple[str, list[Block]]:
    """The answer to whoever typed it."""
    day = rules.day_in_words(until, today)
    text = f"Paused until {day}. You are back by yourself that day, and hear so."
    return text, [
        blocks.section(text),
        blocks.actions(
            blocks.button("Resume now", RESUME), blocks.button("Another day", PAUSE), block_id="paused_acts"
        ),
    ]


def resumed(until: date | None) -> tuple[str, list[Block]]:
    """The answer to whoever came back early, with an undo; or to whoever was not away."""
    if until is None:
        text = "You are not paused, so there is nothing to end."
        return text, [blocks.section(text)]
    text = "Your pause is over, and you are back."
    return text, [
        blocks.section(text, accessory=blocks.button("Undo", UNDO_RESUME, until.isoformat()), block_id="back_again")
    ]


def pause_ended(name: str) -> Content:
    """Said on the first day back."""
    text = f"Welcome back, {name}. Your pause ends today, so you are part of the next introductions again."
    return Content(
        text=text,
        blocks=[
            blocks.section(blocks.escape(text)),
            blocks.actions(blocks.button("Pause again", PAUSE), block_id="pause_again"),
        ],
    )
