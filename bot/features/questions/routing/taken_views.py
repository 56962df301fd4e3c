"""What whoever holds a question reads beside it: that it is theirs, that somebody was quicker, whether they still do."""

from bot.features.questions.routing.views import HAND_ON, STILL
from bot.members.rules import number
from bot.messages import Content
from bot.slack import blocks

PAGE = "questions_open"
SEE = "questions.see_open"


def late(name: str, waiting: int) -> Content:
    """Somebody was a moment quicker."""
    text = f"{blocks.escape(name)} took it a moment ago, so there is nothing for you to do."
    if not waiting:
        return Content(text, [blocks.section(text)])
    others = "One other waits" if waiting == 1 else f"{number(waiting).capitalize()} others wait"
    shown = blocks.section(f"{text} {others}:", accessory=blocks.button("See them", SEE, PAGE))
    return Content(f"{text} {others}.", [shown])


def yours() -> Content:
    """Taken in a channel."""
    text = "It is yours. I opened a thread for it in our direct messages; you can answer there or here."
    return Content(text, [blocks.section(text)])


def chosen(line: str) -> Content:
    """In place of buttons in a line of a thread."""
    text = f"{line} The question above says what comes next."
    return Content(text, [blocks.context(text)])


def still(by: str, question_id: int) -> Content:
    """To a holder who has said nothing for long, once."""
    value, who = str(question_id), blocks.escape(by)
    return Content(
        text=f"Are you still on the question from {who}?",
        blocks=[
            blocks.section(
                f"Are you still on it? {who} would be glad of a line, however short. If it doesn't fit any more, I find "
                "somebody else, and that is fine."
            ),
            blocks.actions(
                blocks.button("Still on it", STILL, value, style="primary"),
                blocks.button("Hand it on", HAND_ON, value),
                block_id=f"still-{value}",
            ),
        ],
    )


def goes_on() -> Content:
    """[Still on it] was pressed."""
    text = "Still on it: noted, and I don't ask again for a while."
    return Content(text, [blocks.section(text)])
