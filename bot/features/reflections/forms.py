"""The form to write in, for a question, for oneself, and for an entry that is there already."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.features.reflections import library
from bot.features.reflections.journal import rules
from bot.features.reflections.journal.rules import Part, Words
from bot.features.reflections.library import PromptWords
from bot.features.reflections.prompts import views as prompts
from bot.features.reflections.prompts.rules import Hours, Pace
from bot.members.rules import day_in_words
from bot.messages import Block
from bot.slack import blocks

WRITE = "reflections.write"
CHANGE_FORM = "reflections.change_form"
WORDS, MOOD, THEME = "words", "mood", "theme"
WHO_READS_IT = (
    "Only you can open it. Leads can't, in no list and no report. It is stored encrypted with a key of your own; "
    "whoever runs the server and holds its key could still read it."
)


@dataclass(frozen=True)
class Stale:
    """A form was opened before its entry changed in another window; `at`: when, as the writer reads it."""

    at: str


def write(
    pace: Pace, hours: Hours, *, question: PromptWords | None = None, prompt_id: int | None = None, text: str = "",
    cut: bool = False,
) -> Block:  # fmt: skip
    """A new entry: an answer to a question, or free; `cut`: the words given were too long for one field."""
    shown = []
    if question is not None:
        shown = [blocks.section(f"*{blocks.escape(question.question)}*"), blocks.context(blocks.escape(question.hint))]
    hint = "Two or three sentences are enough."
    if cut:
        hint = "The beginning of your message; the whole of it is too long for one field."
    shown += [
        *_words("Your answer" if question is not None else "What do you want to keep?", text, hint),
        *_mood_and_theme(Words((), theme="" if question is None else question.theme)),
        blocks.context(WHO_READS_IT),
    ]
    if question is None:
        shown.append(prompts.rhythm_line(pace, hours))
    memory = {"prompt": prompt_id} if prompt_id is not None else None
    return blocks.modal("Write a reflection", shown, callback_id=WRITE, submit="Keep", memory=memory)


def change(reflection_id: int, version: int, words: Words, question: PromptWords | None) -> Block:
    """An entry as it is, to be written anew."""
    shown = [blocks.section(f"*{blocks.escape(question.question)}*")] if question is not None else []
    shown += [*_words("Your words", words.text, None), *_mood_and_theme(words), blocks.context(WHO_READS_IT)]
    memory = {"reflection": reflection_id, "version": version}
    return blocks.modal("Change a reflection", shown, callback_id=CHANGE_FORM, submit="Save", memory=memory)


def read(state: dict[str, Any]) -> Words:
    """What was written; long entries are put together from their fields."""
    fields = [block_id for block_id in state if block_id == WORDS or block_id.startswith(f"{WORDS}_")]
    fields.sort(key=lambda block_id: int(block_id.partition("_")[2] or 1))
    text = "\n".join(str(blocks.chosen(state, block_id) or "").strip() for block_id in fields).strip()
    mood, theme = blocks.chosen(state, MOOD) or "", blocks.chosen(state, THEME) or ""
    return Words((Part(text),), mood if mood in rules.MOODS else "", theme if theme in library.themes() else "")


def stale(changed: Stale) -> dict[str, str]:
    """The second of two windows is told, and keeps what it holds."""
    return {
        WORDS: f"This entry was changed in another window at {changed.at}, so nothing was overwritten. Copy your words, "
        "close this form and open the entry again."
    }


def kept(day: date, today: date, *, added: bool = False) -> Block:
    """Where it is now."""
    text = f"Kept in your journal, under {day_in_words(day, today)}. You find it in my Home tab, under Reflections."
    if added:
        text = (
            "You had answered this question before, so your words were added to that entry. You find it in my Home tab, "
            "under Reflections."
        )
    return blocks.modal("Kept", [blocks.section(text)], callback_id="reflections.kept", close="Close")


def _words(label: str, text: str, hint: str | None) -> list[Block]:
    """One field, or as many as a long entry needs; only the first must be filled."""
    fields = []
    for number, piece in enumerate(rules.pieces(text), 1):
        block_id = WORDS if number == 1 else f"{WORDS}_{number}"
        fields.append(
            blocks.field(
                label if number == 1 else f"{label}, part {number}",
                blocks.text_input(WORDS, initial=piece, many_lines=True, longest=rules.FIELD),
                block_id=block_id,
                hint=hint if number == 1 else None,
                optional=number > 1,
            )
        )
    return fields


def _mood_and_theme(words: Words) -> list[Block]:
    moods = [(mood.capitalize(), mood) for mood in rules.MOODS]
    themes = [(library.theme_name(theme), theme) for theme in library.themes()]
    return [
        blocks.field(
            "Mood",
            blocks.select(MOOD, moods, initial=words.mood, placeholder="Leave it open, or pick a word"),
            block_id=MOOD,
            optional=True,
        ),
        blocks.field(
            "About",
            blocks.select(THEME, themes, initial=words.theme, placeholder="Leave it open, or pick a theme"),
            block_id=THEME,
            optional=True,
        ),
    ]
