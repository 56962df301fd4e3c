"""How many days a round is open, for every kind whose rounds close: stored, asked for and read back."""

from pydantic import BaseModel, ConfigDict, Field

from bot.lookup import number_in
from bot.messages import Block
from bot.programs.kinds import State
from bot.slack import blocks

FIELD = "program_open_days"
DAYS = range(1, 14)
PROBLEM = f"Write a number from {DAYS.start} to {DAYS.stop - 1}."


class OpenDays(BaseModel):
    """A kind adds its own options below this one."""

    model_config = ConfigDict(extra="ignore")

    open_days: int = Field(4, ge=DAYS.start, le=DAYS.stop - 1)


def field(chosen: OpenDays, *, then: str) -> Block:
    """The field of the form; `then` says what comes of it."""
    return blocks.field(
        "Days until a round closes",
        blocks.text_input(FIELD, initial=str(chosen.open_days), longest=2),
        block_id=FIELD,
        hint=f"A number from {DAYS.start} to {DAYS.stop - 1}. {then}",
    )


def read(state: State) -> int | None:
    """What a lead wrote; None where it is no such number."""
    days = number_in(str(blocks.chosen(state, FIELD) or "").strip())
    return days if days in DAYS else None
