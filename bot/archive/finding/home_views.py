"""Speaks: the FIND row of the Home tab, and its pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.archive.finding import acts
from bot.archive.finding.cards import Card
from bot.archive.finding.collecting import Shelf
from bot.archive.finding.views import row
from bot.members.front.views import GO
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.slack import blocks

TITLES = {"new": "New in the archive", "kept": "Kept by me", "old": "Still true?"}
EMPTY = {
    "new": "Nothing here yet. Answers worth finding again are kept here, once those who wrote them agree.",
    "kept": "Nothing kept yet. [Keep] in a card puts it here, where only you see it.",
    "old": "Nothing to look at. Cards are shown here a year after they were published.",
}
EMPTY_ARCHIVE = (
    "Nothing to find yet. When a question was answered well, its answer is kept here for whoever asks next, once those "
    "who wrote it agree."
)

NOT_THERE = "Write down what you found out, or ask somebody who knows."


@dataclass(frozen=True)
class Listed:
    """One page of a list of cards; `what` is its place behind `find:`."""

    what: str
    cards: Sequence[Card]
    total: int
    number: int
    size: int


def front(kept: Sequence[Card], others: Sequence[Block], *, has_any: bool) -> list[Block]:
    """The row on the front page."""
    if not has_any:
        shown = [blocks.section(f"*Find*\n{EMPTY_ARCHIVE}", block_id="find")]
        return [*shown, blocks.actions(*others[:2], block_id="find_others")] if others else shown
    said = "*Find*\nWhat colleagues found out, in their own words." + (" Kept by others this week:" if kept else "")
    return [
        blocks.section(said, accessory=blocks.button("Browse", GO, acts.PLACE), block_id="find"),
        *(row(card) for card in kept),
        blocks.actions(search(), *others[:2], block_id="find_acts"),
    ]


def search() -> Block:
    """The button that opens the form."""
    return blocks.button("Search insights", acts.SEARCH)


def start(
    newest: Sequence[Card], others: Sequence[Block], *, kept: int, old: int, page: Block | None = None
) -> list[Block]:
    """The page from which everything is found. `page`: a button that opens the archive in the browser."""
    shown = [back("← Home", "front"), blocks.header("Find")]
    if not newest:
        more = [blocks.actions(*others[:4], block_id="find_others")] if others else []
        return [*shown, blocks.section(EMPTY_ARCHIVE), *more]
    first = search() | {"style": "primary"}
    shown.append(blocks.actions(first, *([page] if page else []), block_id="find_acts"))
    if old:
        shown.append(_way(f"*Still true?*\n{_many(old)} more than a year old.", "Look at them", "old"))
    shown.append(_way("*New in the archive*", "All of them", "new"))
    shown += [*(row(card) for card in newest), blocks.divider()]
    shown.append(_way("*Collections*\nCards that belong together.", "See them all", "collections"))
    mine = _way(f"*Kept by me*\n{_many(kept)}.", "Open", "kept")
    shown.append(mine if kept else blocks.section(f"*Kept by me*\n{EMPTY['kept']}"))
    if others:
        shown += [blocks.section(f"*Not there yet?*\n{NOT_THERE}"), blocks.actions(*others[:4], block_id="find_others")]
    return shown


def listed(said: Listed, *, is_lead: bool = False) -> list[Block]:
    """What is new, what I keep, or what is old."""
    shown = [back("← Find", acts.PLACE), blocks.header(TITLES[said.what])]
    if not said.cards:
        return [*shown, blocks.section(EMPTY[said.what]), blocks.actions(search(), block_id="find_acts")]
    if said.what == "old":
        whose = "of the archive" if is_lead else "that you wrote, or that name you"
        shown.append(blocks.context(f"Cards {whose}, a year after they were published. Open one to say how it stands."))
    return [*shown, *(row(card) for card in said.cards), *_turn(said)]


def collections(shelves: Sequence[Shelf]) -> list[Block]:
    """All collections with what they are for."""
    shown = [back("← Find", acts.PLACE), blocks.header("Collections")]
    for place, shelf in enumerate(shelves[:80]):
        open_ = blocks.button("Open", GO, f"{acts.PLACE}:in:{shelf.slug}", label=f"Open the collection {shelf.name}")
        about = f"\n{blocks.escape(shelf.about)}" if shelf.about else ""
        shown.append(
            blocks.section(f"*{blocks.escape(shelf.name)}*{about}", accessory=open_, block_id=f"shelf-{place}")
        )
    return shown


def collection(shelf: Shelf, said: Listed, by_hand: Collection[int]) -> list[Block]:
    """One collection. `by_hand`: cards a lead put there, for a lead who may take them out."""
    shown = [back("← Collections", f"{acts.PLACE}:collections"), blocks.header(shelf.name)]
    if shelf.about:
        shown.append(blocks.section(blocks.escape(shelf.about)))
    if not said.cards:
        shown.append(blocks.section("No card is in it yet. The search looks through all of them."))
        return [*shown, blocks.actions(search(), block_id="find_acts")]
    for card in said.cards:
        shown.append(row(card))
        if card.id in by_hand:
            out = blocks.button("Take out", acts.UNCOLLECT, f"{shelf.slug}:{card.id}")
            shown.append(blocks.actions(out, block_id=f"out-{card.id}"))
    return [*shown, *_turn(said)]


def no_such_collection() -> list[Block]:
    """A place that is not there any more."""
    return [back("← Collections", f"{acts.PLACE}:collections"), blocks.section("There is no such collection here.")]


def outside() -> list[Block]:
    """For somebody who is not in."""
    return [back("← Home", "front"), blocks.section("The archive is for people who are in Perennial.")]


def back(text: str, place: str) -> Block:
    """The way to the page before."""
    return blocks.actions(blocks.button(text, GO, place), block_id="back")


def _way(text: str, button: str, where: str) -> Block:
    return blocks.section(text, accessory=blocks.button(button, GO, f"{acts.PLACE}:{where}"), block_id=f"way-{where}")


def _many(count: int) -> str:
    return f"{in_words(count).capitalize()} card{'s' if count != 1 else ''}"


def _turn(said: Listed) -> list[Block]:
    """Each in a row of its own: Slack takes no two of one action side by side."""
    place, turns = f"{acts.PLACE}:{said.what}", []
    if said.number > 0:
        turns.append(blocks.actions(blocks.button("Earlier ones", GO, f"{place}:{said.number - 1}"), block_id="newer"))
    if (said.number + 1) * said.size < said.total:
        turns.append(blocks.actions(blocks.button("More", GO, f"{place}:{said.number + 1}"), block_id="older"))
    return turns
