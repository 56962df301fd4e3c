"""What the Settings page says, and the ways from it to each form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.members import forms, rules
from bot.members.apart.views import APART
from bot.members.changes import About, Hours, Skills
from bot.members.front.views import GO, MOST_NAMES, and_more, ask_the_leads, paused
from bot.members.leading.views import ALLOW_GUESTS, LEADS, STOP_GUESTS
from bot.members.pauses.views import PAUSE
from bot.members.preferences.views import EDIT_ABOUT, EDIT_HOURS, EDIT_SKILLS, LEAVE
from bot.messages import Block
from bot.slack import blocks


@dataclass(frozen=True)
class Settings:
    """Everything the Settings page shows."""

    about: About
    skills: Skills
    hours: Hours
    tz: str
    today: date
    paused_until: date | None
    leads: Sequence[str] = ()  # names
    is_lead: bool = False
    guests_allowed: bool = False
    more: Sequence[Block] = ()  # rows that features contribute
    more_for_leads: Sequence[Block] = ()


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
        *said.more,
        _row(
            "Not paired with me",
            "People you would rather not be paired with. Nobody but you can see who is on this list.",
            "Open",
            APART,
        ),
        _leave(),
    ]
    if said.is_lead:
        return [*shown, *_for_leads(said.leads, said.guests_allowed), *said.more_for_leads]
    return [*shown, *ask_the_leads(said.leads)]


def settings_of_a_lead_outside(leads: Sequence[str], guests_allowed: bool, more: Sequence[Block] = ()) -> list[Block]:
    """What a lead finds who is not in Perennial."""
    return [
        blocks.actions(blocks.button("← Home", GO, "front"), block_id="to_front"),
        *_for_leads(leads, guests_allowed),
        *more,
    ]


def _for_leads(leads: Sequence[str], guests_allowed: bool) -> list[Block]:
    names = blocks.escape(rules.listed([*leads[:MOST_NAMES], *and_more(len(leads) - MOST_NAMES)]))
    said, text, action_id = (
        ("Guests of this workspace may join, and are introduced like everybody else.", "Stop", STOP_GUESTS)
        if guests_allowed
        else ("Guests of this workspace can't join.", "Allow", ALLOW_GUESTS)
    )
    return [
        blocks.divider(),
        blocks.header("For leads"),
        _row("Leads", names, "Change", LEADS),
        _row("Guests", said, text, action_id),
    ]


def _about(about: About) -> str:
    kind = forms.functions().get(about.function, "Kind of work: not said")
    team = blocks.escape(about.team) if about.team else "Team: not said"
    return f"{team} · {kind}"


def _skills(skills: Skills) -> str:
    lines = []
    for label, words in (
        ("You bring", skills.offers),
        ("You want to learn", skills.wants),
        ("You like", skills.interests),
    ):
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
