"""A kind of program whose dates are gatherings: what is the same for all of them stands here."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import rounds
from bot.gatherings.ballots import ending
from bot.gatherings.options import GatheringOptions
from bot.messages import Block
from bot.programs.kinds import OptionsRead, Passage, ProgramKind, State
from bot.programs.models import Program, Round
from bot.programs.plain_kind import unmoved


def kind_of_gatherings(
    *,
    name: str,
    title: str,
    about: str,
    options: type[GatheringOptions],
    option_fields: Callable[[BaseModel], list[Block]],
    read_options: Callable[[State, BaseModel], OptionsRead],
    invitation_lines: Callable[[Program], list[str]],
    summary: Callable[[AsyncSession, Program], Awaitable[str]],
    seated_last: Callable[[AsyncSession, Program], Awaitable[set[int]]],
    on_join: Passage = unmoved,
    on_leave: Passage = unmoved,
) -> ProgramKind:
    """It plans ahead; each date has reminders and a page of its own, and is called off there."""
    return ProgramKind(
        name=name,
        title=title,
        about=about,
        options=options,
        option_fields=option_fields,
        read_options=read_options,
        invitation_lines=invitation_lines,
        summary=summary,
        seated_last=seated_last,
        stop=_stop,
        on_join=on_join,
        on_leave=on_leave,
        ahead=lambda program: timedelta(weeks=options.model_validate(program.options).weeks_ahead),
        planned=rounds.planned,
        ended=ending.program_ended,
    )


async def _stop(session: AsyncSession, row: Round, now: datetime) -> str:
    """A round is a gathering by then, and a gathering is called off on its own page."""
    return "What is planned stays; call it off on its own page."
