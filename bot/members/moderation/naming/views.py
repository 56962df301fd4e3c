"""The form in which leads name moderators, and what those who are named hear."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.members import rules
from bot.messages import Block, Content, Kind, MessageClass
from bot.slack import blocks
from bot.slack.blocks import chosen

MODERATORS = "moderation.moderators"
STEP_DOWN = "moderation.step_down"
PEOPLE = "people"
PICK = "moderation.pick"
MOST = 20
CHANGED = Kind("moderation.named", MessageClass.ANSWER, priority=45, expires=timedelta(days=7), cost=0)


def moderators_form(slack_ids: Sequence[str]) -> Block:
    """Who shall look at reports?"""
    return blocks.modal(
        "Moderators",
        [
            blocks.section(
                "When somebody presses Report, the thing is hidden at once, and a moderator decides whether it comes "
                "back. They read that one thing and why it was reported, and nothing else."
            ),
            blocks.field(
                "Moderators",
                blocks.people_input(PICK, initial=slack_ids),
                block_id=PEOPLE,
                hint="Two are better than one: nobody decides on what they wrote or reported. With none, leads do it.",
                optional=True,
            ),
            blocks.context("Whoever you add or take out hears about it. Whoever is asked can step down at any time."),
        ],
        callback_id=MODERATORS,
        submit="Save",
    )


def read_moderators(state: dict[str, Any]) -> list[str]:
    """The Slack ids that were chosen, each once."""
    return list(dict.fromkeys(chosen(state, PEOPLE) or []))


def problem_with(names: Sequence[str]) -> dict[str, str]:
    """Why these people can't moderate."""
    who = rules.listed(list(names))
    return {
        PEOPLE: f"{who} can't moderate: guests, apps, and people who left or are deactivated can't. "
        "Take them out to save."
    }


def too_many() -> dict[str, str]:
    """Nobody feels asked where everybody is."""
    return {PEOPLE: f"{MOST} moderators are the most. With fewer, each of them feels asked."}


def row(names: Sequence[str]) -> Block:
    """For leads, on the Settings page."""
    said = (
        blocks.escape(rules.listed(list(names))) if names else "Nobody is named, so leads look at reports themselves."
    )
    return blocks.section(
        f"*Moderators*\n{said}",
        accessory=blocks.button("Change", MODERATORS, label="Change: Moderators"),
        block_id=MODERATORS,
    )


def named(by: str) -> Content:
    """Told to a new moderator."""
    who = blocks.escape(by)
    return Content(
        text=f"{by} asked you to moderate in Perennial.",
        blocks=[
            blocks.section(
                f"*{who} asked you to moderate in Perennial.* When somebody reports something, you get it here: you "
                "read it, and put it back or keep it hidden. That takes a few minutes, and most weeks there is nothing."
            ),
            blocks.actions(blocks.button("I would rather not", STEP_DOWN), block_id="step_down"),
            blocks.context("You can step down later, too: Reports, in your Home tab."),
        ],
    )


def stepped_down() -> Content:
    """What their message says after that."""
    text = "All right: you don't moderate, and no reports come to you."
    return Content(text=text, blocks=[blocks.section(text)])


def would_rather_not(name: str, *, nobody_left: bool) -> Content:
    """Told to the leads."""
    more = (
        "Nobody moderates now, so reports come to the leads. You can name somebody else in Settings."
        if nobody_left
        else "The other moderators go on. You can name somebody else in Settings."
    )
    text = f"{name} no longer moderates in Perennial."
    return Content(text=text, blocks=[blocks.section(f"{blocks.escape(text)} {more}")])


def unnamed(by: str) -> Content:
    """Told to somebody who moderated until now."""
    text = f"{by} took you off the list of moderators: no reports come to you any more. Thank you for doing it."
    return Content(text=text, blocks=[blocks.section(blocks.escape(text))])
