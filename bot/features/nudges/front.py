"""How nudges look on the Home tab: the row on the front page, and the page with the last ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.nudges.answers.views import DID, OPEN_RHYTHM
from bot.messages import Block
from bot.slack import blocks

PLACE = "nudges"
LIBRARY = "nudges:library"
GO = "members.go"
CHANGE = "Change how often nudges come"
OFTEN = {"daily": "every working day", "twice": "twice a week", "weekly": "once a week"}


@dataclass(frozen=True)
class Shown:
    """One nudge on the Home tab; texts as they are in the library."""

    id: int
    title: str
    act: str
    day: str  # in words
    answer: str | None = None


@dataclass(frozen=True)
class Rhythm:
    """How often, and when the next one comes, in words; `next_day` None: none is planned."""

    cadence: str
    next_day: str | None = None
    seen_all: bool = False


def row(current: Shown | None, rhythm: Rhythm) -> list[Block]:
    """The front page: the nudge that waits for an answer, or the day of the next one."""
    change = blocks.button("Start them" if rhythm.cadence == "off" else "Change", OPEN_RHYTHM, "rhythm", label=CHANGE)
    ways = blocks.actions(change, blocks.button("Last ones", GO, PLACE), block_id="nudges-ways")
    if current is None:
        return [blocks.section(f"*Nudges*\n{in_words(rhythm)}", block_id="nudges-row"), ways]
    shown = blocks.section(
        f"*Nudges*\n*{blocks.escape(current.title)}*\n{blocks.escape(current.act)}",
        accessory=blocks.button("Did it", DID, str(current.id), style="primary"),
        block_id=f"nudge-{current.id}",
    )
    return [shown, blocks.context(in_words(rhythm)), ways]


def page(rhythm: Rhythm, last: Sequence[Shown], training: list[Block], *, is_lead: bool) -> list[Block]:
    """The page: how often, the last ones with what was said, the training, and for leads the library."""
    shown = [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("Nudges"),
        settings_row(rhythm),
        *training,
    ]
    if is_lead:
        shown.append(library_row())
    shown.append(blocks.section("*The last ones*" if last else "*The last ones*\nThe first one is still to come."))
    shown += [_line(each) for each in last]
    return shown


def library_row() -> Block:
    """A lead's way to the library."""
    return blocks.section(
        "*The library of nudges*\nAs a lead you can add some, change them, and switch off what does not fit here.",
        accessory=blocks.button("Open", GO, LIBRARY, label="Open the library of nudges"),
        block_id="nudges-library",
    )


def settings_row(rhythm: Rhythm) -> Block:
    """How often, as a row of the page or of Settings."""
    return blocks.section(
        f"*Nudges*\n{in_words(rhythm)}",
        accessory=blocks.button("Change", OPEN_RHYTHM, "rhythm", label=CHANGE),
        block_id="nudges-rhythm",
    )


def in_words(rhythm: Rhythm) -> str:
    """How often and when next."""
    if rhythm.cadence == "off":
        return "Small things to try, two minutes each. None are sent to you at the moment."
    often = f"{OFTEN[rhythm.cadence].capitalize()}."
    if rhythm.seen_all:
        return f"{often} You have had all that fit you; they come round again, and a lead can add new ones."
    return f"The next one comes on {rhythm.next_day}. {often}" if rhythm.next_day else often


def _line(shown: Shown) -> Block:
    said = {"did": "You did it.", "not_now": "Not this time.", "less": "Less like it, please.", "stop": "Stopped."}
    answer = said.get(shown.answer or "", "")
    text = f"{shown.day}: *{blocks.escape(shown.title)}*\n{blocks.escape(shown.act)}"
    if answer:
        return blocks.section(f"{text}\n_{answer}_")
    button = blocks.button("Did it", DID, str(shown.id), label=f"Did it: {shown.title}")
    return blocks.section(text, accessory=button, block_id=f"nudge-{shown.id}")
