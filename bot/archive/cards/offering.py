"""A draft of a card from what people said, as other features offer it; and what came of it for whoever asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.cards import drafting, people, rules, store, words
from bot.archive.cards.saying import Piece, Tag, Text
from bot.archive.models import Insight, InsightVersion
from bot.db import insert_new

WORKED = "worked"


async def offer(
    session: AsyncSession,
    workspace_id: int,
    *,
    source_kind: str,
    source: str | None,
    made_by: int | None,
    pieces: Sequence[Piece],
    question: str,
    tags: Sequence[Tag] = (),
    is_asked: bool = True,
    now: datetime,
) -> Insight:
    """A card's draft from the words people said, for people to edit; offered twice for one source, it is made once.

    `pieces`: everything that was said and may be quoted, with what helped most first; what the asker of `question` said
    is known by its words or by its alias; `is_asked=False`: it is a title, and whoever told may have used its words.
    `made_by=None`: the first who asked under an alias makes it. Nobody is asked
    anything, and nobody reads it but those who may edit it, before somebody hands its form in (`cards.editing.open_form`
    under the button `archive.edit`, with the card's id as its value).
    """
    said = [Piece(each.member_id, words.as_read(each.words), each.alias, each.may_be_quoted) for each in pieces]
    hidden = made_by is None or any(each.alias for each in said)
    made_at = rules.rounded(now) if hidden else now
    title = " ".join(words.as_read(question).split())
    insight, is_new = await _make(session, workspace_id, source_kind, source, made_by, made_at)
    if is_new:
        insight.due_at = now + (rules.MESSAGE_DRAFT_LASTS if source_kind == "message" else rules.DRAFT_LASTS)
        await people.add(session, insight, said)
        await start(session, insight, drafting.draft(title, said, tags, is_asked=is_asked), made_by, made_at)
    return insight


async def start(
    session: AsyncSession, insight: Insight, text: Text, made_by: int | None, now: datetime
) -> InsightVersion:
    """The first wording of a card, or the next beside the approved one."""
    before = await store.versions(session, insight)
    version = InsightVersion(
        workspace_id=insight.workspace_id,
        insight_id=insight.id,
        number=before.newest.number + 1 if before.newest else 1,
        state=rules.DRAFT,
        text=store.sealed(session, insight.id, text),
        made_by=made_by,
        made_at=now,
    )
    session.add(version)
    await session.flush()
    return version


async def outcome(session: AsyncSession, workspace_id: int, source: str, outcome: str, now: datetime) -> bool:
    """Whoever asked has told how it went, after thirty days: their card counts it, and names nobody. Once a source.

    False where nothing was made of it.
    """
    about = (Insight.workspace_id == workspace_id, Insight.source == source)
    counted = {"tried": Insight.tried + 1, "worked": Insight.worked + (1 if outcome == WORKED else 0)}
    found = await session.execute(
        update(Insight).where(*about).values(**counted).returning(Insight.id).execution_options(
            synchronize_session=False
        )
    )  # fmt: skip
    return found.scalar_one_or_none() is not None


async def _make(
    session: AsyncSession, workspace_id: int, source_kind: str, source: str | None, made_by: int | None, now: datetime
) -> tuple[Insight, bool]:
    row = {
        "workspace_id": workspace_id,
        "state": rules.DRAFT,
        "source_kind": source_kind,
        "source": source,
        "made_by": made_by,
        "made_at": now,
        "question": "",
        "gist": "",
        "tips": "",
        "worked": 0,
        "tried": 0,
        "search_text": "",
    }
    new = await insert_new(session, Insight, [row], unique=("workspace_id", "source"), returning=Insight.id)
    if new:
        return await store.get(session, workspace_id, new[0], lock=True), True
    assert source is not None, "only a source can be taken"
    found = await store.by_source(session, workspace_id, source)
    assert found is not None
    return found, False
