"""Remembers cards in the making: a card, its wordings, and what is between it and those whose words are in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.archive.cards import rules
from bot.archive.cards.saying import Text
from bot.archive.models import Insight, InsightQuote, InsightVersion
from bot.db import vault_of

LIMIT = 200


@dataclass(frozen=True)
class Versions:
    """The wording everybody may read, and the one that is written or agreed on beside it."""

    approved: InsightVersion | None
    open: InsightVersion | None

    @property
    def newest(self) -> InsightVersion | None:
        """The one a form starts from."""
        return self.open or self.approved


async def get(session: AsyncSession, workspace_id: int, insight_id: object, *, lock: bool = False) -> Insight:
    """A card of this workspace; every change of it or of its consents locks it first."""
    return await lookup.get(session, Insight, workspace_id, insight_id, lock=lock)


async def by_source(session: AsyncSession, workspace_id: int, source: str) -> Insight | None:
    """The card made of something, if there is one."""
    query = select(Insight).where(Insight.workspace_id == workspace_id, Insight.source == source)
    return (await session.execute(query)).scalar_one_or_none()


async def versions(session: AsyncSession, insight: Insight) -> Versions:
    """Its wordings."""
    query = select(InsightVersion).where(
        InsightVersion.workspace_id == insight.workspace_id, InsightVersion.insight_id == insight.id
    )
    rows = list((await session.execute(query.order_by(InsightVersion.number.desc()))).scalars())
    approved = next((row for row in rows if row.state == rules.APPROVED), None)
    return Versions(approved, next((row for row in rows if row.state != rules.APPROVED), None))


async def next_number(session: AsyncSession, version: InsightVersion) -> int:
    """What a wording is called after a change: no number comes twice, whichever of the two wordings changed last."""
    query = select(func.max(InsightVersion.number)).where(
        InsightVersion.workspace_id == version.workspace_id, InsightVersion.insight_id == version.insight_id
    )
    return int((await session.execute(query)).scalar_one()) + 1


def read(session: AsyncSession, version: InsightVersion) -> Text:
    """What a wording says."""
    return Text.from_json(vault_of(session).open_json(version.text, _about(version.insight_id)))


def write(session: AsyncSession, version: InsightVersion, text: Text) -> None:
    """Have a wording say this."""
    version.text = sealed(session, version.insight_id, text)


def sealed(session: AsyncSession, insight_id: int, text: Text) -> bytes:
    """A wording for its column."""
    return vault_of(session).seal_json(text.to_json(), _about(insight_id))


async def quotes(session: AsyncSession, version: InsightVersion | None) -> dict[bytes, InsightQuote]:
    """What is between a wording and those whose words are in it."""
    if version is None:
        return {}
    query = select(InsightQuote).where(
        InsightQuote.workspace_id == version.workspace_id, InsightQuote.version_id == version.id
    )
    return {row.person: row for row in (await session.execute(query.order_by(InsightQuote.id))).scalars()}


async def quote(session: AsyncSession, workspace_id: int, quote_id: int) -> InsightQuote | None:
    """One of them."""
    query = select(InsightQuote).where(InsightQuote.workspace_id == workspace_id, InsightQuote.id == quote_id)
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


def said(session: AsyncSession, row: InsightQuote) -> rules.Said:
    """The sentences somebody is asked about, or agreed to."""
    value: list[list[str]] = vault_of(session).open_json(row.words, _about(row.insight_id))
    return tuple((part, sentence) for part, sentence in value)


def set_said(session: AsyncSession, row: InsightQuote, said: rules.Said) -> None:
    """Keep which sentences those are."""
    vault = vault_of(session)
    row.parts = list(dict.fromkeys(part for part, _ in said))
    row.words = vault.seal_json([list(each) for each in said], _about(row.insight_id))
    row.words_hash = vault.fingerprint("\n".join(sentence for _, sentence in said), f"insight:{row.insight_id}:words")


async def delete_version(session: AsyncSession, version: InsightVersion) -> None:
    """A wording is over, with its words and with what was between it and people."""
    for row in (await quotes(session, version)).values():
        session.expunge(row)
    session.expunge(version)
    about = (InsightVersion.workspace_id == version.workspace_id, InsightVersion.id == version.id)
    await session.execute(delete(InsightVersion).where(*about).execution_options(synchronize_session=False))


async def forget(session: AsyncSession, insight: Insight) -> None:
    """A card that was never handed in is no more."""
    about = (Insight.workspace_id == insight.workspace_id, Insight.id == insight.id)
    await session.execute(delete(Insight).where(*about).execution_options(synchronize_session=False))


async def next_due(session: AsyncSession) -> datetime | None:
    """When a card's consents are looked at next."""
    query = select(func.min(Insight.due_at)).where(Insight.due_at.is_not(None))
    return (await session.execute(query)).scalar_one()


async def due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """The cards to look at: workspace and id."""
    query = select(Insight.workspace_id, Insight.id).where(Insight.due_at <= now).order_by(Insight.due_at).limit(LIMIT)
    return [(workspace_id, insight_id) for workspace_id, insight_id in await session.execute(query)]


async def among(session: AsyncSession, workspace_id: int, ids: Collection[int], *states: str) -> list[Insight]:
    """Cards by id, the newest first."""
    query = select(Insight).where(
        Insight.workspace_id == workspace_id, Insight.id.in_(list(ids)), Insight.state.in_(states)
    )
    return list((await session.execute(query.order_by(Insight.id.desc()))).scalars())


async def made_by(session: AsyncSession, workspace_id: int, member_id: int) -> list[int]:
    """The ids of the cards somebody made under their own name."""
    query = select(Insight.id).where(Insight.workspace_id == workspace_id, Insight.made_by == member_id)
    return list((await session.execute(query)).scalars())


def new_quote(version: InsightVersion, person: bytes, **facts: Any) -> InsightQuote:
    """What is between a wording and one person, from now on."""
    return InsightQuote(
        workspace_id=version.workspace_id, insight_id=version.insight_id, version_id=version.id, person=person, **facts
    )


def _about(insight_id: int) -> str:
    return f"insight:{insight_id}:words"
