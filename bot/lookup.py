"""A row by the id that a button, a form or a subject names, in one workspace only."""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Base
from bot.errors import Gone

LARGEST_ID = 2**31 - 1
MOST_DIGITS = 5

Row = TypeVar("Row", bound=Base)
Found = TypeVar("Found")


def id_in(named: object) -> int:
    """The id that a button or a form carries; Gone for what no database of ours can have written there."""
    text = str(named)
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= LARGEST_ID):
        raise Gone
    return int(text)


def number_in(named: object, *, otherwise: int = 0) -> int:
    """The small number, such as a page's, that a place or a button carries; `otherwise` for whatever is none."""
    text = str(named)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else otherwise


async def one(
    session: AsyncSession, query: Select[Found], asked: dict[str, Any] | None = None, *, lock: bool = False
) -> Found | None:
    """What a query finds, if it finds anything. Locked, it is read afresh: what we knew may be older than the lock.

    Rows that only point to a locked one can still be written: nobody who did that would wait for us while we wait for them.
    """
    if lock:
        query = _locked(query)
    return (await session.execute(query, asked or {})).scalar_one_or_none()


async def find(
    session: AsyncSession, model: type[Row], workspace_id: int, row_id: int, *, lock: bool = False
) -> Row | None:
    """The row with this id, if this workspace has it."""
    query = _by_id_locked(model) if lock else _by_id(model)
    return await one(session, query, {"workspace_id": workspace_id, "row_id": row_id})


@cache  # nearly every act looks for a row by its id: put together once for each table
def _by_id(model: type[Row]) -> Select[Row]:
    table: Any = model  # every table whose rows can be named has both columns
    return select(model).where(table.workspace_id == bindparam("workspace_id"), table.id == bindparam("row_id"))


@cache
def _by_id_locked(model: type[Row]) -> Select[Row]:
    return _locked(_by_id(model))


def _locked(query: Select[Found]) -> Select[Found]:
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)


async def get(session: AsyncSession, model: type[Row], workspace_id: int, named: object, *, lock: bool = False) -> Row:
    """The same by whatever names it; Gone where it is not there, another workspace's, or no id at all."""
    found = await find(session, model, workspace_id, id_in(named), lock=lock)
    if found is None:
        raise Gone
    return found
