"""A thank-you that both like to share may become a card in the archive: a story of something that went well."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import lookup
from bot.archive import cards
from bot.archive.cards import Piece
from bot.archive.models import Insight
from bot.errors import Gone
from bot.features.recognition import store
from bot.features.recognition.models import Thanks
from bot.members import store as members
from bot.members.models import Member


async def draft(session: AsyncSession, member: Member, thanks_id: object, now: datetime) -> Insight:
    """A card's draft, made once; whoever wrote the words is asked before anybody else reads them there."""
    row = await lookup.get(session, Thanks, member.workspace_id, thanks_id, lock=True)
    if member.id not in (row.giver_id, row.receiver_id) or row.shared_at is None:
        raise Gone
    each = await store.open_one(session, row)
    giver = await members.by_id(session, row.workspace_id, row.giver_id)
    words = "\n".join(filter(None, [each.said.words, each.said.evidence]))
    return await cards.offer(
        session,
        row.workspace_id,
        source_kind="thanks",
        source=f"private:thanks:{row.id}",
        made_by=member.id,
        pieces=[Piece(row.giver_id, words, may_be_quoted=giver is not None and not giver.is_guest)],
        question=f"What helps with {each.said.skill}?" if each.said.skill else "What helped a colleague?",
        now=now,
    )
