"""Remembers thanks: sealed as they come in, opened for whoever wrote them and whoever they are for."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.errors import Gone
from bot.features.recognition import rules
from bot.features.recognition.models import Liking, Thanks
from bot.features.recognition.rules import Said
from bot.members import private
from bot.members import store as members
from bot.members.models import Member

USUAL = (rules.NOTE, True)


@dataclass(frozen=True)
class Opened:
    """A thank-you with what it says, and what to call the two."""

    row: Thanks
    said: Said
    giver: str
    receiver: str


async def add(
    session: AsyncSession,
    giver: Member,
    receiver_id: int,
    said: Said,
    *,
    may_share: bool,
    occasion: str,
    folded_on: date | None,
    now: datetime,
) -> Thanks:
    """Keep a thank-you."""
    row = Thanks(
        workspace_id=giver.workspace_id, giver_id=giver.id, receiver_id=receiver_id, occasion=occasion,
        state=rules.GIVEN, sealed=b"", given_at=now, may_share=may_share, choice=rules.OPEN, put_away=False,
        folded_on=folded_on,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    seal = await private.seal_of(session, row.workspace_id, row.giver_id)
    row.sealed = seal.seal_json(asdict(said), _about(row))
    await session.flush()
    return row


async def find(session: AsyncSession, workspace_id: int, thanks_id: int, *, lock: bool = False) -> Thanks | None:
    """A thank-you of this workspace, if it is still there."""
    return await lookup.find(session, Thanks, workspace_id, thanks_id, lock=lock)


async def received_by(session: AsyncSession, member: Member, thanks_id: object) -> Thanks:
    """One that was said to this member, locked; Gone for everybody else and once it was taken back or hidden."""
    row = await lookup.get(session, Thanks, member.workspace_id, thanks_id, lock=True)
    if row.receiver_id != member.id or row.state != rules.GIVEN:
        raise Gone
    return row


async def given_by(session: AsyncSession, member: Member, thanks_id: object) -> Thanks:
    """One that this member said, locked; Gone for everybody else."""
    row = await lookup.get(session, Thanks, member.workspace_id, thanks_id, lock=True)
    if row.giver_id != member.id or row.state == rules.TAKEN_BACK:
        raise Gone
    return row


async def opened(session: AsyncSession, rows: Sequence[Thanks]) -> list[Opened]:
    """What these say, in their order: one query for keys, one for names; what can't be opened is left out."""
    if not rows:
        return []
    workspace_id = rows[0].workspace_id
    seals = await private.seals_of(session, workspace_id, {row.giver_id for row in rows})
    ids = sorted({each for row in rows for each in (row.giver_id, row.receiver_id)})
    names = await members.names(session, workspace_id, ids)
    return [
        Opened(
            row,
            Said(**seals[row.giver_id].open_json(row.sealed, _about(row))),
            names[row.giver_id],
            names[row.receiver_id],
        )
        for row in rows
        if row.giver_id in seals and row.state != rules.TAKEN_BACK
    ]


async def open_one(session: AsyncSession, row: Thanks) -> Opened:
    """The same for one; raises Gone where it can't be opened any more."""
    found = await opened(session, [row])
    if not found:
        raise Gone
    return found[0]


async def to_member(
    session: AsyncSession, workspace_id: int, member_id: int, *, put_away: bool, limit: int, offset: int = 0
) -> tuple[list[Thanks], int]:
    """What was said to somebody, the newest first, and how many there are in all."""
    wanted = (
        Thanks.workspace_id == workspace_id,
        Thanks.receiver_id == member_id,
        Thanks.state == rules.GIVEN,
        Thanks.put_away.is_(put_away),
    )
    return await _page(session, wanted, limit, offset)


async def by_member(
    session: AsyncSession, workspace_id: int, member_id: int, *, limit: int, offset: int = 0
) -> tuple[list[Thanks], int]:
    """What somebody said to others, the same way."""
    wanted = (Thanks.workspace_id == workspace_id, Thanks.giver_id == member_id, Thanks.state != rules.TAKEN_BACK)
    return await _page(session, wanted, limit, offset)


async def _page(
    session: AsyncSession, wanted: Sequence[ColumnElement[bool]], limit: int, offset: int
) -> tuple[list[Thanks], int]:
    total = (await session.execute(select(func.count()).select_from(Thanks).where(*wanted))).scalar_one()
    newest = select(Thanks).where(*wanted).order_by(Thanks.given_at.desc(), Thanks.id.desc())
    return list((await session.execute(newest.limit(limit).offset(offset))).scalars()), total


async def said_lately(session: AsyncSession, giver: Member, since: datetime) -> list[Thanks]:
    """What somebody said to others since then; what they took back counts, as it was heard."""
    query = select(Thanks).where(
        Thanks.workspace_id == giver.workspace_id, Thanks.giver_id == giver.id, Thanks.given_at > since
    )
    return list((await session.execute(query.order_by(Thanks.id))).scalars())


async def received_since(
    session: AsyncSession, workspace_id: int, member_ids: Collection[int], since: datetime
) -> dict[int, int]:
    """How many thank-yous came to each of these since then."""
    query = (
        select(Thanks.receiver_id, func.count())
        .where(Thanks.workspace_id == workspace_id, Thanks.receiver_id.in_(list(member_ids)), Thanks.given_at > since)
        .group_by(Thanks.receiver_id)
    )
    return dict((await session.execute(query)).all())


async def folded(session: AsyncSession, workspace_id: int, member_id: int, day: date) -> int:
    """How many are told of together, of those that came on a day."""
    query = select(func.count()).where(
        Thanks.workspace_id == workspace_id,
        Thanks.receiver_id == member_id,
        Thanks.folded_on == day,
        Thanks.state == rules.GIVEN,
    )
    return (await session.execute(query)).scalar_one()


async def about(
    session: AsyncSession, workspace_id: int, occasions: Collection[str], *, giver_id: int | None = None
) -> list[Thanks]:
    """What was said on these occasions and not taken back, oldest first."""
    query = select(Thanks).where(
        Thanks.workspace_id == workspace_id, Thanks.occasion.in_(list(occasions)), Thanks.state != rules.TAKEN_BACK
    )
    if giver_id is not None:
        query = query.where(Thanks.giver_id == giver_id)
    return list((await session.execute(query.order_by(Thanks.id))).scalars())


async def liking(session: AsyncSession, workspace_id: int, member_id: int) -> tuple[str, bool]:
    """How loudly somebody likes milestones, and whether thanks come to them as messages."""
    query = select(Liking).where(Liking.workspace_id == workspace_id, Liking.member_id == member_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return (row.volume, row.by_message) if row is not None else USUAL


async def like(session: AsyncSession, member: Member, volume: str, *, by_message: bool) -> None:
    """Keep that."""
    row = await session.get(Liking, member.id)
    if row is None:
        row = Liking(member_id=member.id, workspace_id=member.workspace_id, volume=volume, by_message=by_message)
        session.add(row)
    row.volume, row.by_message = volume, by_message
    await session.flush()


async def people_who_thanked(session: AsyncSession, workspace_id: int, begins: datetime, ends: datetime) -> int:
    """How many people said thanks in a span of time; nothing of who they are."""
    query = select(func.count(Thanks.giver_id.distinct())).where(
        Thanks.workspace_id == workspace_id, Thanks.given_at >= begins, Thanks.given_at < ends
    )
    return (await session.execute(query)).scalar_one()


def _about(row: Thanks) -> str:
    return f"thanks:{row.id}:{row.receiver_id}"
