"""What storytelling says of itself as a kind of program: options, invitation, a sentence of health."""

from typing import cast

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.storytelling import store
from bot.features.storytelling.options import MANY, StoryOptions
from bot.features.storytelling.tellers import asking, leaving
from bot.gatherings import options, rounds
from bot.gatherings.program_kinds import kind_of_gatherings
from bot.members.rules import number as in_words
from bot.messages import Block
from bot.programs.kinds import OptionsRead, State
from bot.programs.models import Program, Round
from bot.slack import blocks

NAME = "storytelling"
TELLERS = "story_tellers"


def option_fields(chosen: BaseModel) -> list[Block]:
    """The fields of the second step of the form."""
    of = cast(StoryOptions, chosen)
    tellers = blocks.field(
        "How many tell",
        blocks.select(TELLERS, [(in_words(each).capitalize(), str(each)) for each in MANY], initial=str(of.tellers)),
        block_id=TELLERS,
        hint="About eight minutes each, and questions.",
    )
    ahead_for = "Then the theme is put to the vote and tellers are asked. Three weeks leave time to prepare."
    return options.fields(of, tellers, ahead_for=ahead_for)


def read_options(state: State, before: BaseModel) -> OptionsRead:
    """What a lead chose, or what to mend."""
    of = cast(StoryOptions, before)
    return options.read(state, of, tellers=int(blocks.chosen(state, TELLERS) or of.tellers))


def options_of(program: Program) -> StoryOptions:
    """A program's options."""
    return StoryOptions.model_validate(program.options)


async def describe(session: AsyncSession, program: Program, row: Round) -> rounds.Details:
    """What a date of this program is like, before anybody edits it."""
    return options_of(program).details()


def invitation_lines(program: Program) -> list[str]:
    """What happens, how long it takes, who sees what."""
    chosen = options_of(program)
    who = "one of us tells" if chosen.tellers == 1 else f"{in_words(chosen.tellers)} of us tell"
    return [
        f"In {chosen.minutes} minutes {who} what broke, what changed, and what they would try today. Then questions.",
        "You can come without telling. Whoever joins may be asked to tell, in turn, and a no is a fine answer.",
        "What a teller prepares stays theirs until they share it. Listeners may say what they will try.",
    ]


async def summary(session: AsyncSession, program: Program) -> str:
    """How it has gone so far, in a sentence; counts only."""
    held, told = await store.history(session, program)
    if not held:
        return "No session has been held so far."
    sessions = "One session" if held == 1 else f"{in_words(held).capitalize()} sessions"
    stories = "one story" if told == 1 else f"{in_words(told)} stories"
    return f"{sessions} held, {stories} told."


async def seated_last(session: AsyncSession, program: Program) -> set[int]:
    """Who told at the last session."""
    return await store.told_last(session, program)


KIND = kind_of_gatherings(
    name=NAME,
    title="Storytelling",
    about="Every few weeks somebody tells what broke and what came of it, and others say what they will try.",
    options=StoryOptions,
    option_fields=option_fields,
    read_options=read_options,
    invitation_lines=invitation_lines,
    summary=summary,
    seated_last=seated_last,
    on_join=asking.look_for_more,
    on_leave=leaving.left_program,
)
