"""Remembers takeaways, each under its listener's own key: though everybody read them, they go when they go."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.db import insert_new
from bot.features.storytelling.harvest import rules
from bot.features.storytelling.models import Takeaway
from bot.gatherings.models import Gathering
from bot.members import private
from bot.members.moderation import store as moderation
from bot.members.moderation.rules import OPEN, UPHELD

SHOWN, HIDDEN, TAKEN_BACK = "shown", "hidden", "taken_back"


async def get(session: AsyncSession, workspace_id: int, named: object, *, lock: bool = False) -> Takeaway:
    """One takeaway; Gone where there is none."""
    return await lookup.get(session, Takeaway, workspace_id, named, lock=lock)


async def mine(session: AsyncSession, gathering: Gathering, member_id: int) -> Takeaway | None:
    """What one listener said about a session."""
    query = select(Takeaway).where(
        Takeaway.workspace_id == gathering.workspace_id,
        Takeaway.gathering_id == gathering.id,
        Takeaway.member_id == member_id,
    )
    return await lookup.one(session, query.execution_options(populate_existing=True))


async def say(
    session: AsyncSession,
    gathering: Gathering,
    member_id: int,
    text: str,
    *,
    telling_id: int | None = None,
    now: datetime,
) -> Takeaway:
    """Keep what a listener will try, over what they said before; the gathering must be locked.

    What was hidden stays hidden, also where it was taken back in between, until a moderator has put it back.
    """
    seal = await private.seal_of(session, gathering.workspace_id, member_id)
    count = select(func.count()).where(
        Takeaway.workspace_id == gathering.workspace_id, Takeaway.gathering_id == gathering.id
    )
    body, ask_at = seal.seal(text, _about(gathering.id)), now + rules.ASK_AFTER
    row = {
        "workspace_id": gathering.workspace_id,
        "gathering_id": gathering.id,
        "member_id": member_id,
        "telling_id": telling_id,
        "body": body,
        "said_at": now,
        "state": SHOWN,
        "page": rules.page_of(int((await session.execute(count)).scalar_one())),
        "ask_at": ask_at,
    }
    unique = ("gathering_id", "member_id")
    new = await insert_new(session, Takeaway, [row], unique=unique, returning=Takeaway.id)
    found = await mine(session, gathering, member_id)
    assert found is not None, "it was said a moment ago"
    if not new:
        found.body, found.said_at, found.ask_at, found.tried = body, now, ask_at, None
        found.telling_id = telling_id
        if found.state == TAKEN_BACK:
            found.state = HIDDEN if await _is_hidden(session, found) else SHOWN
        await session.flush()
    return found


async def _is_hidden(session: AsyncSession, row: Takeaway) -> bool:
    reports = await moderation.rounds(session, row.workspace_id, f"takeaway:{row.id}")
    return bool(reports) and reports[0].state in (OPEN, UPHELD)


async def take_back(session: AsyncSession, row: Takeaway) -> None:
    """A locked one is nobody's to read any more, and its words are gone."""
    row.state, row.body, row.ask_at = TAKEN_BACK, b"", None
    await session.flush()


async def on_post(session: AsyncSession, gathering: Gathering, page: int) -> list[tuple[Takeaway, str]]:
    """What stands on one post of the thread, with its words; whoever's key is gone is left out."""
    query = (
        select(Takeaway)
        .where(
            Takeaway.workspace_id == gathering.workspace_id,
            Takeaway.gathering_id == gathering.id,
            Takeaway.page == page,
            Takeaway.state == SHOWN,
        )
        .order_by(Takeaway.id)
    )
    rows = list((await session.execute(query)).scalars())
    seals = await private.seals_of(session, gathering.workspace_id, [each.member_id for each in rows])
    return [
        (each, seals[each.member_id].open(each.body, _about(gathering.id))) for each in rows if each.member_id in seals
    ]


async def words_of(session: AsyncSession, row: Takeaway) -> str:
    """What one takeaway says."""
    seal = await private.open_seal(session, row.workspace_id, row.member_id)
    return seal.open(row.body, _about(row.gathering_id))


async def of_member(session: AsyncSession, workspace_id: int, member_id: int) -> list[Takeaway]:
    """Everything one listener said."""
    query = select(Takeaway).where(Takeaway.workspace_id == workspace_id, Takeaway.member_id == member_id)
    return list((await session.execute(query.order_by(Takeaway.id))).scalars())


def _about(gathering_id: int) -> str:
    return f"takeaway:{gathering_id}"
