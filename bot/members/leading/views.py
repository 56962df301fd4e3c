"""The form in which leads name leads, and what those who are named hear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.members import rules
from bot.messages import Block, Content
from bot.slack import blocks
from bot.slack.blocks import chosen

LEADS = "members.leads"
ALLOW_GUESTS = "members.allow_guests"
STOP_GUESTS = "members.stop_guests"
CHANGED = "members.lead_changed"
PEOPLE = "people"
PICK = "members.pick"
MOST_NAMES = 30


@dataclass(frozen=True)
class Leads:
    """Who leads: those named here by Slack id, and the names of those who lead by what they are."""

    named: Sequence[str]
    admins: Sequence[str]


def leads_form(leads: Leads) -> Block:
    """Whom shall lead?"""
    shown = [
        blocks.section(
            "Leads make and edit programs, look at a round before it is sent, and see who joined. They see nothing "
            "that people write."
        ),
        blocks.field(
            "Leads named here",
            blocks.people_input(PICK, initial=leads.named),
            block_id=PEOPLE,
            hint="Take somebody out and they stop being a lead. Both hear about it.",
            optional=True,
        ),
    ]
    if leads.admins:
        names = blocks.escape(rules.listed(list(leads.admins[:MOST_NAMES])))
        shown.append(
            blocks.context(
                f"Always leads: {names}. They administer this Slack, installed Perennial, or stand in its settings."
            )
        )
    return blocks.modal("Leads", shown, callback_id=LEADS, submit="Save")


def read_leads(state: dict[str, Any]) -> list[str]:
    """The Slack ids that were chosen, each once."""
    return list(dict.fromkeys(chosen(state, PEOPLE) or []))


def problem_with(names: Sequence[str]) -> dict[str, str]:
    """Why these people can't lead."""
    who = rules.listed(list(names))
    return {PEOPLE: f"{who} can't be a lead: guests, apps and deactivated accounts can't. Take them out to save."}


def named(by: str) -> Content:
    """Told to a new lead."""
    text = f"{by} made you a lead of Perennial."
    return Content(
        text=text,
        blocks=[
            blocks.section(
                f"{blocks.escape(text)} Your Home tab has a new part for leads: programs, their next dates, and who "
                "joined. Nothing is expected of you today."
            )
        ],
    )


def unnamed(by: str) -> Content:
    """Told to somebody who led until now."""
    text = f"{by} took you off the list of Perennial's leads. Everything else stays as it was for you."
    return Content(text=text, blocks=[blocks.section(blocks.escape(text))])
