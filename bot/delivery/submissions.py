"""Forms handed in: a second hand-in of the same view stops here."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock, utc_now
from bot.db import insert_new
from bot.delivery.models import Submission
from bot.slack.act import Act


async def first_time(session: AsyncSession, act: Act) -> bool:
    """Whether this view is handed in for the first time. To be asked once its fields are found good.

    The answer commits with the caller's own changes: raise to undo both, so that a form that stays open because of an
    error can be handed in again.
    """
    clock: Clock = session.info.get("clock", utc_now)
    row = {"workspace_id": act.workspace_id, "view_id": act.view["id"], "received_at": clock()}
    unique = ("workspace_id", "view_id")
    return bool(await insert_new(session, Submission, [row], unique=unique, returning=Submission.view_id))


async def stays_open(session: AsyncSession, act: Act) -> None:
    """Something has to be mended after all, which could be seen only behind `first_time`: the form can come again."""
    this_view = (Submission.workspace_id == act.workspace_id, Submission.view_id == act.view["id"])
    await session.execute(delete(Submission).where(*this_view))
