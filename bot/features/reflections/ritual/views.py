"""Speaks in the channel: the question, and the line that closes a round."""

from bot.features.reflections.library import RoundWords
from bot.members.rules import number as in_words
from bot.messages import Block, Content
from bot.slack import blocks

SHARED = "reflections.shared_one"
NOT_SHARED = "reflections.not_shared"


def question(round_id: int, words: RoundWords, closes: str) -> Content:
    """The question of a round; `closes`: the day it closes, in words."""
    asked = blocks.escape(words.question)
    return Content(
        words.question,
        [
            blocks.section(f"*{asked}*\nAnswers go in the thread: one or two sentences."),
            blocks.context(f"For example: _{blocks.escape(words.hint)}_"),
            blocks.actions(blocks.button("I shared one", SHARED, str(round_id)), block_id=f"ritual-{round_id}"),
            blocks.context(f"Open until {closes}. The thread is not read by Perennial; the button only counts."),
        ],
    )


def closed(count: int) -> Content:
    """The last line in the thread: how many, and a thank-you; never who did not."""
    if count == 0:
        text = "This round is closed. What was written here stays, for whoever comes by later."
    elif count == 1:
        text = "This round is closed. One of you counted an answer in. Thank you for starting."
    else:
        text = f"This round is closed. {in_words(count).capitalize()} of you shared something. Thank you: it makes a good read."
    return Content(text, [blocks.section(text)])


def counted(round_id: int) -> tuple[str, list[Block]]:
    """What whoever pressed the button reads, alone."""
    text = "Counted. Only the number is shown, never who."
    undo = blocks.button("Take it back", NOT_SHARED, str(round_id))
    return text, [blocks.section(text), blocks.actions(undo)]


def not_counted() -> str:
    """The press was taken back."""
    return "Taken back. You are not counted."


def over() -> str:
    """The round is closed."""
    return "This round is closed, so nothing is counted any more. The thread is still open to write in."
