"""Moderation: how we speak with each other here, whom to turn to, and what happens when somebody reports something.

What features take from here: `report_button` and `report_option` beside whatever they show of others, `tell_member` for
their `Reportable.tell`, `decider` and `decide` for buttons of their own in a moderator's message, `conduct_blocks` in
their forms, `shows_distress` and `care_note` where people write about themselves.
"""

from bot.members.moderation.care import care_note
from bot.members.moderation.conduct.listeners import conduct_blocks
from bot.members.moderation.deciding.acting import decide, decider
from bot.members.moderation.deciding.telling import tell_member
from bot.members.moderation.doors import register
from bot.members.moderation.reporting.buttons import report_button, report_option
from bot.members.moderation.rules import shows_distress

__all__ = [
    "care_note",
    "conduct_blocks",
    "decide",
    "decider",
    "register",
    "report_button",
    "report_option",
    "shows_distress",
    "tell_member",
]
