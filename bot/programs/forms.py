"""The forms a lead fills in: a program in one step, its options in another, and small ones for owner and holidays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from bot.messages import Block
from bot.programs import phrases, rules
from bot.slack import blocks

PROGRAM_FORM = "programs.save"
OPTIONS_FORM = "programs.save_options"
KIND_FORM = "programs.choose_kind"
OWNER_FORM = "programs.save_owner"
HOLIDAYS_FORM = "programs.holidays"
CHANNEL_FORM = "programs.save_channel"
ZONE = "programs.zone"
CALENDAR_FIELDS = {  # whatever of these changes, the next dates are shown anew
    "often": "programs.often",
    "weekday": "programs.weekday",
    "time": "programs.time",
    "zone": ZONE,
    "starts": "programs.starts",
}
HOLIDAY_REMOVE = "programs.holiday_remove"
DATES = "dates"
LONGEST_NAME = 60
ROUGHLY = [("w1", "Every week"), *[(f"w{n}", f"Every {phrases.number(n)} weeks") for n in (2, 3, 4, 6, 8, 12)]]
MONTHLY = [(f"m{n}", f"Monthly, on the {word} such weekday") for n, word in phrases.NTH.items()]
OFTEN = [(text, value) for value, text in [*ROUGHLY, *MONTHLY]]
ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))


@dataclass(frozen=True)
class ProgramDraft:
    """What the first step of the form says; `cadence` is None while it is not complete."""

    name: str
    channel: str
    often: str
    weekday: int | None
    minute: int | None
    tz: str
    starts_on: date | None

    @property
    def cadence(self) -> rules.Cadence | None:
        """The calendar it describes."""
        if self.weekday is None or self.minute is None or self.starts_on is None or not self.often or not self.tz:
            return None
        amount = int(self.often[1:])
        weekly = self.often.startswith("w")
        return rules.Cadence(
            tz=self.tz,
            starts_on=self.starts_on,
            weekday=self.weekday,
            at_minute=self.minute,
            every_weeks=amount if weekly else None,
            month_week=None if weekly else amount,
        )


def often_of(cadence: rules.Cadence) -> str:
    """The choice of "how often" that a cadence came from."""
    return f"w{cadence.every_weeks}" if cadence.every_weeks else f"m{cadence.month_week}"


def kind_form(kinds: Sequence[tuple[str, str, str]]) -> Block:
    """Which kind of program; (name, title, about) of each."""
    told = [blocks.section(f"*{title}*\n{about}") for _, title, about in kinds]
    choice = blocks.radios(KIND_FORM, [(title, name) for name, title, _ in kinds], initial=kinds[0][0])
    return blocks.modal(
        "New program",
        [*told, blocks.field("Which one?", choice, block_id="kind")],
        callback_id=KIND_FORM,
        submit="Next",
    )


def program_form(
    kind_title: str,
    about: str,
    draft: ProgramDraft,
    dates: Sequence[date],
    *,
    memory: dict[str, Any],
    editing: bool = False,
) -> Block:
    """The first step: where and when. Seven fields, filled in as far as anything is known."""
    initial_zone = [(draft.tz, draft.tz)] if draft.tz else []
    time = phrases.clock(draft.minute) if draft.minute is not None else None
    starts = draft.starts_on.isoformat() if draft.starts_on else None
    weekdays = [(name, str(index)) for index, name in enumerate(phrases.WEEKDAYS)]
    weekday = None if draft.weekday is None else str(draft.weekday)
    fields = [
        blocks.context(f"*{kind_title}*: {about}"),
        blocks.field(
            "Name",
            blocks.text_input("name", initial=draft.name, longest=LONGEST_NAME, placeholder="Coffee across teams"),
            block_id="name",
        ),
        blocks.field(
            "Channel",
            blocks.channel_input("channel", initial=draft.channel or None),
            block_id="channel",
            hint="I join a public one by myself. For a private one write /invite @perennial in it first.",
        ),
        _calendar("How often", "often", blocks.select(CALENDAR_FIELDS["often"], OFTEN, initial=draft.often)),
        _calendar("On which day", "weekday", blocks.select(CALENDAR_FIELDS["weekday"], weekdays, initial=weekday)),
        _calendar("At what time", "time", blocks.time_input(CALENDAR_FIELDS["time"], initial=time)),
        _calendar(
            "Time zone",
            "zone",
            blocks.suggest(ZONE, initial=initial_zone, many=False, placeholder="Type a city, such as Lisbon", least=2),
        ),
        _calendar(
            "Not before",
            "starts",
            blocks.date_input(CALENDAR_FIELDS["starts"], initial=starts),
            hint="Weeks are counted from here.",
        ),
        dates_block(dates),
    ]
    title, submit = ("Edit program", "Save") if editing else ("New program", "Next")
    return blocks.modal(title, fields, callback_id=PROGRAM_FORM, submit=submit, memory=memory)


def _calendar(label: str, block_id: str, element: Block, hint: str | None = None) -> Block:
    return blocks.field(label, element, block_id=block_id, hint=hint, dispatch=True)


def dates_block(dates: Sequence[date]) -> Block:
    """The next dates, below a calendar."""
    if not dates:
        text = "Its next dates appear here once day, time, zone and start are chosen."
    else:
        text = f"The next three: {phrases.listed(dates)}. On a company holiday it moves to the next working day."
    return blocks.context(text) | {"block_id": DATES}


def with_dates(view: Mapping[str, Any], dates: Sequence[date]) -> Block:
    """The same form with other dates in it; every field stays as it is, so that what was typed survives."""
    kept = [dates_block(dates) if block.get("block_id") == DATES else block for block in view["blocks"]]
    names = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    return {name: view[name] for name in names if view.get(name)} | {"blocks": kept}


def read_program(state: dict[str, Any]) -> ProgramDraft:
    """What the first step says."""
    weekday, time, starts = (blocks.chosen(state, field) for field in ("weekday", "time", "starts"))
    hours, _, minutes = str(time or "").partition(":")
    return ProgramDraft(
        name=str(blocks.chosen(state, "name") or "").strip(),
        channel=str(blocks.chosen(state, "channel") or ""),
        often=str(blocks.chosen(state, "often") or ""),
        weekday=int(weekday) if weekday in {str(index) for index in range(7)} else None,
        minute=int(hours) * 60 + int(minutes) if time else None,
        tz=str(blocks.chosen(state, "zone") or ""),
        starts_on=date.fromisoformat(starts) if starts else None,
    )


def problems_with(draft: ProgramDraft, *, today: date, before: date | None = None) -> dict[str, str]:
    """What to mend, by field. `before`: the start it has already, which may lie in the past."""
    problems = {}
    if not draft.name:
        problems["name"] = "Give it a name people will recognize, such as Coffee across teams."
    elif len(draft.name) > LONGEST_NAME:
        problems["name"] = f"Keep the name under {LONGEST_NAME} characters, so that it fits on a button."
    if not draft.channel:
        problems["channel"] = "Choose the channel where people hear about it."
    if draft.often not in {value for _, value in OFTEN}:
        problems["often"] = "Choose how often it happens."
    if draft.weekday is None:
        problems["weekday"] = "Choose a day of the week."
    if draft.minute is None:
        problems["time"] = "Choose a time of day."
    if draft.tz not in ZONES and draft.tz != "UTC":
        problems["zone"] = "Choose a zone from the list: type a city near you, such as Lisbon."
    if draft.starts_on is None:
        problems["starts"] = "Choose the first day on which it may happen."
    elif draft.starts_on < today and draft.starts_on != before:
        problems["starts"] = "A date in the past can't be a start. Pick today or later."
    return problems


def zones_like(typed: str) -> list[Block]:
    """Zones whose name holds what was typed."""
    words = typed.lower().replace(" ", "_")
    return [blocks.option(name, name) for name in [*ZONES, "UTC"] if words in name.lower()][:100]


def options_form(
    name: str, fields: list[Block], dates: Sequence[date], *, memory: dict[str, Any], starting: bool
) -> Block:
    """The second step: what this kind of program wants to know, and the dates once more."""
    first = f"*{blocks.escape(name)}*"
    when = f"The first three: {phrases.listed(dates)}." if starting else f"The next: {phrases.listed(dates)}."
    shown = [blocks.section(f"{first}\n{when}" if dates else first), *fields]
    if starting:
        shown.append(
            blocks.context("Nobody is enrolled until they say yes. You post the invitation when you are ready.")
        )
    title, submit = ("Start the program", "Start it") if starting else ("Options", "Save")
    return blocks.modal(title, shown, callback_id=OPTIONS_FORM, submit=submit, memory=memory)


def owner_form(program_id: int, owner: str | None) -> Block:
    """Who answers for a program."""
    field = blocks.field(
        "Owner",
        blocks.people_input("owner", many=False, initial=[owner] if owner else []),
        block_id="owner",
        hint="One of the leads. They hear when something needs a hand.",
    )
    return blocks.modal("Owner", [field], callback_id=OWNER_FORM, submit="Save", memory={"program": program_id})


def channel_form(channel: str | None) -> Block:
    """The first of the four steps: where people will hear about the first program."""
    field = blocks.field(
        "Channel",
        blocks.channel_input("channel", initial=channel),
        block_id="channel",
        hint="I join a public one by myself. For a private one write /invite @perennial in it first.",
    )
    return blocks.modal("Choose a channel", [field], callback_id=CHANNEL_FORM, submit="Choose")


def holidays_form(holidays: Mapping[date, str], *, today: date) -> Block:
    """The days on which nothing happens, and a field for one more."""
    coming = [(day, name) for day, name in holidays.items() if day >= today]
    rows = [
        blocks.section(
            f"{phrases.day(day)} {day.year}" + (f"  {blocks.escape(name)}" if name else ""),
            accessory=blocks.button("Remove", HOLIDAY_REMOVE, day.isoformat(), label=f"Remove {day.isoformat()}"),
        )
        for day, name in coming[:80]
    ]
    about = (
        "Nothing happens on these days, in any program: what falls on one moves to the next working day, or is left "
        "out where a whole stretch is closed."
    )
    # Slack keeps what was typed into a field of the same name, so each list has fields of its own.
    fields = [
        blocks.field("One more day", blocks.date_input("day"), block_id=f"day-{len(holidays)}"),
        blocks.field(
            "What it is",
            blocks.text_input("name", longest=60, placeholder="Founders' day"),
            block_id=f"name-{len(holidays)}",
            optional=True,
        ),
    ]
    return blocks.modal(
        "Company holidays", [blocks.context(about), *rows, *fields], callback_id=HOLIDAYS_FORM, submit="Add"
    )


def read_holiday(state: dict[str, Any]) -> tuple[str, date | None, str]:
    """The block_id of the day's field, the day, and what it is."""
    day_field = next((block_id for block_id in state if block_id.startswith("day-")), "day-0")
    name_field = day_field.replace("day", "name")
    day, name = blocks.chosen(state, day_field), blocks.chosen(state, name_field)
    return day_field, date.fromisoformat(day) if day else None, str(name or "").strip()[:60]
