"""The offer to keep what was learned, and what becomes of it."""

from bot.messages import Content
from bot.slack import blocks

KEEP, NOT_KEPT, EDIT = "questions.keep", "questions.keep_not", "archive.edit"


def offer(question_id: int) -> Content:
    """Once, when a question was answered and closed."""
    said = "What was learned here may help the next person who asks this."
    more = (
        "I make a draft from the words of this thread, and you edit it. Nobody reads it before everybody quoted has agreed, "
        "with their name or without."
    )
    value = str(question_id)
    return Content(
        said,
        [
            blocks.section(f"{said}\n{more}"),
            blocks.actions(
                blocks.button("Keep as insight", KEEP, value, style="primary"),
                blocks.button("Leave it", NOT_KEPT, value),
            ),
        ],
    )


def drafted(insight_id: int) -> Content:
    """A draft is there; whoever asked and whoever answered may open it."""
    said = "A draft is there. Only those who were in this thread can read it before it is handed in."
    return Content(said, [blocks.section(said, accessory=blocks.button("Open the draft", EDIT, str(insight_id)))])


def left(question_id: int) -> Content:
    """Not kept; the way back stays."""
    said = "Fine, it stays between those who were here."
    again = blocks.button("Keep it after all", KEEP, str(question_id))
    return Content(said, [blocks.section(said, accessory=again)])
