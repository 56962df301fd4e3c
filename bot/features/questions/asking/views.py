"""What an asker sees of their question."""

from bot.features.questions import rules
from bot.features.questions.standing import ForAsker
from bot.messages import Content
from bot.slack import blocks


def status(said: ForAsker) -> Content:
    """How it stands: the beginning of the asker's own thread."""
    line = rules.first_line(said.words.question)
    return Content(
        text=f"You asked: {line}",
        blocks=[blocks.section(f"*You asked:* {blocks.escape(said.words.question)}"), blocks.context(said.state)],
    )
