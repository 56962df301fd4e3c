"""Speaks: the form of a goal, and what is said once it is kept."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.features.goals.rules import (
    LONGEST_SKILL,
    LONGEST_TITLE,
    LONGEST_WHY,
    MOST_FOLLOWERS,
    RHYTHMS,
    Draft,
    Text,
)
from bot.features.goals.words import by_when, quoted
from bot.members.forms import FIND_SKILL
from bot.members.rules import clean, day_in_words
from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import chosen

NEW, EDIT = "goals.new", "goals.edit"
TITLE, WHY, BY, SKILL, STEPS, RHYTHM, FOLLOWERS = "title", "why", "by", "skill", "steps", "rhythm", "followers"
PICK = "goals.pick"
WHO_READS = (
    "Nobody reads this but you, and whoever you name below and says yes. It is locked with a key of your own; leads "
    "see nothing of it. Only whoever runs this server could open it."
)
WHAT_FOLLOWERS_SEE = (
    "Nobody, unless you choose up to five people. Each is asked first, and then sees title, milestones and the notes "
    "you share."
)


def new_form(draft: Draft) -> Block:
    """A goal to be written down: seven fields, one of them needed."""
    return blocks.modal(
        "Set a goal",
        [*_what(draft), _steps_field(), *_how(draft), blocks.context(WHO_READS)],
        callback_id=NEW,
        submit="Keep it",
    )


def edit_form(goal_id: int, version: int, draft: Draft, *, now_says: Text | None = None, today: date) -> Block:
    """The same for one that exists. `now_says`: what it says since another window changed it meanwhile."""
    told = [] if now_says is None else _changed_elsewhere(now_says, today)
    return blocks.modal(
        "Re-cut this goal",
        [*told, *_what(draft), *_how(draft), blocks.context(WHO_READS)],
        callback_id=EDIT,
        submit="Keep it",
        memory={"goal": goal_id, "version": version},
    )


def kept(title: str, due: date | None, asked: Sequence[str], today: date) -> Block:
    """What the form turns into: it is kept, and this comes next. `asked`: names of who is asked to follow."""
    lines = [f"{quoted(title)} is yours now."]
    if due is not None:
        lines.append(f"I ask about it on {day_in_words(due, today)}; every answer to that is a good one.")
    if asked:
        lines.append(f"Asked to follow it: {blocks.escape(', '.join(asked))}. They see nothing before they say yes.")
    lines.append("You find it on my Home tab, under Goals.")
    return blocks.modal("Set a goal", [blocks.section("\n".join(lines))], callback_id="goals.kept", close="Close")


def read_goal(state: dict[str, Any]) -> tuple[Draft, tuple[str, ...]]:
    """What the form holds, and its new milestones; nothing is judged here."""
    draft = Draft(
        title=clean(str(chosen(state, TITLE) or "")),
        why=str(chosen(state, WHY) or "").strip(),
        by=read_day(chosen(state, BY)),
        skill=clean(str(chosen(state, SKILL) or "")),
        rhythm=str(chosen(state, RHYTHM) or "none"),
        followers=tuple(dict.fromkeys(chosen(state, FOLLOWERS) or [])),
    )
    return draft, read_lines(chosen(state, STEPS))


def read_lines(text: object) -> tuple[str, ...]:
    """What was written, a line each, without empty ones and repetitions."""
    lines = [clean(line) for line in str(text or "").splitlines()]
    return tuple(dict.fromkeys(line for line in lines if line))


def read_day(text: object) -> date | None:
    """A day that was picked."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _what(draft: Draft) -> list[Block]:
    skill = blocks.suggest(
        FIND_SKILL,
        initial=[(draft.skill, draft.skill)] if draft.skill else (),
        many=False,
        placeholder="Type to find, or a word of your own",
    )
    return [
        blocks.field(
            "What do you want to get to?",
            blocks.text_input(TITLE, initial=draft.title, longest=LONGEST_TITLE),
            block_id=TITLE,
            hint="For example: lead a design review on my own.",
        ),
        blocks.field(
            "Why does it matter to you?",
            blocks.text_input(WHY, initial=draft.why, many_lines=True, longest=LONGEST_WHY),
            block_id=WHY,
            hint="For the day on which it is hard. Nobody else reads it, followers neither.",
            optional=True,
        ),
        blocks.field(
            "By when?",
            blocks.date_input(PICK, initial=draft.by.isoformat() if draft.by else None),
            block_id=BY,
            hint="Leave it empty for an open end.",
            optional=True,
        ),
        blocks.field(
            "Skill it grows",
            skill,
            block_id=SKILL,
            hint=f"One word or a few, up to {LONGEST_SKILL} characters.",
            optional=True,
        ),
    ]


def _steps_field() -> Block:
    return blocks.field(
        "First milestones",
        blocks.text_input(STEPS, many_lines=True),
        block_id=STEPS,
        hint="One a line, ten at most. For example: sit in on two reviews of others.",
        optional=True,
    )


def _how(draft: Draft) -> list[Block]:
    people = blocks.people_input(PICK, initial=draft.followers, placeholder="Only you")
    return [
        blocks.field(
            "How often shall I ask about it?",
            blocks.select(PICK, [(said, name) for name, said in RHYTHMS.items()], initial=draft.rhythm),
            block_id=RHYTHM,
            hint="A short message in your hours. Keeping, changing, pausing, finishing, letting go: each is fine.",
        ),
        blocks.field(
            "Who may follow it?",
            people | {"max_selected_items": MOST_FOLLOWERS},
            block_id=FOLLOWERS,
            hint=WHAT_FOLLOWERS_SEE,
            optional=True,
        ),
    ]


def _changed_elsewhere(now_says: Text, today: date) -> list[Block]:
    facts = [f"*{blocks.escape(now_says.title)}*", by_when(now_says.by, today)]
    if now_says.skill:
        facts.append(f"Skill: {blocks.escape(now_says.skill)}")
    if now_says.why:
        facts.append(f"Why: {blocks.escape(now_says.why)}")
    told = (
        "This goal was changed in another window while this form was open, so nothing was kept yet. Now it says what "
        "stands here; your own words are below. Press *Keep it* again to put them in its place, or *Cancel* to leave "
        "it as it is."
    )
    return [blocks.section(told), blocks.section("\n".join(facts)), blocks.divider()]
