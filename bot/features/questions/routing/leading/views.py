"""Speaks to leads: whom would you ask, and which channels are open for questions."""

from collections.abc import Sequence
from typing import Any

from bot.features.questions.routing.places import MOST, Place
from bot.messages import Block, Content
from bot.slack import blocks

NAME_FORM, WHO, PICK_PERSON = "questions.name_form", "who", "questions.pick_person"
PLACES, PLACES_FORM, CHANNEL, PICK_CHANNEL = (
    "questions.places",
    "questions.places_form",
    "channel",
    "questions.pick_channel",
)
FIRST, REMOVE = "questions.place_first", "questions.place_remove"
NOT_IN = "They are not in Perennial, so can't be asked. Everybody who joined can."
NOT_AMONG = "They are not among those this question was put to. Choose somebody who is."
CHOOSE = "Choose somebody."
ENOUGH = f"{MOST} channels are open for questions, the most there can be. Take one away first."


def name_form(question_id: int) -> Block:
    """Whom would you ask?"""
    return blocks.modal(
        "Ask somebody",
        [
            blocks.field(
                "Who could answer this?",
                blocks.people_input(PICK_PERSON, many=False, placeholder="Choose somebody"),
                block_id=WHO,
                hint="They read the question and that a lead thought of them. They can say no like anybody else.",
            )
        ],
        callback_id=NAME_FORM,
        submit="Ask",
        memory={"question": question_id},
    )


def named() -> Block:
    """The same whether they could be asked or not: why somebody can't is theirs alone."""
    return blocks.modal(
        "Ask somebody",
        [
            blocks.section(
                "Thank you. If they have room, and nothing else speaks against it, they are asked at once. If not, I "
                "ask nobody, and you can name somebody else."
            )
        ],
        callback_id="notice",
        close="Close",
    )


def read_channel(state: dict[str, Any]) -> tuple[str, str]:
    """The field in which a channel is chosen, and which one it is, or nothing."""
    field = next((each for each in state if each.startswith(CHANNEL)), CHANNEL)
    return field, str(blocks.chosen(state, field) or "")


def read_name(state: dict[str, Any]) -> str:
    """The Slack id that was chosen, or nothing."""
    return str(blocks.chosen(state, WHO) or "")


def posted(channel: str) -> Content:
    """[Post it to …] was pressed."""
    return Content("Posted.", [blocks.section(f"It stands in <#{channel}> in a moment, for everybody there.")])


def row(known: Sequence[Place]) -> list[Block]:
    """One line in the leads' part of the Home tab."""
    if known:
        text = ", ".join(f"<#{channel}>" for channel, _ in known)
    else:
        text = "None yet. With one, a question nobody takes in time is put to everybody there, before it comes to you."
    button = blocks.button("Change" if known else "Choose one", PLACES, label="Channels for questions")
    return [blocks.section(f"*Channels for questions*\n{text}", accessory=button, block_id="question_places")]


def places_form(known: Sequence[Place]) -> Block:
    """Which channels are open for questions."""
    rows = []
    for number, (channel, _) in enumerate(known):
        what = "the usual one" if number == 0 else "for whoever chooses it"
        rows.append(blocks.section(f"<#{channel}>: {what}", block_id=f"place-{channel}"))
        acts = [blocks.button("Take away", REMOVE, channel)]
        if number:
            acts.insert(0, blocks.button("Make it the usual one", FIRST, channel))
        rows.append(blocks.actions(*acts, block_id=f"place-acts-{channel}"))
    return blocks.modal(
        "Channels for questions",
        [
            *rows,
            blocks.field(
                "Open another channel" if known else "Open a channel",
                blocks.channel_input(PICK_CHANNEL),
                block_id=f"{CHANNEL}-{len(known)}",  # once one was opened another field, or Slack keeps the choice in it
                hint="Choose one where people expect questions. I join public ones; invite me to a private one first.",
            ),
        ],
        callback_id=PLACES_FORM,
        submit="Open it",
        close="Done",
    )
