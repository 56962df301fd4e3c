"""The form behind [Report], and what whoever sent it reads next."""

from collections.abc import Sequence
from typing import Any

from bot.members import rules as words
from bot.members.moderation.rules import LONGEST_REASON
from bot.messages import Block
from bot.slack import blocks

FORM = "moderation.report_form"
WHY = "why"
WRITE = "moderation.write"


def report_form(subject: str, where: str, names: Sequence[str], *, over: str = "") -> Block:
    """Why? `names`: who will look at it. `over`: the view it lies on, which shows the thing."""
    who = blocks.escape(words.listed(list(names)))
    next_ = (
        f"{who} will look at it, and it comes back or stays hidden." if names else "It stays so until somebody looks."
    )
    return blocks.modal(
        "Report",
        [
            blocks.section(
                f"You are about to report {where}. It is hidden from everybody at once. {next_} You hear how it went."
            ),
            blocks.field(
                "Why?",
                blocks.text_input(WRITE, many_lines=True, longest=LONGEST_REASON),
                block_id=WHY,
                hint="A sentence helps whoever decides. For instance: it names a customer, or it makes fun of a person.",
                optional=True,
            ),
            blocks.context(
                "Whoever wrote it hears that it is hidden, and not by whom. Whoever decides reads what you write here, "
                "and not your name."
            ),
        ],
        callback_id=FORM,
        submit="Report",
        memory={"subject": subject, "over": over},
    )


def read_reason(state: dict[str, Any]) -> str:
    """What was written, or nothing."""
    return str(blocks.chosen(state, WHY) or "").strip()[:LONGEST_REASON]


def reported(names: Sequence[str], *, only_you: bool, care: Sequence[Block] = ()) -> Block:
    """It is done, and what happens next."""
    return blocks.modal(
        "Thank you",
        [*care, blocks.section(f"*It is hidden now.* {_next(names, only_you=only_you)}")],
        callback_id="notice",
        close="Close",
    )


def hidden() -> Block:
    """In place of a view that showed the thing, under what is read first."""
    said = "What stood here was reported. It is hidden until somebody has looked at it."
    return blocks.modal("Hidden for now", [blocks.section(said)], callback_id="notice", close="Close")


def _next(names: Sequence[str], *, only_you: bool) -> str:
    if only_you:
        return (
            "Nobody but you could look at it here, so it waits under Reports in your Home tab. Better still: name "
            "another moderator in Settings, and they are asked."
        )
    if not names:
        return (
            "There is nobody here yet who could look at it and neither wrote nor reported it, so it stays hidden. "
            "As soon as a lead names another moderator, they are asked."
        )
    who = blocks.escape(words.listed(list(names)))
    return (
        f"{who} {'is' if len(names) == 1 else 'are'} asked to look at it in their working hours. You hear how it went."
    )
