"""Speaks: the forms for milestones, notes and obstacles."""

from bot.features.goals.rules import LONGEST_NOTE, Text
from bot.features.goals.words import quoted
from bot.messages import Block, Content
from bot.slack import blocks

NOTE, STEPS, OBSTACLE, TICK, UNTICK = "goals.note", "goals.steps", "goals.obstacle", "goals.tick", "goals.untick"
WORDS, SHARE, ADD, TAKE = "words", "share", "add", "take"
PICK = "goals.pick"


def note_form(goal_id: int, title: str, followers: int, *, answers: bool) -> Block:
    """A few words on how it goes; with followers, one may share them. `answers`: it replies to a question of ours."""
    fields = [
        blocks.field(
            "What happened?",
            blocks.text_input(WORDS, many_lines=True, longest=LONGEST_NOTE),
            block_id=WORDS,
            hint="For example: sat in on the review on Tuesday; two of my questions changed the plan.",
        )
    ]
    if followers:
        share = blocks.checkboxes(PICK, [("Those who follow this goal may read it", "yes")])
        fields.append(blocks.field("Who reads it", share, block_id=SHARE, optional=True, hint="Without it, only you."))
    memory = {"goal": goal_id} | ({"answers": 1} if answers else {})
    shown = [blocks.section(f"On {quoted(title)}."), *fields]
    return blocks.modal("Add a note", shown, callback_id=NOTE, submit="Keep it", memory=memory)


def noted(goal_id: int, title: str) -> Content:
    """The question changes into this."""
    text = f"Noted with {quoted(title)}."
    return Content(text, [blocks.section(text)])


def ticked(goal_id: int, title: str, step: str, milestone_id: int) -> Content:
    """The same, for a milestone."""
    text = f"Done: {blocks.escape(step)}. That is one step towards {quoted(title)}."
    undo = blocks.button("Undo", UNTICK, f"{goal_id}:{milestone_id}")
    return Content(text, [blocks.section(text), blocks.actions(undo, block_id=f"chosen-{goal_id}")])


def unticked(title: str, step: str) -> Content:
    """Taken back."""
    text = f"{blocks.escape(step)} is open again, on the way to {quoted(title)}."
    return Content(text, [blocks.section(text)])


def steps_form(goal_id: int, text: Text) -> Block:
    """Milestones to add, and those to take away."""
    fields = [
        blocks.field(
            "New milestones",
            blocks.text_input(ADD, many_lines=True),
            block_id=ADD,
            hint="One a line, ten in all at most.",
            optional=True,
        )
    ]
    if text.milestones:
        choices = [(each.text, str(each.id)) for each in text.milestones]
        fields.append(blocks.field("Take away", blocks.checkboxes(PICK, choices), block_id=TAKE, optional=True))
    shown = [blocks.section(f"On the way to {quoted(text.title)}."), *fields]
    return blocks.modal("Milestones", shown, callback_id=STEPS, submit="Keep it", memory={"goal": goal_id})


def obstacle_form(goal_id: int, title: str) -> Block:
    """What is in the way?"""
    return blocks.modal(
        "What is in the way?",
        [
            blocks.section(f"On the way to {quoted(title)}."),
            blocks.field(
                "In your own words",
                blocks.text_input(WORDS, many_lines=True, longest=LONGEST_NOTE),
                block_id=WORDS,
                hint="Only you read it, followers don't. Next, you see who or what could help.",
            ),
        ],
        callback_id=OBSTACLE,
        submit="Keep it",
        memory={"goal": goal_id},
    )
