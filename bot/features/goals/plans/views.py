"""Speaks: the three ways on, their forms, and what came of them."""

from collections.abc import Sequence

from bot.features.goals.reviews.views import KEEP, UNDO, more
from bot.features.goals.rules import LONGEST_MILESTONE, LONGEST_NOTE, Text, next_step
from bot.features.goals.steps.views import NOTE, TICK
from bot.features.goals.words import quoted
from bot.messages import Block, Content
from bot.slack import blocks

SMALLER, PERSON, ANGLE = "goals.smaller", "goals.person", "goals.angle"
STEP, FIRST, SECOND = "step", "first", "second"
WAYS = {SMALLER: "smaller", PERSON: "person", ANGLE: "angle"}


def plan(goal_id: int, title: str) -> Content:
    """Nothing moved over two reviews: which way on?"""
    text = f"{quoted(title)} has stayed where it is over the last two times I asked. Shall we try another way?"
    value = str(goal_id)
    return Content(
        text,
        [
            blocks.section(
                f"*{text}*\nA *smaller step* fits into half an hour this week. *Somebody else* sees what one does not "
                "see alone. A *different angle* is two questions."
            ),
            blocks.actions(
                blocks.button("A smaller step", SMALLER, value, style="primary"),
                blocks.button("Somebody else", PERSON, value),
                blocks.button("A different angle", ANGLE, value),
                more(goal_id, ("Keep it as it is", f"keep:{goal_id}"), ("Pause it", f"pause:{goal_id}")),
                block_id=f"plan-{goal_id}",
            ),
            blocks.context("Keeping it, pausing it and letting it go are behind the dots, and as good."),
        ],
    )


def smaller_form(goal_id: int, title: str) -> Block:
    """One step that fits into half an hour."""
    return blocks.modal(
        "A smaller step",
        [
            blocks.section(f"Towards {quoted(title)}."),
            blocks.field(
                "What could you do in half an hour this week?",
                blocks.text_input(STEP, longest=LONGEST_MILESTONE),
                block_id=STEP,
                hint="For example: ask Mina whether I may sit in on Thursday.",
            ),
        ],
        callback_id=SMALLER,
        submit="Keep it",
        memory={"goal": goal_id},
    )


def angle_form(goal_id: int, title: str, questions: Sequence[str]) -> Block:
    """Two questions; the answers stay with their writer."""
    first, second = questions
    return blocks.modal(
        "A different angle",
        [
            blocks.section(f"About {quoted(title)}. Only you read the answers, followers don't."),
            blocks.field(
                first, blocks.text_input(FIRST, many_lines=True, longest=LONGEST_NOTE), block_id=FIRST, optional=True
            ),
            blocks.field(
                second, blocks.text_input(SECOND, many_lines=True, longest=LONGEST_NOTE), block_id=SECOND, optional=True
            ),
        ],
        callback_id=ANGLE,
        submit="Keep it",
        memory={"goal": goal_id},
    )


def stepping(goal_id: int, title: str, step: str) -> Content:
    """A smaller step was chosen."""
    text = f"Your next step towards {quoted(title)}: {blocks.escape(step)}. I ask in a week how it went."
    return Content(text, [blocks.section(text), _undo(goal_id)])


def seeing(goal_id: int, title: str, helps: Sequence[Block]) -> Content:
    """Somebody else was chosen: who there is, or that nobody can be named yet."""
    if helps:
        text = f"Somebody else for {quoted(title)}: here is where you find them. I ask in a week what came of it."
        return Content(
            text, [blocks.section(text), blocks.actions(*helps[:5], block_id=f"helps-{goal_id}"), _undo(goal_id)]
        )
    text = f"I can't bring you together with anybody for {quoted(title)} yet. A smaller step works alone."
    step = blocks.button("A smaller step", SMALLER, str(goal_id), style="primary")
    return Content(text, [blocks.section(text), blocks.actions(step, block_id=f"helps-{goal_id}"), _undo(goal_id)])


def seen_anew(goal_id: int, title: str) -> Content:
    """Two questions were answered."""
    text = f"Kept with {quoted(title)}, for you alone. I ask in a week whether it led to something."
    return Content(text, [blocks.section(text), _undo(goal_id)])


def after(goal_id: int, text: Text, way: str) -> Content:
    """A week later: what came of it?"""
    title, step = quoted(text.title), next_step(text)
    first = {
        "smaller": f"A week ago you chose a smaller step towards {title}",
        "person": f"A week ago you wanted to speak to somebody about {title}",
        "angle": f"A week ago you looked at {title} from another side",
    }[way]
    if way == "smaller" and step is not None:
        said = f"{first}: {blocks.escape(step.text)}. How did it go?"
        yes = blocks.button("I did it", TICK, f"{goal_id}:{step.id}", style="primary")
    else:
        said = f"{first}. Did it lead to something?"
        yes = blocks.button("Yes, note it", NOTE, str(goal_id), style="primary")
    rest = more(goal_id, ("Pause it", f"pause:{goal_id}"))
    return Content(
        said,
        [
            blocks.section(f"*{said}*"),
            blocks.actions(yes, blocks.button("Not yet", KEEP, str(goal_id)), rest, block_id=f"after-{goal_id}"),
            blocks.context("From here on I ask at your own rhythm again."),
        ],
    )


def _undo(goal_id: int) -> Block:
    return blocks.actions(blocks.button("Another way", UNDO, str(goal_id)), block_id=f"chosen-{goal_id}")
