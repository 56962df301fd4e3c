"""What a feature says of its kind of program, so that cadences, leads and joining are the same for every kind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Gone
from bot.messages import Block
from bot.programs import plain_kind

if TYPE_CHECKING:
    from bot.programs.models import Program, Round

State = dict[str, Any]  # view.state.values
Passage = Callable[[AsyncSession, int, int, int, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Planned:
    """One dated thing that a program has planned: when, what it is called, and its page on the Home tab."""

    starts_at: datetime
    title: str  # mrkdwn, escaped
    place: str


@dataclass(frozen=True)
class OptionsRead:
    """What a lead chose: `options` to store, or what to mend, by the block_id of the field it stands under."""

    options: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ProgramKind:
    """One kind of program; a feature puts it into `registry.program_kinds[kind.name]`.

    Every async function runs inside the caller's transaction (or reading session) and must not call Slack.
    Strings are mrkdwn, with what people wrote already escaped; sentences, without a list of names of who did not.
    """

    name: str  # as stored, such as "introductions"
    title: str  # as read, such as "Introductions"
    about: str  # what it does, in one sentence, for the lead who chooses a kind
    options: type[BaseModel]  # its options, each with a default; stored as plain JSON in program.options

    # The second step of the form: input blocks (at most seven) filled with these options, and how they are read.
    # `read_options(state, before)`: `before` are the stored options, so that what the form doesn't show survives.
    option_fields: Callable[[BaseModel], list[Block]]
    read_options: Callable[[State, BaseModel], OptionsRead]

    # What stands in the invitation, a line each: what happens, how much time it takes, who sees what.
    invitation_lines: Callable[["Program"], list[str]]

    # The sentence of the day before, drawn as it leaves, to one member who is neither left, paused nor skipping.
    # The buttons (skip this one, pause) are added here. None: this member hears nothing.
    notice: Callable[[AsyncSession, "Program", int, date], Awaitable[str | None]] = plain_kind.no_notice

    # The lead's page: extra buttons (Preview …; `draft` is the stored draft, if there is one), a sentence of health
    # such as "Last time 28 of 30 were seated.", and who was seated in the last round, by member id.
    lead_buttons: Callable[[AsyncSession, "Program", "Round | None"], Awaitable[list[Block]]] = plain_kind.no_buttons
    summary: Callable[[AsyncSession, "Program"], Awaitable[str]]
    seated_last: Callable[[AsyncSession, "Program"], Awaitable[set[int]]] = plain_kind.no_seats

    # A round that was opened and is now taken back before anything left: withdraw its messages, and either leave its
    # seating as a draft that can be changed and sent again (True) or delete it (False: the round is "stopped").
    # Or stopped while it is being sent: withdraw what has not left; say in a sentence who already got theirs.
    # The round's own state is set afterwards by programs/, to "draft" or "stopped".
    undo: Callable[[AsyncSession, "Round", datetime], Awaitable[bool]] = plain_kind.no_draft
    stop: Callable[[AsyncSession, "Round", datetime], Awaitable[str]]

    # (session, workspace id, program id, member id, now): somebody joined or left the program, by their own act.
    on_join: Passage = plain_kind.unmoved
    on_leave: Passage = plain_kind.unmoved

    # Its program has just ended, locked: let what only its next rounds would have needed be over as well.
    ended: Callable[[AsyncSession, "Program", datetime], Awaitable[None]] | None = None

    # Channels beside the program's own that its options name, and the field they stand in: each is entered first.
    further_channels: Callable[[dict[str, Any]], list[str]] | None = None
    channels_field: str = ""

    # Its rounds open so long before their date, to be prepared until then. Nobody is told of them the day before, no
    # round is sent by hand, and nobody skips a date: what is planned has reminders and a page of its own.
    ahead: Callable[["Program"], timedelta] | None = None
    # What such a program has planned and not held yet, soonest first; it stays when the program is paused or ended.
    planned: Callable[[AsyncSession, "Program", datetime], Awaitable[list[Planned]]] | None = None


def kinds_of(session: AsyncSession) -> dict[str, ProgramKind]:
    """Every kind of program that features registered, lent to every session."""
    kinds: dict[str, ProgramKind] = session.info["program_kinds"]
    return kinds


def ahead_of(session: AsyncSession, program: "Program") -> timedelta | None:
    """How long before its date a round of this program opens; None where it opens at its moment."""
    kind = kinds_of(session).get(program.kind)
    return kind.ahead(program) if kind and kind.ahead else None


async def planned_of(session: AsyncSession, program: "Program", now: datetime) -> list[Planned]:
    """What a program has planned, where its kind plans ahead; soonest first."""
    kind = kinds_of(session).get(program.kind)
    return await kind.planned(session, program, now) if kind and kind.planned else []


def kind_of(session: AsyncSession, program: "Program") -> ProgramKind:
    """The kind of one program; its feature may have been taken out since."""
    kind = kinds_of(session).get(program.kind)
    if kind is None:
        raise Gone(f"This Perennial no longer has programs of the kind {program.kind}.")
    return kind
