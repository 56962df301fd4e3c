"""A key per member, wrapped by the server's: what somebody writes for themselves opens with theirs, and dies with it."""

import hmac
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import plain
from bot.clock import utc_now
from bot.db import insert_new, vault_of
from bot.errors import Gone
from bot.members.models import MemberKey
from bot.vault import Vault, new_key, read_key


class Seal:
    """Seals and opens one member's private text; needs no database, so that much of it can be done in a thread.

    `about` says what a text is, such as "goal:12:why": it must be given again to open it, so that nobody who can write
    the database moves a text to where somebody else reads it.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._vault = Vault([key])

    def apart(self, thing: str) -> "Seal":
        """A seal for one thing alone, whose bytes do not show by their key's id that they are the same member's."""
        return Seal(hmac.digest(self._key, thing.encode(), "sha256"))

    def seal(self, text: str, about: str) -> bytes:
        """Bytes that only this member's key opens."""
        return self._vault.seal(text.encode(), about)

    def open(self, sealed: bytes, about: str) -> str:
        """The text; raises WrongSetting where it was damaged or sealed for another place."""
        return self._vault.open(sealed, about).decode()

    def seal_json(self, value: Any, about: str) -> bytes:
        """The same for plain values."""
        return self._vault.seal(plain.to_bytes(value), about)

    def open_json(self, sealed: bytes, about: str) -> Any:
        """The value that `seal_json` was given."""
        return plain.read(self._vault.open(sealed, about))


async def seal_of(session: AsyncSession, workspace_id: int, member_id: int) -> Seal:
    """A member's seal, made with the first thing they write; needs a writing session for that."""
    found = await seals_of(session, workspace_id, [member_id])
    if member_id in found:
        return found[member_id]
    wrapped = vault_of(session).seal(new_key().encode(), _about(member_id))
    row = {"member_id": member_id, "workspace_id": workspace_id, "wrapped": wrapped, "made_at": _now(session)}
    await insert_new(session, MemberKey, [row], unique=("member_id",), returning=MemberKey.member_id)
    return await open_seal(session, workspace_id, member_id)


async def open_seal(session: AsyncSession, workspace_id: int, member_id: int) -> Seal:
    """The seal of somebody who has written something; raises Gone where their key was forgotten."""
    found = await seals_of(session, workspace_id, [member_id])
    if member_id not in found:
        raise Gone
    return found[member_id]


async def seals_of(session: AsyncSession, workspace_id: int, member_ids: Collection[int]) -> dict[int, Seal]:
    """The seals of those among these members who have written something."""
    query = select(MemberKey).where(MemberKey.workspace_id == workspace_id, MemberKey.member_id.in_(list(member_ids)))
    keys = (await session.execute(query)).scalars()
    vault = vault_of(session)
    return {each.member_id: Seal(read_key(vault.open(each.wrapped, _about(each.member_id)).decode())) for each in keys}


async def forget_key(session: AsyncSession, workspace_id: int, member_id: int) -> None:
    """Nothing this member wrote can be opened any more, in no copy and no backup."""
    await session.execute(
        delete(MemberKey).where(MemberKey.workspace_id == workspace_id, MemberKey.member_id == member_id)
    )


async def rewrap(session: AsyncSession, *, limit: int = 500, beyond: int = 0) -> list[int]:
    """Wrap some keys again with the newest key of the server; whose they are, in order, none where none was left.

    Only keys are touched, never what they seal, so that changing the server's key is quick.
    """
    query = select(MemberKey).where(MemberKey.member_id > beyond).order_by(MemberKey.member_id).limit(limit)
    vault = vault_of(session)
    rows = list((await session.execute(query.with_for_update())).scalars())
    for row in rows:
        about = _about(row.member_id)
        row.wrapped = vault.seal(vault.open(row.wrapped, about), about)
    return [row.member_id for row in rows]


def _about(member_id: int) -> str:
    return f"member key:{member_id}"


def _now(session: AsyncSession) -> datetime:
    clock = session.info.get("clock", utc_now)
    now: datetime = clock()
    return now
