"""Buttons and questions that belong to other rooms, in one place."""

from bot.features.questions.standing import ForMentor
from bot.messages import Block

EDIT, CLOSE, WITHDRAW = "questions.change", "questions.close", "questions.withdraw"  # what an asker can do themselves


def holder_buttons(said: ForMentor) -> list[Block]:
    """What whoever holds a question can do in its thread besides answering, such as a checklist."""
    return []
