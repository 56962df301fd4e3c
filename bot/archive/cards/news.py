"""Speaks: a line about what became of a card."""

from collections.abc import Sequence

from bot.archive.acts import READ
from bot.messages import Content
from bot.slack import blocks

EDIT, MINE = "archive.edit", "cards"
_PARTS = {"question": "its question", "gist": "its gist"}


def published(insight_id: int, question: str, *, first: bool = True) -> Content:
    """It can be read."""
    what = "is in the archive now, for whoever asks next" if first else "reads in the archive as it was agreed now"
    text = f"“{blocks.escape(question)}” {what}."
    read = blocks.actions(blocks.button("Read it", READ, str(insight_id), style="primary"))
    return Content(
        text, [blocks.section(text), read, blocks.context("My cards, in my Home tab, takes words back any time.")]
    )


def missing(insight_id: int, title: str, lost: Sequence[str]) -> Content:
    """It can't be published as it is, and what to do."""
    text = f"{_card(title)} can't be published yet: {_what(lost)} stood in words that are not quoted now."
    return _to_be_mended(insight_id, text)


def no_longer(insight_id: int, title: str, lost: Sequence[str]) -> Content:
    """It was published, and can't be read at present."""
    text = f"{_card(title)} can't be read at present: words were taken back, and {_what(lost)} needs them."
    return _to_be_mended(insight_id, text)


def words_left(title: str) -> Content:
    """It is still there, with a little less in it."""
    text = f"A sentence or two left “{blocks.escape(title)}”: somebody took their words back. The rest reads on."
    return Content(text, [blocks.section(text)])


def gone() -> Content:
    """A card was taken back while somebody was asked."""
    text = "The card I asked you about was taken back, so there is nothing to answer here."
    return Content(text, [blocks.section(text)])


def moderated(title: str, what: str) -> Content:
    """What happened to it, in the moderators' own words, and which card that is."""
    return Content(what, [blocks.section(what), *([blocks.context(_quoted(title))] if title else [])])


def _to_be_mended(insight_id: int, text: str) -> Content:
    way_on = "Say it in words of your own, or let the card rest. It waits under My cards, in my Home tab."
    edit = blocks.button("Say it in my words", EDIT, str(insight_id), style="primary")
    return Content(text, [blocks.section(f"{text}\n{way_on}"), blocks.actions(edit)])


def _card(title: str) -> str:
    return f"Your card {_quoted(title)}" if title else "A card of yours"


def _quoted(title: str) -> str:
    return f"“{blocks.escape(title)}”"


def _what(lost: Sequence[str]) -> str:
    return " and ".join(_PARTS[part] for part in lost)
