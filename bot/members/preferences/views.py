"""The forms behind [Change] on the Settings page."""

from bot.members import forms
from bot.members.changes import About, Hours, Skills
from bot.messages import Block
from bot.slack import blocks

EDIT_ABOUT = "members.edit_about"
EDIT_SKILLS = "members.edit_skills"
EDIT_HOURS = "members.edit_hours"
LEAVE = "members.leave"


def about_form(about: About) -> Block:
    """Team, function, level."""
    return blocks.modal("About you", forms.about_fields(about), callback_id=EDIT_ABOUT, submit="Save")


def skills_form(skills: Skills) -> Block:
    """What I bring and what I want."""
    return blocks.modal("Bring and want", forms.skills_fields(skills), callback_id=EDIT_SKILLS, submit="Save")


def hours_form(hours: Hours, tz: str) -> Block:
    """When I work, how many messages."""
    return blocks.modal("Hours and messages", forms.hours_fields(hours, tz), callback_id=EDIT_HOURS, submit="Save")
