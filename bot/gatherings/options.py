"""What a lead may choose about every program whose dates are gatherings: how long, how many, where, how far ahead."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.gatherings import words
from bot.gatherings.hosting.drafts import LONGEST_LINK, LONGEST_PLACE, problem_with_link, problem_with_seats
from bot.gatherings.rounds import Details
from bot.gatherings.rules import MINUTES, SEATS
from bot.members.rules import clean, number
from bot.messages import Block
from bot.programs.kinds import OptionsRead, State
from bot.slack import blocks

LENGTH, CHAIRS, PLACE, LINK, AHEAD = ("gathering_minutes", "gathering_seats", "gathering_place", "gathering_link",
                                      "gathering_ahead")  # fmt: skip
MOST_WEEKS = 8


class GatheringOptions(BaseModel):
    """A kind of program adds its own below these."""

    model_config = ConfigDict(extra="ignore")

    minutes: int = Field(30, ge=MINUTES[0], le=MINUTES[-1])
    seats: int | None = Field(None, ge=SEATS.start, le=SEATS.stop - 1)
    place: str | None = Field(None, max_length=LONGEST_PLACE)
    link: str | None = Field(None, max_length=LONGEST_LINK)
    weeks_ahead: int = Field(3, ge=1, le=MOST_WEEKS)

    def details(self) -> Details:
        """A date of such a program, before anybody edits it."""
        return Details(minutes=self.minutes, place=self.place, link=self.link, seats=self.seats)


def fields(chosen: GatheringOptions, *own: Block, ahead_for: str) -> list[Block]:
    """The fields of the form, with a kind's own after the first; `ahead_for`: what the time ahead is needed for."""
    seats = "" if chosen.seats is None else str(chosen.seats)
    lengths = [(words.minutes(each).capitalize(), str(each)) for each in MINUTES]
    return [
        blocks.field("How long", blocks.select(LENGTH, lengths, initial=str(chosen.minutes)), block_id=LENGTH),
        *own,
        blocks.field(
            "Seats",
            blocks.text_input(CHAIRS, initial=seats, longest=3, placeholder="As many as like"),
            block_id=CHAIRS,
            optional=True,
            hint="Leave it empty where everybody fits in. With a number there is a waiting list.",
        ),
        blocks.field(
            "Room",
            blocks.text_input(
                PLACE, initial=chosen.place or "", longest=LONGEST_PLACE, placeholder="Kitchen, third floor"
            ),
            block_id=PLACE,
            optional=True,
        ),
        blocks.field(
            "Call link",
            blocks.text_input(LINK, initial=chosen.link or "", longest=LONGEST_LINK, placeholder="https://…"),
            block_id=LINK,
            optional=True,
        ),
        blocks.field(
            "Planned ahead by",
            blocks.select(
                AHEAD, [(_weeks(each), str(each)) for each in range(1, MOST_WEEKS + 1)], initial=str(chosen.weeks_ahead)
            ),
            block_id=AHEAD,
            hint=ahead_for,
        ),
    ]


def read(state: State, before: GatheringOptions, **own: Any) -> OptionsRead:
    """What a lead chose, with a kind's own options, or what to mend."""
    seats, link = _typed(state, CHAIRS), _typed(state, LINK)
    errors = {}
    if problem := problem_with_seats(seats):
        errors[CHAIRS] = problem
    if link and (problem := problem_with_link(link)):
        errors[LINK] = problem
    if errors:
        return OptionsRead(errors=errors)
    chosen: dict[str, Any] = {
        "minutes": int(_typed(state, LENGTH) or before.minutes),
        "seats": int(seats) if seats else None,
        "place": _typed(state, PLACE) or None,
        "link": link or None,
        "weeks_ahead": int(_typed(state, AHEAD) or before.weeks_ahead),
    }
    return OptionsRead(options=before.model_dump() | chosen | own)


def _typed(state: State, block_id: str) -> str:
    return clean(str(blocks.chosen(state, block_id) or ""))


def _weeks(count: int) -> str:
    return "One week" if count == 1 else f"{number(count).capitalize()} weeks"
