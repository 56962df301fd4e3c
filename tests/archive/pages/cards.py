"""Cards as they stand once everybody quoted has agreed: what tests of the archive's pages put there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.archive.finding.index import index
from bot.archive.models import Insight, InsightQuote, InsightTag, InsightVersion
from bot.db import Database, vault_of
from bot.members.rules import slug

NO = "How do I say no to a client I like?"


async def publish(
    database: Database,
    workspace_id: int,
    question: str = NO,
    *,
    now: datetime,
    gist: str = "Say what you can do instead, and by when. A clear no keeps more trust than a late yes.",
    tips: str = "Write the sentence down first.\n\n- Offer one smaller thing\n- Name the date",
    tags: Sequence[tuple[str, str]] = (("skill", "Negotiating"), ("challenge", "Saying no")),
    named: Sequence[int] = (),
    state: str = "published",
    **facts: Any,
) -> int:
    """A card with one approved version; its id. `named`: members who agreed to be named; `tags`: kind and name."""
    usual = {"source_kind": "question", "made_at": now, "version": 1, "published_at": now}
    usual |= {"look_again_at": now + timedelta(days=365)}
    async with database.transaction() as session:
        card = Insight(
            workspace_id=workspace_id,
            state=state,
            question=question,
            gist=gist,
            tips=tips,
            **(usual | facts),
        )
        session.add(card)
        await session.flush()
        version = InsightVersion(
            workspace_id=workspace_id,
            insight_id=card.id,
            number=1,
            state="approved",
            question=question,
            gist=gist,
            tips=tips,
            made_at=now,
        )
        session.add(version)
        for kind, name in tags:
            session.add(
                InsightTag(insight_id=card.id, workspace_id=workspace_id, kind=kind, slug=slug(name), name=name)
            )
        await session.flush()
        for member_id in named:
            session.add(_quote(session, workspace_id, card.id, version.id, member_id, now))
        await index(session, card)
        return card.id


def _quote(session: Any, workspace_id: int, card_id: int, version_id: int, member_id: int, now: datetime) -> Any:
    seal = vault_of(session).seal
    return InsightQuote(
        workspace_id=workspace_id,
        insight_id=card_id,
        version_id=version_id,
        person=str(member_id).encode(),
        member_id=member_id,
        member_sealed=seal(b"x"),
        parts=["gist"],
        words=seal(b"x"),
        words_hash=b"x",
        named=True,
        state="approved",
        answered_at=now,
    )
