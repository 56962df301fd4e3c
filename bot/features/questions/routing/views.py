"""What somebody sees who is asked for an answer."""

from bot.features.questions import rules
from bot.features.questions.standing import ForMentor
from bot.messages import Content
from bot.slack import blocks


def ask(said: ForMentor) -> Content:
    """What is asked, why of them, and what they can say to it."""
    line = rules.first_line(said.words.question)
    return Content(
        text=f"{said.by} asks: {line}",
        blocks=[blocks.section(f"*{blocks.escape(said.by)} asks:* {blocks.escape(said.words.question)}")],
    )
