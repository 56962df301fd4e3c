"""Speaks: one step at a time, how far one is, and the end."""

from collections.abc import Sequence

from bot.features.nudges.library import Step
from bot.members.rules import number
from bot.messages import Block
from bot.slack import blocks

OPEN, TRIED = "nudges.open_training", "nudges.tried_step"


def row(steps: Sequence[Step], done: int | None) -> list[Block]:
    """The training on the Home tab and the page of nudges; `done`: None before it is begun."""
    if done is None:
        text = (
            f"*Mentor training*\n{_many(steps)} short steps on mentoring, at your own pace. The first: {_first(steps)}"
        )
        return [_with_button(text, "Begin", "Begin the mentor training")]
    if done >= len(steps):
        return [_with_button(f"*Mentor training*\nAll {_many(steps).lower()} steps done.", "Read again", "Read again")]
    text = f"*Mentor training*\n{_so_far(done, steps)} Next: _{blocks.escape(steps[done].title)}_"
    return [_with_button(text, "Open", "Open the next step of the mentor training")]


def step_form(steps: Sequence[Step], at: int, done: int) -> Block:
    """One step: the idea, what to do, and a question for oneself. A later one opens once this was tried."""
    step = steps[at]
    shown = [
        blocks.context(f"Step {number(at + 1)} of {number(len(steps))}"),
        blocks.section(f"*{blocks.escape(step.title)}*\n{blocks.escape(step.idea)}"),
        blocks.section(f"*Try this*\n{blocks.escape(step.practice)}"),
        blocks.section(f"*And afterwards, for yourself*\n{blocks.escape(step.question)}"),
    ]
    if at == done:
        shown.append(blocks.context("Nothing you think about it is kept here. A reflection is a good place for it."))
    buttons = []
    if at > 0:
        buttons.append(blocks.button("← Before", f"{OPEN}_before", str(at - 1)))
    if at < done and at + 1 < len(steps):
        buttons.append(blocks.button("Next →", f"{OPEN}_next", str(at + 1)))
    if buttons:
        shown.append(blocks.actions(*buttons, block_id=f"step-{at}"))
    is_next = at == done
    return blocks.modal(
        "Mentor training",
        shown,
        callback_id=TRIED,
        submit="I tried it" if is_next else None,
        close="Later" if is_next else "Close",
        memory={"step": at},
    )


def tried(steps: Sequence[Step], done: int) -> Block:
    """What follows a step that was tried: the next, or the end."""
    if done >= len(steps):
        said = [
            blocks.section(
                "That was the sixth. You have said back what you heard, kept a goal in somebody's own words, said "
                "what you saw, and named an end before it came. The people you mentor get all of it."
            ),
            blocks.context("Every step stays on your page of nudges, to be read again."),
        ]
    else:
        said = [
            blocks.section(
                f"{_so_far(done, steps)} The next one is _{blocks.escape(steps[done].title)}_. "
                "It waits on your Home tab for as long as you like."
            ),
            blocks.actions(blocks.button("Open it now", f"{OPEN}_next", str(done)), block_id=f"step-{done}"),
            blocks.context("What came of this one is worth a line in your reflections."),
        ]
    return blocks.modal("Mentor training", said, callback_id="notice", close="Close")


def _so_far(done: int, steps: Sequence[Step]) -> str:
    if done == 0:
        return "Begun."
    return f"{number(done).capitalize()} of {number(len(steps))} done."


def _many(steps: Sequence[Step]) -> str:
    return number(len(steps)).capitalize()


def _first(steps: Sequence[Step]) -> str:
    return f"_{blocks.escape(steps[0].title)}_"


def _with_button(text: str, label: str, spoken: str) -> Block:
    return blocks.section(text, accessory=blocks.button(label, OPEN, "training", label=spoken), block_id="training")
