"""How the Home tab greets its viewer, and what the Settings page says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.members import forms, rules
from bot.members.apart.views import APART
from bot.members.changes import About, Hours, Skills
from bot.members.joining.views import JOIN
from bot.members.leading.views import ALLOW_GUESTS, LEADS, STOP_GUESTS
from bot.members.pauses.views import PAUSE, RESUME, UNDO_RESUME
from bot.members.preferences.views import EDIT_ABOUT, EDIT_HOURS, EDIT_SKILLS, LEAVE
from bot.messages import Block
from bot.slack import blocks

GO = "members.go"  # a button that turns to the place in its value
SETTINGS = "settings"
WHAT_IT_IS = (
    "Now and then, Perennial introduces you to a colleague from another team who knows something you want to learn, "
    "or wants to learn something you know. It says why you two, and offers a question to start with. You decide how "
    "many messages a week are welcome, and when you are left alone."
)
WHO_SEES_WHAT = (
    "People you are introduced to see your name, your team and what you list. Leads see that you joined. "
    "What you write to each other, nobody reads: Perennial never receives it. Pause or leave whenever you like."
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


@dataclass(frozen=True)
class Settings:
    """Everything the Settings page shows."""

    about: About
    skills: Skills
    hours: Hours
    tz: str
    today: date
    paused_until: date | None
    leads: Sequence[str] | None = None  # names, for leads only
    guests_allowed: bool = False


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


def first_visit(greeting: str, name: str, *, left: str | None, is_lead: bool = False) -> list[Block]:
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


def settings(said: Settings) -> list[Block]:
    """The Settings page."""
    shown = [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        blocks.header("Settings"),
        _row("About you", _about(said.about), "Change", EDIT_ABOUT),
        _row("What you bring and what you want", _skills(said.skills), "Change", EDIT_SKILLS),
        _row("Hours and messages", _hours(said.hours, said.tz), "Change", EDIT_HOURS),
    ]
    if said.paused_until is not None:
        shown += paused(said.paused_until, said.today)
    else:
        shown.append(_row("Pause", "No introductions and no suggestions until a day you choose.", "Pause", PAUSE))
    shown += [
        _row(
            "Not paired with me",
            "People you would rather not be paired with. Nobody but you can see who is on this list.",
            "Open",
            APART,
        ),
        _leave(),
    ]
    return shown if said.leads is None else [*shown, *_for_leads(said.leads, said.guests_allowed)]


def settings_of_a_lead_outside(leads: Sequence[str], guests_allowed: bool) -> list[Block]:
    """What a lead finds who is not in Perennial."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        *_for_leads(leads, guests_allowed),
    ]


def _for_leads(leads: Sequence[str], guests_allowed: bool) -> list[Block]:
    names = blocks.escape(rules.listed(list(leads[:20])))
    more = f" and {len(leads) - 20} more" if len(leads) > 20 else ""
    said, text, action_id = (
        ("Guests of this workspace may join, and are introduced like everybody else.", "Stop", STOP_GUESTS)
        if guests_allowed
        else ("Guests of this workspace can't join.", "Allow", ALLOW_GUESTS)
    )
    return [
        blocks.divider(),
        blocks.header("For leads"),
        _row("Leads", f"{names}{more}", "Change", LEADS),
        _row("Guests", said, text, action_id),
    ]


def _about(about: About) -> str:
    kind = forms.functions().get(about.function, "Kind of work: not said")
    team = blocks.escape(about.team) if about.team else "Team: not said"
    return f"{team} · {kind}"


def _skills(skills: Skills) -> str:
    lines = []
    for label, words in (("Brings", skills.offers), ("Wants", skills.wants), ("Likes", skills.interests)):
        lines.append(f"{label}: {blocks.escape(', '.join(words)) if words else 'nothing named'}")
    return "\n".join(lines)


def _hours(hours: Hours, tz: str) -> str:
    return (
        f"{rules.days_in_words(hours.days)}, {rules.hour(hours.start)}-{rules.hour(hours.end)}, {tz} · "
        f"{rules.number(hours.weekly_budget)} message{'s' if hours.weekly_budget != 1 else ''} a week"
    )


def _leave() -> Block:
    sure = blocks.confirm(
        "Leave Perennial?",
        "Nobody is introduced to you any more, and nothing is sent. What you said about yourself and whom you met is "
        "kept, so that you can come back.",
        "Leave",
        "Stay",
    )
    button = blocks.button("Leave", LEAVE, style="danger", confirm=sure, label="Leave Perennial")
    return blocks.section(
        "*Leave Perennial*\nEverything stops at once. Your profile waits, in case you come back.",
        accessory=button,
        block_id="leave",
    )


def _row(title: str, text: str, button: str, action_id: str) -> Block:
    return blocks.section(
        f"*{title}*\n{text}",
        accessory=blocks.button(button, action_id, label=f"{button}: {title}"),
        block_id=action_id,
    )


def way_home(team_id: str, app_id: str | None, what: str) -> str:
    """A link that opens the Home tab."""
    if not app_id:
        return f"You find {what} in the Home tab of this app, in Slack's sidebar under Apps."
    return f"<slack://app?team={team_id}&id={app_id}&tab=home|Open your Home tab>: there you find {what}."
