"""Cards as they stand once everybody quoted has agreed: what tests of the archive's pages put there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.archive.finding.index import index
from bot.archive.models import Insight, InsightTag
from bot.db import Database
from bot.members.models import Member
from bot.members.rules import slug
from tests.archive.finding import shelf

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
    words = {"question": question, "gist": gist, "tips": tips}
    async with database.transaction() as session:
        card = Insight(workspace_id=workspace_id, state=state, **words, **(usual | facts))
        session.add(card)
        await session.flush()
        session.add(shelf.version(card, 1))
        for kind, name in tags:
            session.add(
                InsightTag(insight_id=card.id, workspace_id=workspace_id, kind=kind, slug=slug(name), name=name)
            )
        await session.flush()
        for member_id in named:
            await shelf.quote(session, card, await session.get_one(Member, member_id))
        await index(session, card)
        return card.id
