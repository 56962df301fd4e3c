"""The fields in which people say who they are, what they bring, and when they work; drawn here and read back here."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot import content
from bot.members import rules
from bot.members.changes import About, Hours, Skills
from bot.messages import Block
from bot.slack import blocks
from bot.slack.blocks import chosen

TEAM, FUNCTION, LEVEL = "team", "function", "level"
OFFERS, WANTS, INTERESTS = "offers", "wants", "interests"
START, END, DAYS, BUDGET = "start", "end", "days", "budget"
FIND_TEAM, FIND_SKILL, FIND_INTEREST = "members.find_team", "members.find_skill", "members.find_interest"
PICK = "members.pick"
LONGEST_TEAM = 60
MOST_WORDS = 10
BUDGETS = (1, 2, 3, 4, 5, 6, 8, 10)
LEVELS = (
    "Just starting in my field",
    "I work with some guidance",
    "I work on my own",
    "I guide others",
    "I lead many people or a whole field",
)

Errors = dict[str, str]


class Function(BaseModel):
    """A kind of work."""

    slug: str
    name: str


@cache
def functions() -> dict[str, str]:
    """The kinds of work one can choose, by slug."""
    return {each.slug: each.name for each in content.load(Path(__file__).parent / "content.yml", Function)}


def about_fields(about: About) -> list[Block]:
    """Team, function and level."""
    team = blocks.suggest(FIND_TEAM, initial=_words([about.team]), many=False, placeholder="Type to find or add it")
    kinds = blocks.select(PICK, [(name, slug) for slug, name in functions().items()], initial=about.function or None)
    levels = blocks.select(PICK, [(name, str(level)) for level, name in enumerate(LEVELS)], initial=str(about.level))
    return [
        blocks.field(
            "Your team", team, block_id=TEAM, hint="As your colleagues call it. Introductions reach across teams."
        ),
        blocks.field("What kind of work you do", kinds, block_id=FUNCTION),
        blocks.field(
            "How far you have come",
            levels,
            block_id=LEVEL,
            hint="Nobody is shown this. It only helps to find people you can learn from.",
        ),
    ]


def skills_fields(skills: Skills) -> list[Block]:
    """What I offer, what I want to learn, what I like."""
    return [
        _words_field(
            "What could you show or tell a colleague?",
            OFFERS,
            FIND_SKILL,
            skills.offers,
            "For example: negotiating, SQL, first weeks as a manager. A word or two each.",
        ),
        _words_field(
            "What would you like to learn?",
            WANTS,
            FIND_SKILL,
            skills.wants,
            "For example: saying no, pricing, writing clearly.",
        ),
        _words_field(
            "What else do you like to talk about?",
            INTERESTS,
            FIND_INTEREST,
            skills.interests,
            "For example: cycling, board games, bread. It makes a first conversation easier.",
        ),
    ]


def hours_fields(hours: Hours, tz: str) -> list[Block]:
    """When I work, and how many messages a week."""
    days = [(name, str(day)) for day, name in enumerate(rules.DAYS)]
    many = sorted({*BUDGETS, hours.weekly_budget})
    budgets = [(rules.number(count).capitalize(), str(count)) for count in many]
    return [
        blocks.field("Your day starts at", blocks.time_input(PICK, initial=_clock(hours.start)), block_id=START),
        blocks.field(
            "Your day ends at",
            blocks.time_input(PICK, initial=_clock(hours.end)),
            block_id=END,
            hint=f"In your own time zone, which Slack says is {tz}.",
        ),
        blocks.field(
            "Days you work",
            blocks.checkboxes(PICK, days, initial=[str(day) for day in hours.days]),
            block_id=DAYS,
        ),
        blocks.field(
            "Messages a week you welcome",
            blocks.select(PICK, budgets, initial=str(hours.weekly_budget)),
            block_id=BUDGET,
            hint="Counted are those you did not ask for. Never more than two on a day, never outside your hours.",
        ),
    ]


def read_about(state: dict[str, Any]) -> tuple[About, Errors]:
    """What was chosen, and what is wrong with it by field."""
    team, function, level = chosen(state, TEAM) or "", chosen(state, FUNCTION) or "", chosen(state, LEVEL) or ""
    errors: Errors = {}
    if problem := rules.problem_with_word(team, LONGEST_TEAM):
        errors[TEAM] = problem
    if function not in functions():
        errors[FUNCTION] = "Pick the kind of work that is closest to yours."
    if level not in {str(each) for each in range(len(LEVELS))}:
        errors[LEVEL] = "Pick the line that is closest to where you are."
    return About(rules.clean(team), function, 2 if LEVEL in errors else int(level)), errors


def read_skills(state: dict[str, Any]) -> tuple[Skills, Errors]:
    """What was chosen, two spellings of one word taken together, and what is wrong with it by field."""
    read: dict[str, tuple[str, ...]] = {}
    errors: Errors = {}
    for field in (OFFERS, WANTS, INTERESTS):
        words = list(dict.fromkeys(rules.clean(word) for word in chosen(state, field) or []))
        problems = [problem for word in words if (problem := rules.problem_with_word(word))]
        if len(words) > MOST_WORDS:
            problems.append(f"That is {len(words)}; {rules.number(MOST_WORDS)} at most, so that each of them counts.")
        if problems:
            errors[field] = problems[0]
        read[field] = tuple({rules.slug(word): word for word in reversed(words)}.values())[::-1]
    return Skills(read[OFFERS], read[WANTS], read[INTERESTS]), errors


def read_hours(state: dict[str, Any]) -> tuple[Hours, Errors]:
    """What was chosen, and what is wrong with it by field."""
    start, end = rules.minutes(chosen(state, START)), rules.minutes(chosen(state, END))
    days = tuple(sorted(int(day) for day in chosen(state, DAYS) or [] if day in {str(each) for each in range(7)}))
    budget = str(chosen(state, BUDGET) or "")
    errors = {
        {"end": END, "days": DAYS}[field]: problem
        for field, problem in rules.problems_with_hours(start, end, days).items()
    }
    if start is None:
        errors[START] = "Pick the time your day starts, such as 09:00."
    if not budget.isdecimal() or not 1 <= int(budget) <= max(BUDGETS):
        errors[BUDGET] = "Pick a number from the list."
    return Hours(start or 0, end or 0, days, 4 if BUDGET in errors else int(budget)), errors


def only_what_can_be_shown(words: Sequence[str]) -> tuple[str, ...]:
    """Of words that were not judged yet, those that a menu can show again."""
    return tuple(word for word in words if rules.problem_with_word(word) is None)[:MOST_WORDS]


def suggestions(found: Sequence[str], typed: str, *, is_known: bool, longest: int) -> list[Block]:
    """The answer to a type-ahead: what exists, then a way to add what was typed."""
    options = [blocks.option(word, word) for word in found if len(word) <= LONGEST_TEAM]
    word = rules.clean(typed)
    if rules.slug(word) and not is_known:
        if rules.problem_with_word(word, longest) is None:
            options.append(blocks.option(f"Add “{word}”", word))
        else:
            options.append(blocks.option(f"Too long: {longest} characters are the most", "x" * (longest + 1)))
    return options


def _words_field(label: str, block_id: str, action_id: str, words: Sequence[str], hint: str) -> Block:
    menu = blocks.suggest(action_id, initial=_words(words), placeholder="Type to find or add")
    return blocks.field(label, menu | {"max_selected_items": MOST_WORDS}, block_id=block_id, hint=hint, optional=True)


def _words(words: Sequence[str]) -> list[blocks.Option]:
    return [(word, word) for word in words if word]


def _clock(minute: int) -> str:
    return f"{min(minute, 1439) // 60:02}:{min(minute, 1439) % 60:02}"
