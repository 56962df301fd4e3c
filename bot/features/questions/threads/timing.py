"""When a question is looked at to be closed kindly: some time after the last word, and later where an answer is still owed."""

from datetime import datetime, timedelta

from bot.features.questions.models import Question
from bot.features.questions.rules import CLOSE_AFTER, OPEN

UNANSWERED = timedelta(days=28)  # without any answer, or after a word of the asker that nobody took up


def begins(question: Question, *, now: datetime) -> None:
    """It is open, for the first time or again."""
    question.quiet_at = now + UNANSWERED


def said(question: Question, *, by_asker: bool, now: datetime) -> None:
    """A word was said: after an answer it is the asker's turn, and their silence closes it sooner."""
    if question.state in OPEN:
        question.quiet_at = now + (UNANSWERED if by_asker else CLOSE_AFTER)


def next_look(question: Question, touched: datetime | None, *, now: datetime) -> datetime | None:
    """When to look again instead of closing it now; None where it is time. `touched`: when somebody last was asked or claimed."""
    if question.quiet_at is None or question.quiet_at > now:
        return question.quiet_at
    if touched is not None and touched + CLOSE_AFTER > now:
        return touched + CLOSE_AFTER
    return None
