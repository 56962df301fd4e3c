"""Speaks: the question, what became of it, and the form that says how often to ask."""

from dataclasses import dataclass
from typing import Any

from bot.features.reflections.library import PromptWords
from bot.features.reflections.prompts import rules
from bot.features.reflections.prompts.rules import Hours, Pace
from bot.members.rules import DAYS, listed, minutes
from bot.messages import Block, Content
from bot.slack import blocks

ANSWER = "reflections.answer"
AFTER_ALL = "reflections.after_all"
NOT_TODAY = "reflections.not_today"
MORE = "reflections.more"
LESS, STOP, WHEN = "less", "stop", "when"
UNDO = "reflections.undo"
CHANGE = "reflections.change"
REMOVE = "reflections.remove"
RHYTHM = "reflections.rhythm"
RHYTHM_FORM = "reflections.rhythm_form"
PACE, ON, AT = "pace", "days", "at"
PACES = [
    ("Each day I work", "daily"),
    ("Once a week or more, on the days below", "weekly"),
    ("Every second week, on the day below", "fortnightly"),
    ("Not at all", "off"),
]
TELLS = (
    "You can also reply in this thread. A reply stays in Slack as well, where the workspace's owners may export it; "
    "what you write in the form does not."
)


@dataclass(frozen=True)
class Asked:
    """A question as its message stands: `state` as stored, `reflection_id` once it is answered."""

    id: int
    words: PromptWords
    state: str
    tells: bool = False
    reflection_id: int | None = None


def prompt(asked: Asked) -> Content:
    """The question, with its buttons or with what was chosen."""
    shown = [blocks.section(f"*{blocks.escape(asked.words.question)}*")]
    if asked.state == "answered" and asked.reflection_id is not None:
        shown += [blocks.context("Kept in your journal."), kept_buttons(asked.reflection_id)]
    elif asked.state == "passed":
        again = blocks.button("Write after all", AFTER_ALL, str(asked.id))
        shown += [blocks.context("Not today, then. The next question comes as usual."), blocks.actions(again)]
    else:
        shown += _open(asked)
    return Content(asked.words.question, shown)


def _open(asked: Asked) -> list[Block]:
    value = str(asked.id)
    more = [
        ("Ask less often", f"{LESS}:{value}"),
        ("Stop asking", f"{STOP}:{value}"),
        ("Another time", f"{WHEN}:{value}"),
    ]
    return [
        blocks.context(f"_{blocks.escape(asked.words.hint)}_"),
        blocks.actions(
            blocks.button("Write it here", ANSWER, value, style="primary"),
            blocks.button("Not today", NOT_TODAY, value),
            blocks.overflow(MORE, more),
            block_id=f"prompt-{value}",
        ),
        blocks.context(
            TELLS if asked.tells else "Or reply in this thread. You asked for these; the menu changes how often."
        ),
    ]


def kept_buttons(reflection_id: int) -> Block:
    """[Change] [Remove] of one entry."""
    sure = blocks.confirm("Remove it?", "It leaves your journal, and nobody can bring it back.", "Remove", "Keep it")
    return blocks.actions(
        blocks.button("Change", CHANGE, str(reflection_id)),
        blocks.button("Remove", REMOVE, str(reflection_id), confirm=sure),
        block_id=f"kept-{reflection_id}",
    )


def rhythm_changed(asked: Asked, pace: Pace, hours: Hours) -> Content:
    """What the menu's choice means from now on, with an undo; the question itself can still be answered."""
    said = "No more questions from now on." if pace.pace == "off" else f"From now on I ask {in_words(pace, hours)}."
    return Content(
        said,
        [
            blocks.section(f"*{blocks.escape(asked.words.question)}*"),
            blocks.section(said),
            blocks.actions(
                blocks.button("Undo", UNDO, str(asked.id)),
                blocks.button("Write it here", ANSWER, str(asked.id)),
            ),
        ],
    )


def in_words(pace: Pace, hours: Hours) -> str:
    """When somebody is asked, as it stands behind "I ask"."""
    if pace.pace == "off":
        return "never"
    minute = rules.in_hours(pace.at_minute, hours)
    at = f"at {minute // 60}:{minute % 60:02}"
    days = listed([DAYS[day] for day in rules.days_of(pace, hours)])
    if pace.pace == "daily":
        return f"each day you work, {at}"
    return f"every second {days}, {at}" if pace.pace == "fortnightly" else f"each {days}, {at}"


def rhythm_line(pace: Pace, hours: Hours) -> Block:
    """How often they are asked, with the way to change it."""
    if pace.pace == "off":
        text = "Would a question help you begin? I can ask one a week, or one a day. So far I ask none."
        return blocks.section(text, accessory=blocks.button("Choose when", RHYTHM), block_id="rhythm")
    text = f"I ask you one question {in_words(pace, hours)}."
    return blocks.section(text, accessory=blocks.button("Change", RHYTHM, label="Change when I ask"), block_id="rhythm")


def rhythm_form(pace: Pace, hours: Hours) -> Block:
    """When to ask."""
    initial = pace.pace if pace.pace != "off" else "weekly"
    working = [day for day in range(7) if day in hours.days] or list(range(7))
    minute = rules.in_hours(pace.at_minute, hours)
    return blocks.modal(
        "Questions to me",
        [
            blocks.field("How often", blocks.radios(PACE, PACES, initial=initial), block_id=PACE),
            blocks.field(
                "Days",
                blocks.checkboxes(
                    ON,
                    [(DAYS[day], str(day)) for day in working],
                    initial=[str(day) for day in rules.days_of(pace, hours)],
                ),
                block_id=ON,
                optional=True,
                hint="For once a week or more, and for every second week.",
            ),
            blocks.field(
                "At",
                blocks.time_input(AT, initial=f"{minute // 60:02}:{minute % 60:02}"),
                block_id=AT,
                hint="Your own time, within your hours. Fifteen minutes before you stop is a good moment.",
            ),
            blocks.context(
                "A question counts towards the messages you welcome in a week. Once those are used, it is left out."
            ),
        ],
        callback_id=RHYTHM_FORM,
        submit="Save",
    )


def read_rhythm(state: dict[str, Any]) -> tuple[Pace, int | None]:
    """What was chosen; the minute is None where it can't be read."""
    pace = blocks.chosen(state, PACE)
    days = tuple(sorted(int(day) for day in blocks.chosen(state, ON) or [] if day in {str(n) for n in range(7)}))
    at = minutes(blocks.chosen(state, AT))
    return Pace(pace if pace in rules.PACES else "off", days, rules.AT if at is None else at), at


def rhythm_errors(problems: dict[str, str]) -> dict[str, str]:
    """The rules' findings, under their fields."""
    return {{"days": ON, "at": AT}[field]: text for field, text in problems.items()}


def rhythm_saved(pace: Pace, hours: Hours) -> Block:
    """What was chosen, said back."""
    return blocks.modal(
        "Questions to me", [blocks.section(said_back(pace, hours))], callback_id="reflections.saved", close="Close"
    )


def said_back(pace: Pace, hours: Hours) -> str:
    """What was chosen, in a sentence."""
    if pace.pace == "off":
        return "No questions from now on. Your journal stays, and you can write in it whenever you like."
    return f"From now on I ask you one question {in_words(pace, hours)}. Each comes with a menu to have fewer, or none."
