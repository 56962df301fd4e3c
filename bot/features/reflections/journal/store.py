"""Remembers what people wrote for themselves, sealed with their own key; nobody's entry is found but by its writer."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import outbox
from bot.errors import Gone
from bot.features.reflections.journal import rules
from bot.features.reflections.journal.rules import Entry, Part, Words
from bot.features.reflections.models import Prompt, Reader, Reflection, Reply
from bot.members import private
from bot.members.private import Seal

MOST_FOUND = 20


async def keep(
    session: AsyncSession,
    workspace_id: int,
    member_id: int,
    words: Words,
    *,
    today: date,
    now: datetime,
    prompt_slug: str | None = None,
) -> Reflection:
    """A new entry."""
    row = Reflection(
        workspace_id=workspace_id,
        member_id=member_id,
        prompt_slug=prompt_slug,
        local_date=today,
        written_at=now,
        changed_at=now,
        version=1,
        sharing="me",
        body=b"",
        folded=b"",
    )
    session.add(row)
    await session.flush()  # what is sealed names the row it is for
    _seal(await private.seal_of(session, workspace_id, member_id), row, words)
    await session.flush()
    return row


async def rewrite(session: AsyncSession, row: Reflection, words: Words, *, now: datetime) -> None:
    """The entry reads like this from now on; forms that were opened before are stale."""
    _seal(await private.seal_of(session, row.workspace_id, row.member_id), row, words)
    row.version += 1
    row.changed_at = now
    await session.flush()


async def own(
    session: AsyncSession, workspace_id: int, member_id: int, reflection_id: int, *, lock: bool = False
) -> Reflection:
    """An entry for its writer; Gone for everybody else, who so cannot tell whether it is there."""
    query = select(Reflection).where(
        Reflection.workspace_id == workspace_id, Reflection.member_id == member_id, Reflection.id == reflection_id
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = (await session.execute(query)).scalar_one_or_none()
    if row is None:
        raise Gone("That reflection is not in your journal any more, so there is nothing for you to do.")
    return row


async def opened(session: AsyncSession, rows: Sequence[Reflection]) -> list[Entry]:
    """The entries of one member, opened in a thread, so that nobody else waits for it."""
    if not rows:
        return []
    seal = await private.open_seal(session, rows[0].workspace_id, rows[0].member_id)
    return await asyncio.to_thread(lambda: [_open(seal, row) for row in rows])


async def words_of(session: AsyncSession, row: Reflection) -> Words:
    """What one entry says."""
    return _open(await private.open_seal(session, row.workspace_id, row.member_id), row).words


async def page(
    session: AsyncSession, workspace_id: int, member_id: int, *, number: int, size: int
) -> tuple[list[Entry], int]:
    """One page of a journal, newest first, `number` from 0; and how many entries there are."""
    query = _newest(workspace_id, member_id).offset(number * size).limit(size)
    rows = list((await session.execute(query)).scalars())
    return await opened(session, rows), await count(session, workspace_id, member_id)


async def between(session: AsyncSession, workspace_id: int, member_id: int, first: date, beyond: date) -> list[Entry]:
    """The entries from a day on, up to another, newest first."""
    query = _newest(workspace_id, member_id).where(Reflection.local_date >= first, Reflection.local_date < beyond)
    return await opened(session, list((await session.execute(query)).scalars()))


async def count(session: AsyncSession, workspace_id: int, member_id: int, *, since: date | None = None) -> int:
    """How many entries there are, from a day on if one is given."""
    query = select(func.count()).where(Reflection.workspace_id == workspace_id, Reflection.member_id == member_id)
    if since is not None:
        query = query.where(Reflection.local_date >= since)
    return int((await session.execute(query)).scalar_one())


async def last_date(session: AsyncSession, workspace_id: int, member_id: int) -> date | None:
    """The day of the newest entry."""
    query = select(func.max(Reflection.local_date)).where(
        Reflection.workspace_id == workspace_id, Reflection.member_id == member_id
    )
    return (await session.execute(query)).scalar_one()


async def has_before(session: AsyncSession, workspace_id: int, member_id: int, day: date) -> bool:
    """Whether there is an entry from before a day."""
    query = select(func.min(Reflection.local_date)).where(
        Reflection.workspace_id == workspace_id, Reflection.member_id == member_id
    )
    first: date | None = (await session.execute(query)).scalar_one()
    return first is not None and first < day


async def search(
    session: AsyncSession, workspace_id: int, member_id: int, query: str, *, most: int = MOST_FOUND
) -> tuple[list[Entry], int]:
    """The newest entries in which every word occurs, and how many there are in all."""
    wanted = rules.needles(query)
    seals = await private.seals_of(session, workspace_id, [member_id])
    if not wanted or member_id not in seals:
        return [], 0
    everything = (
        select(Reflection.id, Reflection.folded)
        .where(Reflection.workspace_id == workspace_id, Reflection.member_id == member_id)
        .order_by(Reflection.local_date.desc(), Reflection.id.desc())
    )
    rows = (await session.execute(everything)).all()
    ids = await asyncio.to_thread(_matching, seals[member_id], rows, wanted)
    some = _newest(workspace_id, member_id).where(Reflection.id.in_(ids[:most]))
    return await opened(session, list((await session.execute(some)).scalars())), len(ids)


async def remove(session: AsyncSession, row: Reflection, *, now: datetime) -> list[Prompt]:
    """Delete an entry with its words, and what hangs on it; the prompts it answered, which are open again."""
    about = (Reply.workspace_id == row.workspace_id, Reply.reflection_id == row.id)
    await session.execute(
        update(Reply).where(*about).values(state="gone").execution_options(synchronize_session="fetch")
    )
    query = select(Prompt).where(Prompt.workspace_id == row.workspace_id, Prompt.reflection_id == row.id)
    reopened = list((await session.execute(query.with_for_update())).scalars())
    for prompt in reopened:
        prompt.state, prompt.reflection_id = "put" if prompt.ts else "passed", None
    await session.flush()
    await session.execute(delete(Reader).where(Reader.workspace_id == row.workspace_id, Reader.reflection_id == row.id))
    await outbox.withdraw(session, row.workspace_id, share_subject(row.id), now=now)
    await session.delete(row)
    await session.flush()
    return reopened


def share_subject(reflection_id: int) -> str:
    """The subject of messages that tell readers of an entry."""
    return f"reflection:{reflection_id}:readers"


def _newest(workspace_id: int, member_id: int) -> Select[Reflection]:
    return (
        select(Reflection)
        .where(Reflection.workspace_id == workspace_id, Reflection.member_id == member_id)
        .order_by(Reflection.local_date.desc(), Reflection.id.desc())
    )


def _matching(seal: Seal, rows: Sequence[Any], wanted: Sequence[str]) -> list[int]:
    found = []
    for row_id, folded in rows:
        text = seal.open(folded, _about_folded(row_id))
        if all(needle in text for needle in wanted):
            found.append(row_id)
    return found


def _seal(seal: Seal, row: Reflection, words: Words) -> None:
    body = {
        "parts": [{"text": part.text, "ts": part.ts} for part in words.parts],
        "mood": words.mood,
        "theme": words.theme,
    }
    row.body = seal.seal_json(body, _about(row.id))
    row.folded = seal.seal(rules.fold(words.text), _about_folded(row.id))


def _open(seal: Seal, row: Reflection) -> Entry:
    body = seal.open_json(row.body, _about(row.id))
    parts = tuple(Part(part["text"], part["ts"]) for part in body["parts"])
    return Entry(
        id=row.id,
        local_date=row.local_date,
        changed_at=row.changed_at,
        version=row.version,
        prompt_slug=row.prompt_slug,
        sharing=row.sharing,
        words=Words(parts, body["mood"], body["theme"]),
    )


def _about(reflection_id: int) -> str:
    return f"reflection:{reflection_id}"


def _about_folded(reflection_id: int) -> str:
    return f"reflection:{reflection_id}:folded"
