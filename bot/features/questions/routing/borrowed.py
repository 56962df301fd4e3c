"""Buttons and questions that belong to other rooms, in one place."""

from bot.features.questions.threads.views import checklist_line as checklist_line
from bot.features.questions.threads.views import holder_buttons as holder_buttons

EDIT, CLOSE, WITHDRAW = "questions.change", "questions.close", "questions.withdraw"  # what an asker can do themselves
