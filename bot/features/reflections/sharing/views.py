"""Speaks: the slider, what a reader hears, and what they read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.features.reflections.journal.rules import Entry
from bot.features.reflections.journal.views import text_of
from bot.features.reflections.sharing.rules import MOST, Named
from bot.members.rules import day_in_words
from bot.messages import Block, Content
from bot.slack import blocks

SHARE_FORM = "reflections.share_form"
READ_SHARED = "reflections.read_shared"
WHO, PEOPLE = "who", "people"
ME, NAMED, ARCHIVE = "me", "people", "archive"


def share_form(reflection_id: int, readers: Sequence[Named]) -> Block:
    """Who may read an entry: only me, people I name, or everybody, as a card in words I choose."""
    options = [("Only me", ME), ("People I name", NAMED), ("Everybody, as a card I write from it", ARCHIVE)]
    return blocks.modal(
        "Who may read it",
        [
            blocks.field("Who", blocks.radios(WHO, options, initial=NAMED if readers else ME), block_id=WHO),
            blocks.field(
                "People",
                blocks.people_input(PEOPLE, initial=[reader.slack_id for reader in readers], placeholder="Up to five"),
                block_id=PEOPLE,
                optional=True,
                hint="Up to five. Each gets a message with a button to read it, and cannot pass it on from there.",
            ),
            blocks.context(
                "They read it as it is at that moment, its mood included, also after you change it. Take somebody out, "
                "and they can't open it any more. What they have read by then, they have read. For a card, the next form "
                "opens with words from this entry; nothing leaves your journal before you hand that in."
            ),
        ],
        callback_id=SHARE_FORM,
        submit="Save",
        memory={"reflection": reflection_id},
    )


def read_share(state: dict[str, Any]) -> list[str]:
    """The Slack ids that were named, each once; none for "Only me"."""
    if not wants_people(state):
        return []
    return list(dict.fromkeys(blocks.chosen(state, PEOPLE) or []))


def wants_people(state: dict[str, Any]) -> bool:
    """Whether named people were chosen."""
    return bool(blocks.chosen(state, WHO) == NAMED)


def wants_a_card(state: dict[str, Any]) -> bool:
    """Whether a card for the archive was chosen; the entry itself stays with whoever reads it now."""
    return bool(blocks.chosen(state, WHO) == ARCHIVE)


def errors(problem: str) -> dict[str, str]:
    """What is wrong with the list, under it."""
    said = {
        "nobody": "Name at least one person, or choose Only me.",
        "too many": f"{MOST} people are the most for one reflection.",
        "oneself": "You can read it anyway. Take yourself out to save.",
        "not here": "Somebody on the list is not in Perennial, so it can't reach them. Take them out to save.",
    }
    return {PEOPLE: said[problem]}


def shared(writer: str, reflection_id: int) -> Content:
    """There is something to read; what it says is not in the message."""
    text = f"{blocks.escape(writer)} lets you read something from their journal."
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(blocks.button("Read it", READ_SHARED, str(reflection_id), style="primary")),
            blocks.context("It is for the people they named. It stays open to you for as long as they say."),
        ],
    )


def taken_back() -> Content:
    """It is no longer shared."""
    text = "Something from a journal was shared with you here. It is not shared any more."
    return Content(text, [blocks.section(text)])


def reading(entry: Entry, writer: str, today: date) -> Block:
    """What a named reader reads: the words, and no way to pass them on."""
    who = f"{blocks.escape(writer)}, {day_in_words(entry.local_date, today)}"
    return blocks.modal(
        "A reflection",
        [blocks.section(f"*{who}*"), *text_of(entry)],
        callback_id="reflections.reading",
        close="Close",
    )
