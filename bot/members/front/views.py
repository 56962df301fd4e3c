"""How the Home tab greets its viewer, on the first visit and on every other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.members import rules
from bot.members.joining.views import JOIN
from bot.members.pauses.views import PAUSE, RESUME, UNDO_RESUME
from bot.members.preferences.views import EDIT_SKILLS
from bot.messages import Block
from bot.slack import blocks

GO = "members.go"  # a button that turns to the place in its value
SETTINGS = "settings"
MOST_NAMES = 20
WHAT_IT_IS = (
    "Now and then, Perennial introduces you to a colleague from another team who knows something you want to learn, "
    "or wants to learn something you know. It says why you two, and offers a question to start with. You decide how "
    "many messages a week are welcome, and when you are left alone."
)
WHO_SEES_WHAT = (
    "People you are introduced to see your name, your team and what you list. Leads see that you joined. "
    "What you write to each other stays between you. Pause or leave whenever you like."
)


@dataclass(frozen=True)
class Hello:
    """Who is greeted, and how things stand for them."""

    greeting: str
    name: str
    used: int
    budget: int
    hours_start: int
    hours_end: int
    today: date
    paused_until: date | None = None
    back_until: date | None = None  # they have just come back from a pause that would have lasted until then
    has_skills: bool = True
    kept_out: bool = False  # a guest who joined while guests were allowed


def hello(said: Hello) -> list[Block]:
    """The first lines for somebody who is in."""
    line = (
        f"{rules.number(said.used).capitalize()} of {rules.number(said.budget)} "
        f"message{'s' if said.budget != 1 else ''} this week · "
        f"hours {rules.hour(said.hours_start)}-{rules.hour(said.hours_end)}"
    )
    shown = [
        blocks.header(f"{said.greeting}, {said.name}"),
        blocks.section(line, accessory=blocks.button("Settings", GO, SETTINGS), block_id="hello"),
    ]
    if said.paused_until is not None:
        shown += paused(said.paused_until, said.today)
    elif said.back_until is not None:
        shown.append(
            blocks.section(
                "Your pause is over, and you are back.",
                accessory=blocks.button("Undo", UNDO_RESUME, said.back_until.isoformat()),
                block_id="back_again",
            )
        )
    if said.kept_out:
        shown.append(blocks.context("Guests are not introduced in this workspace for the time being."))
    if not said.has_skills:
        shown.append(
            blocks.section(
                "Name one thing you could show somebody, or one you want to learn, and introductions can be about it.",
                accessory=blocks.button("Add it", EDIT_SKILLS),
                block_id="no_skills",
            )
        )
    return shown


def paused(until: date, today: date) -> list[Block]:
    """What it means that they are paused, and the way out."""
    day = rules.day_in_words(until, today)
    return [
        blocks.section(
            f"*Paused until {day}.* Nobody is introduced to you, and nothing is suggested. You are back by yourself "
            "that day, and hear so.",
            block_id="paused",
        ),
        blocks.actions(
            blocks.button("Resume now", RESUME, style="primary"),
            blocks.button("Another day", PAUSE),
            block_id="paused_acts",
        ),
    ]


def first_visit(
    greeting: str, name: str, *, left: str | None, is_lead: bool = False, leads: Sequence[str] = ()
) -> list[Block]:
    """What somebody meets who is not in; `left`: the day they left, in words. One can lead without being in."""
    text = f"You left on {left}. What you said about yourself is still here. {WHAT_IT_IS}" if left else WHAT_IT_IS
    buttons = [blocks.button("Come back" if left else "Join", JOIN, style="primary")]
    if is_lead:
        buttons.append(blocks.button("Settings for leads", GO, SETTINGS))
    return [
        blocks.header(f"{greeting}, {name}"),
        blocks.section(text, block_id="first_visit"),
        blocks.actions(*buttons, block_id="join"),
        blocks.context("Three short steps, under a minute.", WHO_SEES_WHAT),
        *ask_the_leads(() if is_lead else leads),
    ]


def first_visit_of_a_guest(greeting: str, name: str, leads: Sequence[str]) -> list[Block]:
    """What a guest meets where guests are not let in."""
    who = f" {blocks.escape(rules.listed(list(leads[:3])))} can change that." if leads else ""
    return [
        blocks.header(f"{greeting}, {name}"),
        blocks.section(
            f"{WHAT_IT_IS}\n\nIn this workspace, guests can't join so far.{who}", block_id="first_visit_of_a_guest"
        ),
    ]


def ask_the_leads(leads: Sequence[str]) -> list[Block]:
    """Who can help, for those who are no leads."""
    if not leads:
        return []
    names = blocks.escape(rules.listed([*leads[:MOST_NAMES], *and_more(len(leads) - MOST_NAMES)]))
    return [blocks.context(f"Leads here: {names}. Any of them can help.")]


def and_more(many: int) -> list[str]:
    """The end of a list that was cut."""
    return [f"{rules.number(many)} more"] if many > 0 else []


def way_home(team_id: str, app_id: str | None, what: str) -> str:
    """A link that opens the Home tab."""
    if not app_id:
        return f"You find {what} in the Home tab of this app, in Slack's sidebar under Apps."
    return f"<slack://app?team={team_id}&id={app_id}&tab=home|Open your Home tab>: there you find {what}."
