"""What is said when a question is closed because nothing was said for long."""

from bot.features.questions.threads.views import REOPEN
from bot.messages import Content
from bot.slack import blocks


def closed(question_id: int, *, answered: bool) -> Content:
    """To whoever asked: why, what stays, and the way back."""
    if answered:
        said = (
            "It has been quiet here for two weeks, so I closed your question. The answers stay, and so do your thanks."
        )
    else:
        said = (
            "Nobody here had an answer within four weeks. That says something about who is around, not about your "
            "question. I closed it; opened again, I ask anew, and other words or another skill may reach other people."
        )
    again = blocks.button("Open again", REOPEN, f"question:{question_id}")
    return Content(said, [blocks.section(said), blocks.actions(again)])
