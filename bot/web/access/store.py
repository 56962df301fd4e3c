"""Remembers who has been let in: sessions, and links that were used up."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import insert_new
from bot.web.access.models import PageSession, SpentLink
from bot.web.access.rules import MOST_SESSIONS, SESSION_LASTS

TIDY_AFTER = timedelta(hours=1)  # what is over is of no use to anybody, so it need not go at once


async def spend(
    session: AsyncSession, token: str, workspace_id: int, member_id: int, *, expires_at: datetime, now: datetime
) -> bool:
    """Use a link up; False where somebody did before."""
    row = {
        "token_hash": _hash(token),
        "workspace_id": workspace_id,
        "member_id": member_id,
        "spent_at": now,
        "expires_at": expires_at,
    }
    return bool(await insert_new(session, SpentLink, [row], unique=("token_hash",), returning=SpentLink.token_hash))


async def is_spent(session: AsyncSession, token: str) -> bool:
    """Whether a link was used up."""
    query = select(SpentLink.token_hash).where(SpentLink.token_hash == _hash(token))
    return (await session.execute(query)).first() is not None


async def begin(session: AsyncSession, workspace_id: int, member_id: int, *, now: datetime) -> str:
    """Let a browser in as this member; what it must show at every request, told here only once."""
    token = secrets.token_urlsafe(32)
    mine = (PageSession.workspace_id == workspace_id, PageSession.member_id == member_id)
    newest = select(PageSession.id).where(*mine).order_by(PageSession.id.desc()).limit(MOST_SESSIONS - 1)
    await session.execute(delete(PageSession).where(*mine, PageSession.id.not_in(newest)))
    session.add(
        PageSession(
            token_hash=_hash(token),
            workspace_id=workspace_id,
            member_id=member_id,
            began_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    return token


async def find(session: AsyncSession, token: str, *, now: datetime) -> tuple[int, int] | None:
    """Whose session this is, as workspace id and member id; None where it is over or never was."""
    query = select(PageSession.workspace_id, PageSession.member_id).where(
        PageSession.token_hash == _hash(token), PageSession.expires_at > now
    )
    found = (await session.execute(query)).one_or_none()
    return None if found is None else (found.workspace_id, found.member_id)


async def end(session: AsyncSession, token: str) -> None:
    """Sign this browser out."""
    await session.execute(delete(PageSession).where(PageSession.token_hash == _hash(token)))


async def end_all(session: AsyncSession, workspace_id: int, member_id: int, now: datetime) -> None:
    """Sign a member out everywhere, as they leave: should they come back, no forgotten browser does."""
    await session.execute(
        delete(PageSession).where(PageSession.workspace_id == workspace_id, PageSession.member_id == member_id)
    )


async def forget(session: AsyncSession, *, now: datetime) -> int:
    """Delete what is over; how many rows."""
    gone = 0
    for model in (PageSession, SpentLink):
        rows = await session.execute(delete(model).where(model.expires_at <= now).returning(model.token_hash))
        gone += len(rows.all())
    return gone


async def next_forgetting(session: AsyncSession) -> datetime | None:
    """An hour after the first of them is over."""
    ends = [
        (await session.execute(select(func.min(model.expires_at)))).scalar_one() for model in (PageSession, SpentLink)
    ]
    soonest: datetime | None = min((end for end in ends if end is not None), default=None)
    return None if soonest is None else soonest + TIDY_AFTER


def _hash(token: str) -> bytes:
    # Tokens are long and random, so that a plain hash gives nothing to guess from.
    return hashlib.sha256(token.encode()).digest()
