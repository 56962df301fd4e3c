"""The form of a review, and how a review reads for whoever asked."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.features.questions.threads.checklists import Checklist
from bot.messages import Block
from bot.slack import blocks

REVIEW, REVIEW_FORM = "questions.review", "questions.review_form"
TICK, COMMENT = "questions.tick", "comment"
FINE = "fine"
LONGEST_COMMENT = 500


class Noted(Protocol):
    """What somebody saw at one point."""

    @property
    def ticked(self) -> bool: ...
    @property
    def comment(self) -> str: ...


def form(question_id: int, checklist: Checklist, notes: Mapping[str, Noted], question: str) -> Block:
    """Every point with a box and a line; whatever is left open can be added later."""
    shown: list[Block] = [
        blocks.section(f"*{checklist.title}*, for: {blocks.escape(question)}"),
        blocks.context("Tick what is good, write a line where you have one, leave the rest. You can come back to it."),
    ]
    for point in checklist.points:
        noted = notes.get(point.slug)
        boxes = blocks.checkboxes(TICK, [("Fine as it is", FINE)], initial=[FINE] if noted and noted.ticked else [])
        line = blocks.text_input(
            COMMENT, initial=noted.comment if noted else "", many_lines=True, longest=LONGEST_COMMENT
        )
        shown += [
            blocks.section(f"*{blocks.escape(point.say)}*\n{blocks.escape(point.hint)}"),
            blocks.actions(boxes, block_id=f"tick_{point.slug}"),  # a field of its own would say "(optional)" each time
            blocks.field("What you saw", line, block_id=f"comment_{point.slug}", optional=True),
        ]
    return blocks.modal(
        "Quick review", shown, callback_id=REVIEW_FORM, submit="Save and send", memory={"question": question_id}
    )


def read(checklist: Checklist, state: Mapping[str, Any]) -> dict[str, tuple[bool, str]]:
    """What the form says, by point: ticked, and the line."""
    found = {}
    for point in checklist.points:
        boxes = (state.get(f"tick_{point.slug}") or {}).get(TICK) or {}
        line = (state.get(f"comment_{point.slug}") or {}).get(COMMENT) or {}
        found[point.slug] = (bool(boxes.get("selected_options")), str(line.get("value") or "").strip())
    return found


def as_text(checklist: Checklist, notes: Mapping[str, Noted]) -> str:
    """A review as whoever asked reads it: what is to be said first, then what is fine; empty where nothing was noted."""
    said = [point for point in checklist.points if point.slug in notes and notes[point.slug].comment]
    fine = [
        point
        for point in checklist.points
        if point.slug in notes and notes[point.slug].ticked and not notes[point.slug].comment
    ]
    parts = [f"*{point.say}*{_mark(notes[point.slug])}\n{notes[point.slug].comment}" for point in said]
    if fine:
        parts.append("\n".join(["*Fine as it is*", *(f"• {point.say}" for point in fine)]))
    return "\n\n".join(parts)


def _mark(noted: Noted) -> str:
    return " (fine)" if noted.ticked else ""
