"""The forms in which an asker changes their question, or adds to it."""

from collections.abc import Sequence
from typing import Any

from bot.features.questions.asking import forms
from bot.features.questions.asking.forms import Typed
from bot.features.questions.asking.views import CHANGE
from bot.features.questions.rules import LONGEST_CONTEXT
from bot.messages import Block
from bot.slack import blocks

ADD = "questions.add"
WHICH, MORE = "which", "more"


def change_form(
    question_id: int, version: int, typed: Typed, *, above: Sequence[Block] = (), care: bool = False
) -> Block:
    """Question, context and skills as they are. `above`: what must be read before they are kept."""
    shown = [
        *above,
        *forms.words_fields(typed),
        blocks.context("Whoever was asked sees the new words in the message they were asked with."),
    ]
    return blocks.modal(
        "Change words",
        shown,
        callback_id=CHANGE,
        submit="Send it" if care else "Keep it",
        close="Not now" if care else "Cancel",
        memory={"question": question_id, "version": version} | ({"care": 1} if care else {}),
    )


def elsewhere(holds: Typed) -> list[Block]:
    """Another window was quicker: what the question says now."""
    lines = [*holds.question.splitlines(), *blocks.cut(holds.context, 300).splitlines()]
    quoted = "\n".join(f"> {blocks.escape(line)}" for line in lines if line.strip())
    return [
        blocks.section(
            "*You changed it in another window meanwhile*, so nothing was kept from this one yet. Keep it now, and these "
            "words are replaced:",
            block_id="elsewhere",
        ),
        blocks.section(quoted, block_id="holds"),
    ]


def add_form(
    open_ones: Sequence[tuple[int, str]], text: str, *, care: Sequence[Block] = (), memory: dict[str, Any] | None = None
) -> Block:
    """Something more to an open question; id and line of each that is open, the newest chosen."""
    options = [(blocks.cut(line, 75), str(number)) for number, line in open_ones[:10]]
    which = blocks.radios(forms.PICK, options, initial=options[0][1])
    field = blocks.text_input(forms.PICK, initial=text, many_lines=True, longest=LONGEST_CONTEXT)
    shown = [
        *care,
        blocks.field("To which question?", which, block_id=WHICH),
        blocks.field(
            "What do you want to add?", field, block_id=MORE, hint="Whoever was asked, or holds it already, reads it."
        ),
    ]
    return blocks.modal(
        "Add to a question",
        shown,
        callback_id=ADD,
        submit="Send it" if care else "Add it",
        close="Not now" if care else "Cancel",
        memory=memory,
    )
