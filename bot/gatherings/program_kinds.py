"""A kind of program whose dates are gatherings: what is the same for all of them stands here."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from bot.gatherings import rounds
from bot.gatherings.options import GatheringOptions
from bot.messages import Block
from bot.programs.kinds import OptionsRead, ProgramKind, State
from bot.programs.models import Program, Round


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
        notice=_no_notice,
        lead_buttons=_no_buttons,
        summary=summary,
        seated_last=seated_last,
        undo=_undo,
        stop=_stop,
        on_join=_nothing,
        on_leave=_nothing,
        ahead=lambda program: timedelta(weeks=options.model_validate(program.options).weeks_ahead),
        planned=rounds.planned,
    )


async def _no_notice(session: AsyncSession, program: Program, member_id: int, day: date) -> str | None:
    """Those who come have reminders."""
    return None


async def _no_buttons(session: AsyncSession, program: Program, draft: Round | None) -> list[Block]:
    """What can be done stands on each date's page."""
    return []


async def _undo(session: AsyncSession, row: Round, now: datetime) -> bool:
    """A round is a gathering by then, and a gathering is called off on its own page."""
    return False


async def _stop(session: AsyncSession, row: Round, now: datetime) -> str:
    """The same."""
    return "What is planned stays; call it off on its own page."


async def _nothing(session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime) -> None:
    """Joining changes nothing at once: the next announcement is for them too."""
