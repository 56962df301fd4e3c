"""The three steps of joining, and the welcome behind them; the form is updated from step to step, never stacked."""

from collections.abc import Sequence

from bot.members import forms
from bot.members.changes import About, Hours, Skills
from bot.messages import Block
from bot.slack import blocks

JOIN = "members.join"
ABOUT_STEP = "members.join_about"
SKILLS_STEP = "members.join_skills"
HOURS_STEP = "members.join_hours"
BACK_TO_ABOUT = "members.back_to_about"
BACK_TO_SKILLS = "members.back_to_skills"


def about_step(about: About) -> Block:
    """Step one."""
    intro = blocks.context("Step one of three: who you are. All of it can be changed at any time.")
    return blocks.modal(
        "Join Perennial", [intro, *forms.about_fields(about)], callback_id=ABOUT_STEP, submit="Next", close="Not now"
    )


def skills_step(skills: Skills) -> Block:
    """Step two."""
    intro = blocks.context("Step two of three: what you bring and what you want. One word is enough to begin.")
    return blocks.modal(
        "Join Perennial",
        [intro, *forms.skills_fields(skills), _back(BACK_TO_ABOUT)],
        callback_id=SKILLS_STEP,
        submit="Next",
        close="Not now",
    )


def hours_step(hours: Hours, tz: str) -> Block:
    """Step three."""
    intro = blocks.context("Step three of three: your time. You can pause whenever you like.")
    return blocks.modal(
        "Join Perennial",
        [intro, *forms.hours_fields(hours, tz), _back(BACK_TO_SKILLS)],
        callback_id=HOURS_STEP,
        submit="Join",
        close="Not now",
    )


def welcome(name: str, more: Sequence[Block] = ()) -> Block:
    """What they see when they are in; `more`: what others want them to know from the first day."""
    said = (
        f"You are in, {blocks.escape(name)}. When the next introductions are made, you hear the day before, "
        "and can sit one out with one press."
    )
    return blocks.modal(
        "Welcome",
        [
            blocks.section(said),
            *more,
            blocks.context("Your Home tab shows what comes next. Everything you just said can be changed in Settings."),
        ],
        callback_id="notice",
        close="Close",
    )


def _back(action_id: str) -> Block:
    return blocks.actions(blocks.button("Back", action_id), block_id="back")
