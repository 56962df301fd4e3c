"""Draws questions that wait for somebody, on the Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.features.questions import rules
from bot.features.questions.routing.taken_views import PAGE
from bot.features.questions.routing.views import ASKS, TAKE
from bot.features.questions.rules import Words
from bot.members.front.views import GO
from bot.members.moderation.reporting.buttons import report_button
from bot.members.rules import number
from bot.messages import Block
from bot.slack import blocks


@dataclass(frozen=True)
class Shown:
    """A question in a list; `by` is a name or an alias, `asked_at` to the hour under an alias."""

    id: int
    by: str
    kind: str
    words: Words
    skills: tuple[str, ...]
    asked_at: datetime


def row(many: int) -> list[Block]:
    """One line on the front page."""
    if not many:
        return []
    text = (
        "One open question could be yours to answer."
        if many == 1
        else (f"{number(many).capitalize()} open questions could be yours to answer.")
    )
    button = blocks.button("See them" if many > 1 else "See it", GO, PAGE, label="Open questions I could answer")
    return [blocks.section(text, accessory=button, block_id="questions_open")]


def page(found: Sequence[Shown], tz: str) -> list[Block]:
    """Everything open that the viewer may read, whoever waits longest first."""
    shown = [back_home(), blocks.header("Open questions")]
    if not found:
        return [
            *shown,
            blocks.section("Nobody waits at present. Whatever you could answer comes to you, or stands here."),
        ]
    for each in found:
        take = blocks.button(
            "I'll take it", TAKE, str(each.id), label=f"I'll take it: {rules.first_line(each.words.question)}"
        )
        report = report_button(f"question:{each.id}")
        shown += [blocks.section(_lines(each, tz)), blocks.actions(take, report, block_id=f"open-{each.id}")]
    return [*shown, blocks.context("Nobody sees that you looked. What you take counts in My room.")]


def not_in() -> list[Block]:
    """For somebody who is not in Perennial."""
    return [back_home(), blocks.section("Open questions stand here once you are in. Your Home tab has the way in.")]


def back_home() -> Block:
    """The way to the front page."""
    return blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front")


def _lines(each: Shown, tz: str) -> str:
    about = f" · {blocks.escape(', '.join(each.skills))}" if each.skills else ""
    when = blocks.on(each.asked_at, tz)
    line = blocks.escape(rules.first_line(each.words.question, 200))
    return f"*{line}*\n{blocks.escape(each.by)} {ASKS[each.kind]} · {when}{about}"
