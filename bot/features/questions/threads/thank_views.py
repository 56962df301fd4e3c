"""What is said once something helped: to whoever wrote it, and to whoever asked."""

from bot.features.questions.threads.views import CLOSE, KEEP_OPEN, REOPEN
from bot.messages import Content
from bot.slack import blocks


def thanked(by: str, question: str, answer: str) -> Content:
    """One warm line, to whoever wrote it."""
    who = blocks.escape(by)
    said = f"{who} says that this helped."
    return Content(
        f"{said} You had written: {blocks.escape(answer)}",
        [
            blocks.section(f"*{who}* says that this helped:\n&gt; {blocks.escape(answer)}"),
            blocks.context(f"They had asked: {blocks.escape(question)}"),
        ],
    )


def is_it_done(question_id: int) -> Content:
    """After the first answer that helped."""
    said = "Good. Is your question answered, or is something still open?"
    value = str(question_id)
    return Content(
        said,
        [
            blocks.section(said),
            blocks.actions(
                blocks.button("Close it", CLOSE, value, style="primary"),
                blocks.button("Leave it open", KEEP_OPEN, value),
            ),
        ],
    )


def closed(question_id: int) -> Content:
    """It was closed; the way back stays."""
    said = "Closed. Whoever helped keeps the thanks, and more words here still arrive."
    again = blocks.button("Open again", REOPEN, f"question:{question_id}")
    return Content(said, [blocks.section(said, accessory=again)])


def left_open() -> Content:
    """It stays open."""
    said = "It stays open. You can close it where your question stands, whenever you like."
    return Content(said, [blocks.context(said)])


def opened_again() -> Content:
    """It is open again."""
    said = "Open again. Somebody is asked from here on, and the clock above says by when."
    return Content(said, [blocks.context(said)])
