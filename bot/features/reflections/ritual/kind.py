"""What rituals say of themselves as a kind of program: options, invitation, a sentence of health, undo and stop."""

from datetime import datetime
from typing import cast

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.features.reflections.ritual import messages, store
from bot.features.reflections.ritual.options import RitualOptions
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.programs import open_days, opened
from bot.programs.kinds import OptionsRead, ProgramKind, State
from bot.programs.models import Program, Round


def option_fields(options: BaseModel) -> list[Block]:
    """How long a round is open."""
    then = "Then a line in the thread says how many shared something."
    return [open_days.field(cast(RitualOptions, options), then=then)]


def read_options(state: State, before: BaseModel) -> OptionsRead:
    """What a lead chose."""
    days = open_days.read(state)
    if days is None:
        return OptionsRead(errors={open_days.FIELD: open_days.PROBLEM})
    return OptionsRead(options=before.model_dump() | {"open_days": days})


def invitation_lines(program: Program) -> list[str]:
    """What happens, how long it takes, who sees what."""
    return [
        "Each round one question is posted here, and whoever likes answers in its thread: one or two sentences.",
        "You can answer without joining; joining shows it on your Home tab. Nobody hears who did not answer.",
        "The thread is not read by Perennial. A button counts those who shared something; only the number is shown.",
    ]


async def summary(session: AsyncSession, program: Program) -> str:
    """How the last round went, in a sentence; counts only."""
    row = await opened.newest_closed(session, program)
    if row is None:
        return "No round has closed so far."
    count = await store.count(session, row.workspace_id, row.id)
    if count == 0:
        return f"Round {row.number} is closed. Nobody pressed the button; the thread shows what was written."
    return f"Round {row.number}: {in_words(count)} shared something."


async def undo(session: AsyncSession, row: Round, now: datetime) -> bool:
    """Nothing was posted yet; the next round chooses its own question."""
    await outbox.withdraw(session, row.workspace_id, messages.subject_of(row.id), now=now)
    return False


async def stop(session: AsyncSession, row: Round, now: datetime) -> str:
    """A question that was posted stays; it gets no closing line."""
    await outbox.withdraw(session, row.workspace_id, messages.subject_of(row.id), now=now)
    ritual = await store.get(session, row.workspace_id, row.id)
    if ritual is None or ritual.ts is None:
        return "The question had not been posted yet."
    return "The question stays in the channel; no closing line follows."


KIND = ProgramKind(
    name=store.KIND,
    title="Shared reflection",
    about="Once a week a question in the channel, such as one thing I learned; answers go in the thread.",
    options=RitualOptions,
    option_fields=option_fields,
    read_options=read_options,
    invitation_lines=invitation_lines,
    summary=summary,
    undo=undo,
    stop=stop,
)
