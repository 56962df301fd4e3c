"""Speaks: the search of one's own journal, what it found, and one entry laid over it."""

from collections.abc import Sequence
from datetime import date

from bot.features.reflections.journal.rules import Entry
from bot.features.reflections.journal.views import row, text_of
from bot.members.rules import day_in_words
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.slack import blocks

SEARCH_FORM = "reflections.search_form"
QUERY = "query"


def own_entry(entry: Entry, today: date) -> Block:
    """One's own entry, over the results of a search."""
    shown = [blocks.section(f"*{day_in_words(entry.local_date, today)}*"), *text_of(entry)]
    return blocks.modal("My reflection", shown, callback_id="reflections.own_entry", close="Back")


def search_form(
    query: str = "", found: Sequence[Entry] | None = None, total: int = 0, today: date | None = None
) -> Block:
    """What to look for, and below it what was found."""
    shown = [
        blocks.field(
            "Words to look for",
            blocks.text_input(QUERY, initial=query, longest=100),
            block_id=QUERY,
            hint="Every word must occur. Capitals and accents make no difference; a part of a word is enough.",
        )
    ]
    if found is not None and today is not None:
        shown += [
            blocks.section(_found(len(found), total)),
            *[row(entry, today, query, in_form=True) for entry in found],
        ]
    return blocks.modal("Search my journal", shown, callback_id=SEARCH_FORM, submit="Search", close="Close")


def _found(shown: int, total: int) -> str:
    if not total:
        return "Nothing with all of these words. Fewer words, or a part of one, may find it."
    if total > shown:
        return f"{total} entries. Here are the newest {shown}; one more word narrows it down."
    return f"{in_words(total).capitalize()} entr{'ies' if total != 1 else 'y'}."
