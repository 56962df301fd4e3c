"""Speaks: may these words of yours be read by others? And what was chosen."""

from collections.abc import Sequence
from typing import Any

from bot.archive.cards.saying import Text
from bot.messages import Block, Content
from bot.slack import blocks

NAMED, UNNAMED, CHANGE, LEAVE_OUT, UNDO = (
    "archive.fine_named", "archive.fine", "archive.change_words", "archive.leave_out", "archive.ask_again",
)  # fmt: skip
CHANGE_FORM = "archive.change_words"
OUT_TOO, STAY = "archive.out_too", "archive.stay"
NAME = "name"
WITH_NAME, WITHOUT = "with", "without"
MOST_STRETCHES = 6
MOST_SHOWN = 2_900  # characters of a section


def ask(
    quote_id: int, card: Text, sentences: Sequence[str], *, maker: str | None, hidden: bool, again: bool = False
) -> Content:
    """Exactly their words, the card around them, and four ways to answer. `hidden`: they asked under an alias."""
    who = blocks.escape(maker) if maker else "Somebody"
    opening = (
        f"{who} would like to keep words of yours in the archive, in a card about “{blocks.escape(card.question)}”."
    )
    if again:
        opening = (
            f"Once more, and the last time: may these words of yours stay in a card? “{blocks.escape(card.question)}”"
        )
    value = str(quote_id)
    fine = [blocks.button("Fine, with my name", NAMED, value, style="primary")] if not hidden else []
    unnamed = "Fine, without a name" if hidden else "Fine, without my name"
    shown = [
        blocks.section(opening),
        *quoted(sentences, quote_id),
        *whole(card),
        blocks.actions(
            *fine,
            blocks.button(unnamed, UNNAMED, value, style="primary" if hidden else None),
            blocks.button("Leave me out", LEAVE_OUT, value),
        ),
        blocks.context(_small_print(hidden=hidden)),
    ]
    return Content(opening, shown)


def quoted(sentences: Sequence[str], quote_id: int) -> list[Block]:
    """Somebody's words, marked as such, all of them, with a way to say them otherwise."""
    first, *more = _whole(["*Your words*", *(f"> {line}" for sentence in sentences for line in _short(sentence))])
    return [first | {"accessory": blocks.button("Change", CHANGE, str(quote_id), label="Change my words")}, *more]


def whole(card: Text) -> list[Block]:
    """The card they stand in."""
    tips = ["_What to try:_", *_short(card.tips)] if card.tips else []
    return _whole(["*The card*", *_short(card.gist), *tips])


def _short(text: str) -> list[str]:
    """Line by line, escaped, and none so long that a section could not hold it."""
    lines = [line[at : at + 500] for line in text.split("\n") for at in range(0, max(1, len(line)), 500)]
    return [blocks.escape(line) for line in lines]


def _whole(lines: Sequence[str]) -> list[Block]:
    """As many sections as it takes, so that nothing of what somebody agrees to is cut."""
    parts: list[str] = []
    for line in lines:
        if parts and len(parts[-1]) + len(line) < MOST_SHOWN:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return [blocks.section(part) for part in parts]


def agreed(quote_id: int, question: str, *, named: bool, may_undo: bool) -> Content:
    """They said yes."""
    how = "with your name" if named else "without your name"
    text = f"Thank you. Your words stay in “{blocks.escape(question)}”, {how}. My cards, in my Home tab, takes them out any time."
    undo = [blocks.actions(blocks.button("Undo", UNDO, str(quote_id)))] if may_undo else []
    return Content(text, [blocks.section(text), *undo])


def changed(question: str) -> Content:
    """They said it anew."""
    text = f"Your words in “{blocks.escape(question)}” now say what you wrote. My cards, in my Home tab, takes them out any time."
    return Content(text, [blocks.section(text)])


def left_out(question: str) -> Content:
    """They said no, which is fine."""
    text = f"Left out: nothing of yours is in “{blocks.escape(question)}”, and you are not asked about it again."
    return Content(text, [blocks.section(text)])


def lapsed(question: str) -> Content:
    """Seven days have passed."""
    text = f"A week has passed, so “{blocks.escape(question)}” goes on without your words. There is nothing to do."
    return Content(text, [blocks.section(text)])


def moot() -> Content:
    """The card changed, and nothing is asked about these words any more."""
    text = "The card I asked you about changed since, so there is nothing to answer here."
    return Content(text, [blocks.section(text)])


def change_form(quote_id: int, stretches: Sequence[tuple[str, str]], *, hidden: bool, state: str) -> Block:
    """Their words, to be said anew. `stretches`: (part, words), each a field; those beyond six stay as they are.

    `state`: a fingerprint of these words, so that what changed meanwhile is not written over.
    """
    fields = [
        blocks.field(
            "Your words" if len(stretches) == 1 else f"Your words, {_LABELS[part]}",
            blocks.text_input("words", initial=said, many_lines=True, longest=900),
            block_id=f"words{place}",
            hint="Say it as you would want a colleague to read it. Empty leaves it out." if place == 0 else None,
            optional=True,
        )
        for place, (part, said) in enumerate(stretches[:MOST_STRETCHES])
    ]
    if not hidden:
        options = [("With my name", WITH_NAME), ("Without my name", WITHOUT)]
        fields.append(blocks.field("Your name", blocks.radios(NAME, options, initial=WITHOUT), block_id=NAME))
    if len(stretches) > MOST_STRETCHES:
        fields.append(
            blocks.context("A few more lines of yours stay as they are; whoever makes the card can change them.")
        )
    memory = {"quote": quote_id, "fields": min(len(stretches), MOST_STRETCHES), "state": state}
    return blocks.modal("Change my words", fields, callback_id=CHANGE_FORM, submit="Use these", memory=memory)


def read_change(state: dict[str, Any], count: int) -> tuple[list[str], bool]:
    """What each field says now, and whether they want to be named."""
    said = [str(blocks.chosen(state, f"words{place}") or "") for place in range(count)]
    return said, blocks.chosen(state, NAME) == WITH_NAME


def _small_print(*, hidden: bool) -> str:
    alias = "You asked under an alias, and stay unnamed whatever you choose. " if hidden else ""
    return (
        f"{alias}Nobody reads it before everybody in it has answered. Without an answer within seven days, your words are "
        "left out. A yes can be taken back any time, in my Home tab under My cards."
    )


_LABELS = {"question": "in the question", "gist": "in the gist", "tips": "in what to try"}


def take_it_back(insight_id: int, question: str) -> Content:
    """Whoever made a card wants it back, and words of theirs stand in it as well."""
    text = f"Whoever made “{blocks.escape(question)}” would like to take it back. Words of yours stand in it, too."
    value = str(insight_id)
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(
                blocks.button("Take mine out, too", OUT_TOO, value, style="primary"),
                blocks.button("Let mine stay", STAY, value),
            ),
            blocks.context("Without an answer your words stay as you agreed to them."),
        ],
    )


def stays(question: str) -> Content:
    """They would rather have their words read."""
    text = f"Your words stay in “{blocks.escape(question)}”. My cards, in my Home tab, takes them out any time."
    return Content(text, [blocks.section(text)])


def out_too() -> Content:
    """Theirs are out as well."""
    text = "Done: your words are out of that card."
    return Content(text, [blocks.section(text)])
