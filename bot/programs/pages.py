"""What programs look like in App Home: a lead's list and pages, a member's own programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.members.front.views import GO
from bot.messages import Block
from bot.programs import phrases, views
from bot.programs.models import Program
from bot.registry import Ahead
from bot.slack import blocks

NEW = "programs.new"
ALL = "programs.all"
BACK = "programs.back"
HOLIDAYS = "programs.open_holidays"
EDIT = "programs.edit"
OPTIONS = "programs.edit_options"
OWNER = "programs.edit_owner"
PAUSE = "programs.pause"
RESUME = "programs.resume"
END = "programs.end"
SEND_NOW = "programs.send_now"
UNDO_SEND = "programs.undo_send"
SKIP_NEXT = "programs.skip_next"
UNDO_SKIP = "programs.undo_skip"
STOP = "programs.stop_round"
INVITE = "programs.invite"
UNDELIVERED = "programs.undelivered"
RETRY = "programs.retry"
MY_PLACE = "my_programs"
MOST_ROWS = 3
MOST_ON_A_PAGE = 30
MOST_NAMES = 60
ENDING = "No more rounds are opened. Nobody loses whom they met, or a round under way."
ENDING_PLANNED = "No more sessions are planned. Those that are planned stay; call them off on their own pages."
FOR_LEADS = "This page is for leads. Your Home tab names them; any of them can help."


@dataclass(frozen=True)
class Row:
    """One program in a list."""

    id: int
    name: str
    line: str  # next date and health, in words


@dataclass(frozen=True)
class Failure:
    """Messages of one kind that did not arrive for one reason; `whom` is mentions, or empty."""

    kind: str
    title: str
    count: int
    why: str
    whom: str


@dataclass(frozen=True)
class RoundNow:
    """The newest round, while something can still be done about it."""

    id: int
    number: int
    line: str
    can_undo: bool
    can_stop: bool


@dataclass(frozen=True)
class Page:
    """Everything a lead sees of one program; `people` are those who joined, in groups with a title each."""

    id: int
    name: str
    kind: str
    state: str
    channel: str | None
    owner: str | None
    cadence: str
    dates: Sequence[date]
    health: str
    skipped: date | None
    now: RoundNow | None
    buttons: list[Block]
    joined: int
    paused: int
    skipping: int
    seated: int
    people: Sequence[tuple[str, Sequence[str]]] = field(default_factory=list)
    invited: str | None = None
    opens_ahead: bool = False  # its dates are planned long before, each with a page of its own: `planned`
    planned: Sequence[tuple[str, str, str]] = field(default_factory=list)  # when, what, and its place


@dataclass(frozen=True)
class Mine:
    """A program from a member's side: `when` it happens next, in their own zone."""

    id: int
    name: str
    state: str
    when: str | None
    skips: bool


def lead_section(rows: Sequence[Row], undelivered: int, first_steps: list[Block]) -> list[Block]:
    """The Programs section of a lead's Home tab: at most three rows, or the first steps while there is no program."""
    shown = [blocks.section("*Programs*"), *first_steps]
    shown += [_row(row) for row in rows[:MOST_ROWS]]
    if undelivered:
        what = phrases.counted(undelivered, "message", "messages")
        shown.append(blocks.context(f"{what[0].upper()}{what[1:]} could not be delivered in the last two weeks."))
    more = [blocks.button(f"All ({len(rows)})", ALL)] if len(rows) > MOST_ROWS else []
    if undelivered:
        more.append(blocks.button("What did not arrive", UNDELIVERED))
    style = None if rows else "primary"
    return [
        *shown,
        blocks.actions(
            blocks.button("New program", NEW, style=style), blocks.button("Company holidays", HOLIDAYS), *more
        ),
    ]


def all_programs(rows: Sequence[Row]) -> list[Block]:
    """Every program."""
    return [_back(), blocks.header("Programs"), *[_row(row) for row in rows[:90]]]


def undelivered_page(failures: Sequence[Failure], parked: int) -> list[Block]:
    """What did not arrive, by kind and reason: never what was said, and of private kinds only how many."""
    shown = [_back(), blocks.header("What did not arrive")]
    for each in failures[:40]:
        whom = f"\nTo: {each.whom}" if each.whom else ""
        again = blocks.button("Try again", RETRY, each.kind, label=f"Try {each.kind} again")
        what = phrases.counted(each.count, "message", "messages")
        shown.append(blocks.section(f"*{each.title}*: {what}, because {each.why}.{whom}", accessory=again))
    if not failures:
        shown.append(blocks.section("Everything of the last two weeks arrived."))
    if parked:
        what = phrases.counted(parked, "event", "events")
        text = f"Besides, {what} from Slack could not be handled. Whoever runs Perennial can look."
        shown.append(blocks.context(text))
    return shown


def _row(row: Row) -> Block:
    return blocks.section(
        f"*{blocks.escape(row.name)}*\n{row.line}",
        accessory=blocks.button("Open", views.OPEN, str(row.id), label=f"Open {row.name}"),
    )


def _back() -> Block:
    return blocks.actions(blocks.button("← Home", BACK))


def not_for_you() -> list[Block]:
    """Where a page is not this viewer's."""
    return [_back(), blocks.section(FOR_LEADS)]


def gone() -> list[Block]:
    """Where a page's program no longer exists."""
    return [_back(), blocks.section("That program has ended. Its people keep whoever they met.")]


def program_page(page: Page) -> list[Block]:
    """One program, for leads: how it stands, what to do about it, who is in it."""
    where = f"<#{page.channel}>" if page.channel else "no channel"
    owner = f"<@{page.owner}>" if page.owner else "nobody yet"
    shown = [
        _back(),
        blocks.header(page.name),
        blocks.context(f"{page.kind} in {where}, {page.cadence}. Owner: {owner}."),
        blocks.section(_standing(page)),
    ]
    if page.now is not None:
        shown += _round_now(page.now)
    if page.skipped is not None:
        undo = blocks.button("Bring it back", UNDO_SKIP, str(page.id))
        shown.append(blocks.section(f"{phrases.day(page.skipped)} is skipped.", accessory=undo))
    shown += _planned(page)
    shown += [blocks.actions(*row) for row in _buttons(page) if row]
    return [*shown, blocks.divider(), *_roster(page)]


def _standing(page: Page) -> str:
    lines = {
        "draft": "It has not started. Look at its dates and options, then start it.",
        "paused": "It is paused: nothing is opened, and everybody stays enrolled.",
    }
    told = [lines.get(page.state, "")]
    if page.dates:
        told.append(f"*{'To be planned' if page.opens_ahead else 'Next'}:* {phrases.listed(page.dates)}.")
    elif page.state == "active":
        told.append("It has no next date. Look at its dates and at the company holidays.")
    told.append(page.health)
    if page.state == "active":
        told.append(f"Invitation last posted {page.invited}." if page.invited else "The invitation is not posted yet.")
    return "\n".join(line for line in told if line)


def _planned(page: Page) -> list[Block]:
    """Dates that stand already. They are dealt with one by one, whatever becomes of the program."""
    shown = [
        blocks.section(f"*{when}*\n{title}", accessory=blocks.button("Open", GO, place, label=f"Open {when}"))
        for when, title, place in page.planned[:MOST_ROWS]
    ]
    if shown:
        shown.append(blocks.context("These stay, whatever you change here. Move one or call it off on its own page."))
    return shown


def _round_now(now: RoundNow) -> list[Block]:
    button = None
    if now.can_undo:
        button = blocks.button("Undo", UNDO_SEND, str(now.id), label=f"Undo round {now.number}")
    elif now.can_stop:
        sure = blocks.confirm(
            "Stop sending?", "Whoever got theirs keeps it. Nobody else hears of this round.", "Stop sending", "Go on"
        )
        button = blocks.button("Stop sending", STOP, str(now.id), style="danger", confirm=sure)
    return [blocks.section(now.line, accessory=button)]


def _buttons(page: Page) -> list[list[Block]]:
    program = str(page.id)
    acts = [*page.buttons]
    if page.state == "draft":
        acts = [blocks.button("Options and start", OPTIONS, program, style="primary")]
    if page.state == "paused":
        acts = [blocks.button("Resume", RESUME, program, style="primary")]
    if page.state == "active" and not page.opens_ahead:
        now = blocks.confirm(
            "Send a round now?",
            "It leaves in ten minutes; until then you can undo it. The dates in the calendar stay as they are.",
            "Send now",
        )
        acts.append(blocks.button("Send now", SEND_NOW, program, confirm=now))
        if page.dates:
            acts.append(blocks.button("Skip next", SKIP_NEXT, program))
    if page.state == "active":
        acts.append(blocks.button("Post the invitation", INVITE, program))
    end = blocks.confirm("End this program?", ENDING_PLANNED if page.opens_ahead else ENDING, "End it")
    care = [blocks.button("Edit", EDIT, program)]
    if page.state != "draft":
        care.append(blocks.button("Options", OPTIONS, program))
    care.append(blocks.button("Owner", OWNER, program))
    if page.state == "active":
        care.append(blocks.button("Pause", PAUSE, program))
    care.append(blocks.button("End", END, program, style="danger", confirm=end))
    return [acts, care]


def _roster(page: Page) -> list[Block]:
    facts = [
        phrases.counted(page.joined, "person has joined", "people have joined"),
        f"{phrases.number(page.paused)} paused" if page.paused else "",
        f"{phrases.number(page.skipping)} skipping the next one" if page.skipping else "",
        f"{phrases.number(page.seated)} seated last time" if page.seated else "",
    ]
    head = ", ".join(fact for fact in facts if fact)
    shown = [blocks.section(f"*Who takes part*\n{head[0].upper()}{head[1:]}.")]
    return shown + [blocks.context(f"{title}: {_names(people)}") for title, people in page.people if people]


def _names(people: Sequence[str]) -> str:
    rest = len(people) - MOST_NAMES
    shown = ", ".join(blocks.escape(name) for name in people[:MOST_NAMES])
    return f"{shown} and {phrases.number(rest)} more" if rest > 0 else shown


def my_programs(mine: Sequence[Mine], open_ones: Sequence[Mine]) -> list[Block]:
    """A member's programs, and those they could join: three of each, the rest on a page of their own."""
    if not mine and not open_ones:
        return []
    shown = [blocks.section("*My programs*"), *_all_mine(mine[:MOST_ROWS], open_ones[:MOST_ROWS])]
    if max(len(mine), len(open_ones)) > MOST_ROWS:
        shown.append(blocks.actions(blocks.button(f"All ({len(mine) + len(open_ones)})", GO, MY_PLACE)))
    return shown


def ahead(program: Program, day: date, at: datetime, *, skips: bool) -> Ahead:
    """A member's next round among what is next for them."""
    name = blocks.escape(program.name)
    if skips:
        undo = blocks.button("Take part after all", views.UNSKIP, views.dated(program.id, day))
        return Ahead(at, f"{name}. You sit this one out.", undo)
    number = program.last_number + 1
    skip = blocks.button(
        "Skip this one", views.SKIP, views.dated(program.id, day), label=f"Skip {program.name} this time"
    )
    return Ahead(at, f"{name}, round {number}.", skip)


def my_programs_page(mine: Sequence[Mine], open_ones: Sequence[Mine]) -> list[Block]:
    """All of them."""
    return [_back(), blocks.header("My programs"), *_all_mine(mine[:MOST_ON_A_PAGE], open_ones[:MOST_ON_A_PAGE])]


def _all_mine(mine: Sequence[Mine], open_ones: Sequence[Mine]) -> list[Block]:
    shown = [block for each in mine for block in _mine(each)]
    for each in open_ones:
        when = f"Next: {each.when}." if each.when else "Its next date is not set."
        join = blocks.button("Join", views.JOIN, str(each.id), label=f"Join {each.name}")
        shown.append(blocks.section(f"*{blocks.escape(each.name)}* is open to you. {when}", accessory=join))
    return shown


def _mine(each: Mine) -> list[Block]:
    """To skip a date stands beside that date, among what is next."""
    name = blocks.escape(each.name)
    if each.when is None:
        line = "Paused by its lead: nothing to do." if each.state == "paused" else "No next date so far."
    else:
        line = f"You sit out {each.when}." if each.skips else f"Next: {each.when}."
    sure = blocks.confirm(f"Leave {each.name}?", "You can come back whenever you like.", "Leave", "Stay")
    leave = blocks.button("Leave", views.LEAVE, str(each.id), confirm=sure, label=f"Leave {each.name}")
    return [blocks.section(f"*{name}*\n{line}", accessory=leave)]
