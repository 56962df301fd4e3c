"""Speaks: the bar, the page My room, its form, and what is answered to "no more for now"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.members.commitments import words
from bot.members.commitments.rules import LEAST_CAP, MOST_CAP, Load, Taken, room_from
from bot.members.front.views import GO
from bot.members.rules import number
from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import chosen

PAGE = "room"
NO_MORE, OPEN_AGAIN, CLOSE_AGAIN = "commitments.no_more", "commitments.open_again", "commitments.close_again"
CAP, CAP_BLOCK, PICK = "commitments.cap", "cap", "commitments.pick"
MOST_ROWS = 40
NOT_A_NUMBER = "Pick a number from the list."


@dataclass(frozen=True)
class Shown:
    """Somebody's room as they see it: `names` are what each thing is, in the order of `taken`."""

    load: Load
    taken: Sequence[Taken]
    names: Sequence[str]
    tz: str
    now: datetime
    was_closed_until: datetime | None = None  # they have just opened again

    @property
    def line(self) -> str:
        """All of it on one line."""
        return words.line(self.load, self.taken, self.tz, self.now)


def no_more_button(place: str = PAGE) -> Block:
    """[No more for now], for every message and page in which somebody takes something on, accepts or declines.

    One stands beside the other buttons of a row and needs nothing of the feature; `place`: where a Home tab turns to.
    """
    return blocks.button("No more for now", NO_MORE, place, label="No more for now: nothing new for four weeks")


def row(shown: Shown) -> list[Block]:
    """One line on the front page."""
    button = blocks.button("My room", GO, PAGE, label="My room: what I have taken on")
    return [blocks.section(f"*My room:* {shown.line}", accessory=button, block_id="room")]


def settings_row(shown: Shown) -> Block:
    """One line on the Settings page."""
    button = blocks.button("Open", GO, PAGE, label="Open: My room")
    return blocks.section(f"*My room*\n{shown.line}", accessory=button, block_id="room_setting")


def bar(shown: Shown, place: str = PAGE) -> list[Block]:
    """The bar with what can be done about it, for any page; `place`: the page it stands on."""
    return [blocks.section(f"*My room*\n{shown.line}", block_id="room"), *_turns(shown, place)]


def _turns(shown: Shown, place: str) -> list[Block]:
    said = []
    if shown.was_closed_until is not None and shown.load.is_open(shown.now):
        undo = _undo(shown.was_closed_until, place)
        said.append(blocks.section("You take new things on again.", accessory=undo, block_id="room_opened"))
    is_open = shown.load.is_open(shown.now)
    turn = no_more_button(place) if is_open else blocks.button("Open again", OPEN_AGAIN, place, style="primary")
    return [*said, blocks.actions(blocks.button("Change how much", CAP), turn, block_id="room_acts")]


def page(shown: Shown) -> list[Block]:
    """My room: the bar, what is in it, and what it means."""
    rows = [
        blocks.section(f"{name[:1].upper()}{name[1:]}\n_{words.weighs(each, shown.tz, shown.now)}_")
        for each, name in list(zip(shown.taken, shown.names, strict=True))[:MOST_ROWS]
    ]
    if not rows:
        rows = [blocks.section("Nothing weighs at present. What you take on stands here, with how long it weighs.")]
    closed = "" if shown.load.is_open(shown.now) else " What you hold stays yours."
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("My room"),
        blocks.section(shown.line, block_id="room"),
        *_turns(shown, PAGE),
        *rows,
        *_free_from(shown),
        blocks.context(f"{words.WEIGHING}{closed} Only you see this page."),
    ]


def cap_form(load: Load) -> Block:
    """How much at a time?"""
    choices = [(number(each).capitalize(), str(each)) for each in range(LEAST_CAP, MOST_CAP + 1)]
    choices[0] = ("Nothing at present", "0")
    return blocks.modal(
        "How much I take on",
        [
            blocks.field(
                "Points at a time",
                blocks.select(PICK, choices, initial=str(load.cap)),
                block_id=CAP_BLOCK,
                hint=f"{words.WEIGHING} A smaller number takes nothing away from you: it only stops new things.",
            )
        ],
        callback_id=CAP,
        submit="Save",
    )


def read_cap(state: dict[str, Any]) -> int | None:
    """The number that was chosen, if it is one of those on offer."""
    said = str(chosen(state, CAP_BLOCK) or "")
    return int(said) if said.isdecimal() and LEAST_CAP <= int(said) <= MOST_CAP else None


def closed(until: datetime, tz: str, now: datetime) -> tuple[str, list[Block]]:
    """The answer to "no more for now"."""
    text = (
        f"Nothing new comes to you until {words.day(until, tz, now)}. What was waiting for you was handed on; "
        "what you hold stays yours."
    )
    return text, [blocks.section(text), blocks.actions(blocks.button("Open again", OPEN_AGAIN, PAGE))]


def opened(was_closed_until: datetime | None, load: Load) -> tuple[str, list[Block]]:
    """The answer to [Open again], with an undo where there was something to open."""
    room = max(0, load.cap - load.points)
    said = f"there is room for {words.points(room)}" if room else "there is no room at present"
    if was_closed_until is None:
        text = f"You take new things on already: {said}."
        return text, [blocks.section(text)]
    text = f"You take new things on again: {said}."
    return text, [blocks.section(text), blocks.actions(_undo(was_closed_until))]


def _free_from(shown: Shown) -> list[Block]:
    moment = room_from(shown.load, shown.taken)
    if moment is None or not shown.load.is_open(shown.now):
        return []
    return [blocks.section(f"There is room again from {words.day(moment, shown.tz, shown.now)} on.")]


def not_in() -> list[Block]:
    """The page of somebody who is not in Perennial."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.section("Your room stands here once you are in. Your Home tab has the way in: three short steps."),
    ]


def _undo(was_closed_until: datetime, place: str = PAGE) -> Block:
    value = f"{place}:{was_closed_until.isoformat()}"
    return blocks.button("Undo", CLOSE_AGAIN, value, label="Undo: nothing new until the same day as before")
