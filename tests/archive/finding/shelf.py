"""A small archive for tests: a workspace, its people, and cards that are published as consents would publish them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import index
from bot.archive.models import Insight, InsightQuote, InsightTag, InsightVersion
from bot.members.models import Member, Workspace
from bot.members.rules import slug

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def workspace(session: AsyncSession, team_id: str = "T1") -> int:
    """Another company."""
    row = Workspace(team_id=team_id, name="Tidewater", installed_at=NOW, options={})
    session.add(row)
    await session.flush()
    return row.id


async def member(session: AsyncSession, workspace_id: int, name: str) -> Member:
    """Somebody who is in."""
    row = Member(workspace_id=workspace_id, slack_id=f"U{name.upper()}", name=name, seen_at=NOW, joined_at=NOW)
    session.add(row)
    await session.flush()
    return row


async def publish(
    session: AsyncSession,
    workspace_id: int,
    question: str,
    gist: str = "",
    tips: str = "",
    *,
    tags: Sequence[str] = (),
    published_at: datetime = NOW - timedelta(days=10),
    made_by: int | None = None,
    worked: int = 0,
    tried: int = 0,
) -> Insight:
    """A card that everybody agreed to."""
    card = Insight(
        workspace_id=workspace_id, state="published", source_kind="question", source=None, made_by=made_by,
        made_at=published_at, version=1, question=question, gist=gist, tips=tips, published_at=published_at,
        look_again_at=published_at + timedelta(days=365), worked=worked, tried=tried,
    )  # fmt: skip
    session.add(card)
    await session.flush()
    session.add(version(card, 1))
    for name in tags:
        session.add(InsightTag(insight_id=card.id, workspace_id=workspace_id, kind="skill", slug=slug(name), name=name))
    await session.flush()
    await index.index(session, card)
    return card


def version(card: Insight, number: int) -> InsightVersion:
    """An approved wording of it."""
    facts = {"question": card.question, "gist": card.gist, "tips": card.tips, "text": b""}
    held = {name: value for name, value in facts.items() if name in InsightVersion.__table__.c}
    return InsightVersion(
        workspace_id=card.workspace_id,
        insight_id=card.id,
        number=number,
        state="approved",
        made_at=card.made_at,
        **held,
    )


async def quote(
    session: AsyncSession,
    card: Insight,
    who: Member | None,
    *,
    named: bool = True,
    state: str = "approved",
    alias: str = "",
) -> None:
    """Somebody's words in a card; without a member under an alias."""
    version = (await session.execute(_version_of(card))).scalar_one()
    session.add(
        InsightQuote(
            workspace_id=card.workspace_id,
            insight_id=card.id,
            version_id=version,
            person=f"{who and who.id}{alias}".encode(),
            member_id=who.id if who else None,
            member_sealed=b"",
            alias=alias,
            parts=["gist"],
            words=b"",
            words_hash=b"",
            named=named,
            state=state,
            asked_at=NOW,
        )
    )
    await session.flush()


def _version_of(card: Insight):

    return select(InsightVersion.id).where(InsightVersion.insight_id == card.id, InsightVersion.number == card.version)
