"""The forms of a host, and how they are read back."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.gatherings import acts, words
from bot.gatherings.hosting.drafts import LONGEST_ABOUT, LONGEST_LINK, LONGEST_PLACE, Draft
from bot.gatherings.models import Gathering
from bot.gatherings.rules import LONGEST_TITLE, MINUTES
from bot.members.rules import clean, minutes
from bot.messages import Block
from bot.programs import phrases
from bot.slack import blocks

ONLY, LATER = "only", "later"


def edit_form(gathering: Gathering) -> Block:
    """Everything about it but its date."""
    lengths = sorted({*MINUTES, gathering.minutes})
    choices = [(words.minutes(each).capitalize(), str(each)) for each in lengths]
    fields = [
        _line("Title", "title", gathering.title, LONGEST_TITLE, "The launch that wasn't"),
        blocks.field(
            "What it is about",
            blocks.text_input("about", initial=gathering.about or "", many_lines=True, longest=LONGEST_ABOUT),
            block_id="about",
            optional=True,
        ),
        _line("Place", "place", gathering.place, LONGEST_PLACE, "Kitchen, third floor"),
        _line("Link to the call", "link", gathering.link, LONGEST_LINK, "https://"),
        _line("Seats", "seats", str(gathering.seats or ""), 6, "12", hint="Empty: as many as like."),
        blocks.field(
            "How long it takes", blocks.select("minutes", choices, initial=str(gathering.minutes)), block_id="minutes"
        ),
        blocks.context("Everybody who was told hears of a new title, place, link or length. Nobody loses a seat."),
    ]
    return blocks.modal("Edit session", fields, callback_id=acts.EDIT_FORM, submit="Save", memory=_memory(gathering))


def _line(label: str, name: str, value: str | None, longest: int, example: str, hint: str | None = None) -> Block:
    entry = blocks.text_input(name, initial=value or "", longest=longest, placeholder=example)
    return blocks.field(label, entry, block_id=name, optional=True, hint=hint)


def _memory(gathering: Gathering) -> dict[str, Any]:
    return {"gathering": gathering.id, "version": gathering.version}


def read_edit(state: dict[str, Any]) -> Draft:
    """What the form says."""

    def said(name: str) -> str:
        return clean(str(blocks.chosen(state, name) or ""))

    about = str(blocks.chosen(state, "about") or "").strip()
    return Draft(said("title"), about, said("place"), said("link"), said("seats"), int(blocks.chosen(state, "minutes")))


def move_form(gathering: Gathering, later: int) -> Block:
    """Another date and time; `later`: how many of its program are planned after it."""
    local = gathering.starts_at.astimezone(ZoneInfo(gathering.tz))
    day = blocks.date_input("day", initial=local.date().isoformat())
    fields = [
        blocks.field("Day", day, block_id="day"),
        blocks.field(
            "Time",
            blocks.time_input("time", initial=f"{local:%H:%M}"),
            block_id="time",
            hint=f"As clocks show it in {phrases.zone(gathering.tz)}.",
        ),
    ]
    if later:
        choices = [
            ("Only this one", ONLY),
            (f"This one, and {phrases.counted(later, 'later one', 'later ones')} by as much", LATER),
        ]
        fields.append(blocks.field("What moves", blocks.radios("which", choices, initial=ONLY), block_id="which"))
    fields.append(blocks.context("Everybody who was told hears of it, and calendars are changed. Seats are kept."))
    return blocks.modal("Move session", fields, callback_id=acts.MOVE_FORM, submit="Move", memory=_memory(gathering))


def read_move(state: dict[str, Any]) -> tuple[date | None, int | None, bool]:
    """The day, the minute after midnight, and whether all later ones move as well."""
    day, time = blocks.chosen(state, "day"), blocks.chosen(state, "time")
    return date.fromisoformat(day) if day else None, minutes(time), blocks.chosen(state, "which") == LATER


def invite_form(gathering: Gathering) -> Block:
    """Whom to invite."""
    field = blocks.field(
        "Whom",
        blocks.people_input("people"),
        block_id="people",
        hint="People in Perennial, and guests. Each gets one message, and says whether they come.",
    )
    return blocks.modal(
        "Invite people", [field], callback_id=acts.INVITE_FORM, submit="Invite", memory=_memory(gathering)
    )


def cohost_form(gathering: Gathering, now: str | None) -> Block:
    """Who hosts with the host; empty for nobody."""
    person = blocks.people_input("cohost", many=False, initial=[now] if now else [], placeholder="Choose somebody")
    hint = "They can do what you can, and host if you can't."
    field = blocks.field("Co-host", person, block_id="cohost", optional=True, hint=hint)
    return blocks.modal(
        "Name a co-host", [field], callback_id=acts.COHOST_FORM, submit="Save", memory=_memory(gathering)
    )


def recording_form(gathering: Gathering) -> Block:
    """Where it can be watched."""
    entry = blocks.text_input("link", initial=gathering.recording or "", longest=LONGEST_LINK, placeholder="https://")
    field = blocks.field("Link to the recording", entry, block_id="link")
    return blocks.modal(
        "Add the recording", [field], callback_id=acts.RECORDING_FORM, submit="Add", memory=_memory(gathering)
    )


def chosen_people(state: dict[str, Any]) -> Sequence[str]:
    """The Slack ids of whom to invite."""
    return list(blocks.chosen(state, "people") or [])
