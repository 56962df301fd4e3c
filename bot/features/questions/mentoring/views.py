"""Speaks: a mentor's page, its line on the front page, and its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.features.questions.mentoring import rules, words
from bot.features.questions.mentoring.rules import Held
from bot.features.questions.rules import KINDS
from bot.members.commitments.words import day
from bot.members.front.views import GO
from bot.members.preferences.views import EDIT_SKILLS
from bot.members.rules import listed, number
from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import chosen

PAGE = "helping"
EDIT = "questions.helping"
WHICH, HOW, PICK, WRITE = "kinds", "how", "questions.pick_kinds", "questions.write_how"
MOST_SHOWN = 10
READS = {  # kinds, where they are listed
    "question": "questions",
    "feedback": "feedback on something",
    "review": "quick reviews with a checklist",
    "thinking": "thinking something through together",
}


@dataclass(frozen=True)
class Shown:
    """How somebody helps, as they see it themselves."""

    skills: Sequence[str]  # as written
    kinds: Sequence[str]
    how: str  # as written
    hidden: bool  # the words were reported, and nobody sees them
    held: Sequence[Held]
    usual: timedelta | None
    tz: str
    now: datetime


def row(held: int, kinds: Sequence[str], room: str) -> list[Block]:
    """Two lines on the front page of whoever offers skills. `held`: what they hold or were asked; `room`: their bar."""
    button = blocks.button("How I help", GO, PAGE, label="How I help: what I offer, and what I am asked")
    waits = f"{number(held)} open {'thread' if held == 1 else 'threads'}" if held else "no thread is open"
    said = waits if kinds else "you take no questions at present"
    return [blocks.section(f"*How I help:* {said}\n{room}", accessory=button, block_id="helping")]


def page(shown: Shown, room: Sequence[Block]) -> list[Block]:
    """All of it; `room` is the bar with its buttons."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("How I help"),
        _skills(shown.skills),
        _kinds(shown),
        *room,
        *_held(shown),
        blocks.section(f"*My usual answer time*\n{_usual(shown.usual)}"),
        blocks.context(
            "Whoever asks you sees what you offer and how you like to help. Your threads, your room and your answer "
            "time are shown here to you alone."
        ),
    ]


def not_in() -> list[Block]:
    """The page of somebody who is not in Perennial."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.section("How you help stands here once you are in. Your Home tab has the way in: three short steps."),
    ]


def form(kinds: Sequence[str], how: str) -> Block:
    """Which kinds of question, and how do you like to help?"""
    return blocks.modal(
        "How I help",
        [
            blocks.field(
                "What may people ask you for?",
                blocks.checkboxes(PICK, [(_capital(READS[kind]), kind) for kind in KINDS], initial=kinds),
                block_id=WHICH,
                hint="Only about skills you offer. Tick nothing, and nobody is sent to you at present.",
                optional=True,
            ),
            blocks.field(
                "How do you like to help?",
                blocks.text_input(WRITE, initial=how, many_lines=True, longest=rules.LONGEST_HOW),
                block_id=HOW,
                hint="Whoever asks you reads it. For example: send me the draft a day before; I answer best on "
                "Thursday mornings.",
                optional=True,
            ),
        ],
        callback_id=EDIT,
        submit="Save",
    )


def read_form(state: dict[str, Any]) -> tuple[list[str], str, dict[str, str]]:
    """The kinds, the words, and what is wrong with them by field."""
    how = str(chosen(state, HOW) or "").strip()
    problem = rules.problem_with_how(how)
    return rules.known(chosen(state, WHICH) or [], KINDS), how, {HOW: problem} if problem else {}


def _skills(skills: Sequence[str]) -> Block:
    said = blocks.escape(", ".join(skills)) if skills else "Nothing named yet. One skill is enough to be asked."
    button = blocks.button("Change", EDIT_SKILLS, label="Change: what I offer")
    return blocks.section(f"*What I offer*\n{said}", accessory=button, block_id="helping_skills")


def _kinds(shown: Shown) -> Block:
    kinds = [READS[each] for each in shown.kinds]
    said = listed(kinds)
    said = f"{_capital(said)}." if said else "Nothing at present: nobody is sent to you."
    if shown.how:
        said += f"\n{blocks.escape(shown.how)}"
    if shown.how and shown.hidden:
        said += "\n_Somebody reported these words, so nobody sees them for now. Other words can be seen at once._"
    button = blocks.button("Change", EDIT, label="Change: what people may ask me for, and how I like to help")
    return blocks.section(f"*What people may ask me for*\n{said}", accessory=button, block_id="helping_kinds")


def _held(shown: Shown) -> list[Block]:
    if not shown.held:
        return [
            blocks.section("*My open threads*\nNone. When somebody asks you, it comes as a message from Perennial.")
        ]
    lines = [_line(each, shown) for each in shown.held[:MOST_SHOWN]]
    if len(shown.held) > MOST_SHOWN:
        lines.append(f"and {number(len(shown.held) - MOST_SHOWN)} more")
    return [
        blocks.section("*My open threads*\n" + "\n".join(lines)),
        blocks.context("Each has its thread in your messages from Perennial."),
    ]


def _line(held: Held, shown: Shown) -> str:
    since = day(held.since, shown.tz, shown.now)
    return f"• {_capital(held.name)}, {'yours' if held.claimed else 'asked of you'} since {since}"


def _usual(span: timedelta | None) -> str:
    said = words.usual_time(span)
    if span is None:
        return f"{said.capitalize()}. It stands here after {number(rules.FEWEST)} questions you took on."
    return f"{said.capitalize()}, from being asked to saying that you take it."


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
