"""What live roundtables say of themselves as a kind of program: options, invitation, a sentence of health."""

from typing import cast

from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.roundtables.live import store
from bot.features.roundtables.live.rules import SIZES
from bot.gatherings import options, rounds, words
from bot.gatherings.options import GatheringOptions
from bot.gatherings.program_kinds import kind_of_gatherings
from bot.members.rules import number
from bot.messages import Block
from bot.programs.kinds import OptionsRead, State
from bot.programs.models import Program, Round
from bot.slack import blocks

NAME = "live_roundtables"
TABLE = "live_table"
NO_TABLES = "off"


class LiveOptions(GatheringOptions):
    """… and how many sit at a table; None: everybody in one round."""

    minutes: int = Field(45, ge=15, le=90)
    table_size: int | None = Field(5, ge=SIZES[0], le=SIZES[-1])


def option_fields(chosen: BaseModel) -> list[Block]:
    """The fields of the second step of the form."""
    of = cast(LiveOptions, chosen)
    sizes = [("No tables: one round for everybody", NO_TABLES)]
    sizes += [(f"Tables of {number(each)}", str(each)) for each in SIZES]
    tables = blocks.field(
        "Tables",
        blocks.select(TABLE, sizes, initial=str(of.table_size or NO_TABLES)),
        block_id=TABLE,
        hint="Mixed across teams the day before, from whoever says they come. Fewer than seven people share one.",
    )
    return options.fields(of, tables, ahead_for="Then topics are put to the vote. Three weeks leave time to choose.")


def read_options(state: State, before: BaseModel) -> OptionsRead:
    """What a lead chose, or what to mend."""
    size = str(blocks.chosen(state, TABLE) or NO_TABLES)
    return options.read(state, cast(LiveOptions, before), table_size=None if size == NO_TABLES else int(size))


def options_of(program: Program) -> LiveOptions:
    """A program's options."""
    return LiveOptions.model_validate(program.options)


async def describe(session: AsyncSession, program: Program, row: Round) -> rounds.Details:
    """What a date of this program is like, before anybody edits it."""
    return options_of(program).details()


def invitation_lines(program: Program) -> list[str]:
    """What happens, how long it takes, who sees what."""
    chosen = options_of(program)
    long = words.minutes(chosen.minutes)
    lines = [f"{long[0].upper()}{long[1:]}, several teams, and three topics that you all vote on."]
    if chosen.table_size is not None:
        lines.append(
            f"You sit at tables of about {number(chosen.table_size)}, with people of other teams and people you have "
            "not sat with before. You hear where and with whom beforehand."
        )
    return [
        *lines,
        "You say for each date whether you come. Others see how many come; your table and the host see you.",
    ]


async def summary(session: AsyncSession, program: Program) -> str:
    """How it has gone so far, in a sentence; counts only."""
    many, tables = await store.held(session, program)
    if not many:
        return "No roundtable has been held so far."
    held = "One roundtable" if many == 1 else f"{number(many).capitalize()} roundtables"
    if not tables:
        return f"{held} held."
    return f"{held} held, at {'one table' if tables == 1 else f'{number(tables)} tables'}."


async def seated_last(session: AsyncSession, program: Program) -> set[int]:
    """Who came to the newest one."""
    return await store.seated_last(session, program)


KIND = kind_of_gatherings(
    name=NAME,
    title="Live roundtable",
    about="Several teams meet at mixed tables and talk about topics they voted on.",
    options=LiveOptions,
    option_fields=option_fields,
    read_options=read_options,
    invitation_lines=invitation_lines,
    summary=summary,
    seated_last=seated_last,
)
