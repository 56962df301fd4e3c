"""Buttons and questions that belong to other rooms, in one place."""

from bot.features.questions.threads.views import holder_buttons as holder_buttons
from bot.messages import Block
from bot.slack import blocks

EDIT, CLOSE, WITHDRAW = "questions.change", "questions.close", "questions.withdraw"  # what an asker can do themselves


def no_more_button() -> Block:
    """[No more for now]."""
    return blocks.button(
        "No more for now", "commitments.no_more", "room", label="No more for now: nothing new for four weeks"
    )


def report_button(question_id: int) -> Block:
    """[Report]."""
    return blocks.button("Report", "moderation.report", f"question:{question_id}")
