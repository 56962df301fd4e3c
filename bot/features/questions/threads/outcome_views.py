"""Did it work: the question after thirty days, what becomes of it, and what whoever helped reads."""

from collections.abc import Sequence

from bot.members.rules import listed
from bot.messages import Content
from bot.slack import blocks

SAY = {each: f"questions.outcome_{each}" for each in ("worked", "partly", "not", "none")}
SAID = {
    "worked": ("It worked", "tried it, and it worked."),
    "partly": ("Partly", "tried it. It worked in part."),
    "not": ("Not for me", "says it was not the way this time. That is worth knowing, too."),
}
MOST_NAMED = 3


def did_it_work(question_id: int, question: str, names: Sequence[str]) -> Content:
    """A month later."""
    who = blocks.escape(listed(list(names[:MOST_NAMED]))) if names else "your colleagues"
    said = f"A month ago you asked: {blocks.escape(question)}"
    dots = blocks.overflow(SAY["none"], [("Don't ask about this one", f"none:{question_id}")])
    buttons = [blocks.button(label, SAY[key], f"{key}:{question_id}") for key, (label, _) in SAID.items()]
    return Content(
        said,
        [
            blocks.section(
                f"A month ago you asked: *{blocks.escape(question)}*\nDid what {who} wrote work?", accessory=dots
            ),
            blocks.actions(*buttons),
            blocks.context("Whoever helped reads what you choose. Nobody reads that you chose nothing."),
        ],
    )


def noted(said: str, told: int) -> Content:
    """What was chosen stands in place of the buttons."""
    if said not in SAID:
        text = "Fine, I won't ask about this one."
    else:
        who = "" if not told else " Whoever helped reads it, too." if told == 1 else " Those who helped read it, too."
        text = f"You said: {SAID[said][0].lower()}.{who}"
    return Content(text, [blocks.context(text)])


def told(by: str, said: str, question: str) -> Content:
    """To whoever helped."""
    line = f"{blocks.escape(by)} {SAID[said][1]}"
    asked = f"It was about: {blocks.escape(question)}"
    return Content(f"{line} {asked}", [blocks.section(f"*{blocks.escape(by)}* {SAID[said][1]}"), blocks.context(asked)])
