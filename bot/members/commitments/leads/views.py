"""Speaks: how much people have taken on, by kind of work."""

from collections.abc import Mapping, Sequence

from bot.members.commitments.leads.rules import FEWEST, OTHERS, Total
from bot.members.front.views import GO
from bot.members.rules import number
from bot.messages import Block
from bot.slack import blocks

PAGE = "rooms"
OPEN = "commitments.rooms"


def row() -> list[Block]:
    """One line in the leads' part of the front page."""
    button = blocks.button("Open", OPEN, label="Open: how much people have taken on")
    return [blocks.section("*How much people have taken on*, by kind of work", accessory=button, block_id="rooms")]


def page(totals: Sequence[Total], names: Mapping[str, str]) -> list[Block]:
    """The totals that may be seen; `names` of kinds of work by slug."""
    rows = [blocks.section(f"*{_name(each, names)}*\n{_said(each)}") for each in totals]
    if not rows:
        few = f"So far, fewer than {number(FEWEST)} people take things on in each kind of work."
        rows = [blocks.section(f"{few} Totals stand here once there are more.")]
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("How much people have taken on"),
        *rows,
        blocks.context(
            "Counted are people who offer a skill or hold something: mentorships, questions, office hours, seats in "
            f"circles. Kinds of work with fewer than {number(FEWEST)} of them are counted together, or not shown. "
            "Nobody sees what one person has taken on but that person."
        ),
    ]


def not_for_you() -> list[Block]:
    """Where the page is not this viewer's."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.section("This page is for leads. Your Home tab names them; any of them can help."),
    ]


def _name(total: Total, names: Mapping[str, str]) -> str:
    return "Other kinds of work, together" if total.function == OTHERS else names.get(total.function, total.function)


def _said(total: Total) -> str:
    taken = (
        f"{number(total.people).capitalize()} people take things on · {total.points} of {total.possible} points taken"
    )
    if not total.full:
        return f"{taken} · everybody has room"
    return f"{taken} · {number(total.full)} {'has' if total.full == 1 else 'have'} no room at present"
