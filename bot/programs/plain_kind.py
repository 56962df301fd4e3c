"""What every kind of program does where it says nothing of its own: it tells nobody, seats nobody, and keeps no draft."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Block

if TYPE_CHECKING:
    from bot.programs.models import Program, Round


async def no_notice(session: AsyncSession, program: "Program", member_id: int, day: date) -> str | None:
    """Nobody hears of it the day before: what is posted, or a reminder of its own, tells them."""
    return None


async def no_buttons(session: AsyncSession, program: "Program", draft: "Round | None") -> list[Block]:
    """Nothing to preview: what a round holds may change until its moment."""
    return []


async def no_seats(session: AsyncSession, program: "Program") -> set[int]:
    """Nobody has a seat in what is open to all."""
    return set()


async def no_draft(session: AsyncSession, row: "Round", now: datetime) -> bool:
    """Nothing of it is worth keeping: the next round is made anew."""
    return False


async def unmoved(session: AsyncSession, workspace_id: int, program_id: int, member_id: int, now: datetime) -> None:
    """Joining or leaving changes nothing at once."""
