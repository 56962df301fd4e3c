"""Speaks to a moderator and to whoever was muted; neither reads who the other is."""

from datetime import datetime

from bot.messages import Block, Content
from bot.slack import blocks

MUTE = "questions.mute"


def button(question_id: int) -> Block:
    """[Close it and mute this alias]."""
    sure = blocks.confirm(
        "Close it and mute this alias?",
        "The question is closed. Whoever asked it can ask under their own name only for thirty days. Nobody sees who "
        "that is, you included.",
        "Close and mute",
    )
    return blocks.button("Close it and mute this alias", MUTE, str(question_id), style="danger", confirm=sure)


def done(until: datetime) -> Content:
    """To the moderator."""
    text = (
        f"It is closed. Until {blocks.at(until, 'UTC', '{date_long}')}, whoever asked it asks under their own name only. "
        "I tell nobody who that is."
    )
    return Content("It is closed.", [blocks.section(text)])


def muted(until: datetime) -> Content:
    """To whoever asked."""
    return Content(
        "A moderator closed this question.",
        [
            blocks.section(
                "*A moderator closed this question.* Until "
                f"{blocks.at(until, 'UTC', '{date_long}')} you can ask under your own name only. Nobody was told who you "
                "are. If you see it differently, talk to a lead."
            )
        ],
    )
