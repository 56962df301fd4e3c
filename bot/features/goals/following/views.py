"""Speaks to those who are asked to follow a goal, and to those who do."""

from bot.features.goals.words import first_name, quoted
from bot.members.front.views import GO
from bot.messages import Content
from bot.slack import blocks

ACCEPT, DECLINE, STOP, UNDO = "goals.follow", "goals.follow_no", "goals.unfollow", "goals.follow_undo"
REACHED_PAGE = "goals"


def request(goal_id: int, owner: str) -> Content:
    """Would you like to follow? Nothing of the goal itself is said before the answer."""
    who = first_name(owner)
    text = f"{who} asks whether you would like to follow one of their goals."
    value = str(goal_id)
    return Content(
        text,
        [
            blocks.section(
                f"{text} You would see its title, its milestones and the notes {who} shares with you, on my Home tab. "
                "There is nothing you have to do."
            ),
            blocks.actions(
                blocks.button("I'd like to follow", ACCEPT, value, style="primary"),
                blocks.button("No thanks", DECLINE, value),
                block_id=f"follow-{goal_id}",
            ),
            blocks.context("Only the two of you know about this, and either of you can end it at any time."),
        ],
    )


def accepted(goal_id: int, owner: str, title: str) -> Content:
    """They follow from now on."""
    text = f"You follow {first_name(owner)}'s goal {quoted(title)}."
    open_it = blocks.button("Open it", GO, f"goals:{goal_id}")
    stop = blocks.button("Stop following", STOP, str(goal_id))
    return Content(text, [blocks.section(text), blocks.actions(open_it, stop, block_id=f"follow-{goal_id}")])


def declined(goal_id: int, owner: str) -> Content:
    """No thanks, with a way back."""
    text = f"You do not follow this goal of {first_name(owner)}'s. That is fine; you are not asked again."
    undo = blocks.button("Undo", UNDO, str(goal_id))
    return Content(text, [blocks.section(text), blocks.actions(undo, block_id=f"follow-{goal_id}")])


def stopped(goal_id: int, owner: str) -> Content:
    """They follow no more, with a way back."""
    text = f"You no longer follow {first_name(owner)}'s goal."
    undo = blocks.button("Undo", UNDO, str(goal_id))
    return Content(text, [blocks.section(text), blocks.actions(undo, block_id=f"follow-{goal_id}")])


def reached(goal_id: int, owner: str, title: str) -> Content:
    """A goal they follow is done, and its owner wanted them to hear."""
    text = f"{first_name(owner)} has reached {quoted(title)}, and wanted you to know."
    open_it = blocks.button("Open it", GO, f"goals:{goal_id}")
    return Content(
        text,
        [
            blocks.section(text),
            blocks.actions(open_it, block_id=f"follow-{goal_id}"),
            blocks.context("You hear this because you follow it. Stop following: on its page."),
        ],
    )
