"""What roundtables say of themselves as a kind of program: options, invitation, a sentence of health, undo and stop."""

from datetime import datetime
from typing import Any, cast

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.roundtables.written import moderating, posting, store, subjects, views, wishes
from bot.features.roundtables.written.options import MOST_FURTHER, RoundtableOptions
from bot.features.roundtables.written.rules import FEWEST_WANTING, KEPT_FOR
from bot.gatherings.ballots import ending
from bot.members.rules import listed
from bot.messages import Block
from bot.programs import open_days, opened
from bot.programs.kinds import OptionsRead, ProgramKind, State
from bot.programs.models import Program, Round
from bot.slack import blocks

CHANNELS, PROMPTS = "roundtables_channels", "roundtables_prompts"
VOTE, GAPS = "vote", "gaps"


def option_fields(options: BaseModel) -> list[Block]:
    """How long a round is open, where else it is posted, and where prompts come from."""
    chosen = cast(RoundtableOptions, options)
    ticked = [name for name in (VOTE, GAPS) if getattr(chosen, name)]
    choices = [("Members propose questions and vote, four days before", VOTE), ("From what people want to learn", GAPS)]
    return [
        open_days.field(
            chosen, then="A round that would close at a weekend or on a holiday closes on the next working day."
        ),
        blocks.field(
            "Also in these channels",
            blocks.channels_input(CHANNELS, initial=chosen.channels, most=MOST_FURTHER),
            block_id=CHANNELS,
            hint="For further teams: each gets the same question, and all get the summary.",
            optional=True,
        ),
        blocks.field(
            "Where questions come from, beside our own",
            blocks.checkboxes(PROMPTS, choices, initial=ticked),
            block_id=PROMPTS,
            hint=f"What people want to learn counts by tags alone, and only where {FEWEST_WANTING} or more want the same.",
            optional=True,
        ),
    ]


def read_options(state: State, before: BaseModel) -> OptionsRead:
    """What a lead chose."""
    days = open_days.read(state)
    if days is None:
        return OptionsRead(errors={open_days.FIELD: open_days.PROBLEM})
    channels = list(dict.fromkeys(str(each) for each in blocks.chosen(state, CHANNELS) or []))
    if len(channels) > MOST_FURTHER:
        return OptionsRead(errors={CHANNELS: f"Choose {MOST_FURTHER} channels at most."})
    ticked = blocks.chosen(state, PROMPTS) or []
    read = {"open_days": days, "channels": channels, VOTE: VOTE in ticked, GAPS: GAPS in ticked}
    return OptionsRead(options=before.model_dump() | read)


def further_channels(options: dict[str, Any]) -> list[str]:
    """The channels beside the program's own."""
    return RoundtableOptions.model_validate(options).channels


def invitation_lines(program: Program) -> list[str]:
    """What happens, how long it takes, who sees what."""
    further = RoundtableOptions.model_validate(program.options).channels
    where = f" It is also posted in {listed([f'<#{each}>' for each in further])}." if further else ""
    return [
        f"Each round one question is posted here, and whoever likes answers in its thread: a few sentences.{where}",
        "Everybody can answer. Who joins is reminded once where it is quiet, and now and then sums a round up.",
        "Perennial reads these threads and the reactions in them for the summary, and forgets both two weeks after a "
        "round closed.",
    ]


async def summary(session: AsyncSession, program: Program) -> str:
    """How the last round went, and what prompts may be about; counts only."""
    if not RoundtableOptions.model_validate(program.options).gaps:
        return await _last_round(session, program)
    wanted = await wishes.counted(session, program.workspace_id)
    common = sorted((-each.people, each.name) for each in wanted.values() if each.people >= FEWEST_WANTING)
    names = listed([blocks.escape(name) for _, name in common[:3]])
    about = f" From what at least five people want to learn: {names}." if names else ""
    return await _last_round(session, program) + about


async def _last_round(session: AsyncSession, program: Program) -> str:
    row = await opened.newest_closed(session, program)
    roundtable = await store.find(session, row.workspace_id, row.id) if row is not None else None
    if row is None or roundtable is None:
        return "No round has closed so far."
    wrote = await store.writers(session, row.workspace_id, row.id)
    if not wrote:
        return f"Round {row.number} is closed without an answer; another question may fit better."
    channels = await store.answered_in(session, row.workspace_id, row.id)
    return f"Round {row.number}: {views.answered(len(wrote), channels).lower()}"


async def stop(session: AsyncSession, row: Round, now: datetime) -> str:
    """Questions that were posted stay; nobody is reminded, and no summary follows."""
    roundtable = await store.find(session, row.workspace_id, row.id, lock=True)
    if roundtable is None:
        return "The question had not been posted yet."
    await outbox.withdraw(session, row.workspace_id, subjects.nudge(row.id), now=now)
    await posting.take_back(session, roundtable, now)
    for thread in await store.threads(session, roundtable, store.OPEN):
        thread.state = store.CLOSED
    await session.flush()
    roundtable.step, roundtable.due_at = store.FORGET, now + KEPT_FOR
    posted = await store.threads(session, roundtable, store.CLOSED)
    if not posted:
        return "The question had not been posted yet."
    return "The question stays where it was posted; no reminder and no summary follow."


KIND = ProgramKind(
    name=store.KIND,
    title="Roundtable",
    about="A question to one or more teams, each in its channel; answers in threads, and a summary that everybody gets.",
    options=RoundtableOptions,
    option_fields=option_fields,
    read_options=read_options,
    invitation_lines=invitation_lines,
    summary=summary,
    stop=stop,
    on_leave=moderating.left_program,
    further_channels=further_channels,
    channels_field=CHANNELS,
    ended=ending.program_ended,
)
