"""The form with the confidential list; who is on it stands in the form alone, never in a log, a value or a message."""

from collections.abc import Sequence
from typing import Any

from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import chosen

APART = "members.apart"
PEOPLE = "people"
PICK = "members.pick"
MOST = 50


def apart_form(slack_ids: Sequence[str]) -> Block:
    """Whom would you rather not be paired with?"""
    return blocks.modal(
        "Not paired with me",
        [
            blocks.section(
                "Perennial never puts you together with these people. No reason is needed, and nobody is told: not "
                "they, not the leads. Whoever runs the server could look it up in the database."
            ),
            blocks.field(
                "People",
                blocks.people_input(PICK, initial=slack_ids, placeholder="Nobody so far"),
                block_id=PEOPLE,
                hint="It works both ways. Take somebody out, and you may meet again.",
                optional=True,
            ),
        ],
        callback_id=APART,
        submit="Save",
    )


def read_apart(state: dict[str, Any]) -> list[str]:
    """The Slack ids that were chosen, each once."""
    return list(dict.fromkeys(chosen(state, PEOPLE) or []))


def too_many() -> dict[str, str]:
    """A list so long that it leaves nobody."""
    return {PEOPLE: f"{MOST} people are the most. If you would rather not be introduced at all, use Pause or Leave."}


def oneself() -> dict[str, str]:
    """Nobody can be kept from themselves."""
    return {PEOPLE: "You are on the list yourself. Take yourself out to save."}
