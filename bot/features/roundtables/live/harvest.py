"""What people take from their tables: how they are asked, what it may be about, and what of it a host's card draws on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive import cards
from bot.archive.cards import Piece
from bot.features.roundtables.live import topics
from bot.gatherings import facts
from bot.gatherings.models import Gathering
from bot.gatherings.takeaways import rules
from bot.gatherings.takeaways import store as takeaways
from bot.gatherings.takeaways.kinds import TakeawayKind
from bot.members import store as members


def source_of(gathering: Gathering, member_id: int) -> str:
    """What the card is filed under that one host makes of a roundtable."""
    return f"live:{gathering.id}:{member_id}"


async def pieces(session: AsyncSession, gathering: Gathering) -> Sequence[Piece]:
    """What was shared, in that order: whoever is quoted is asked before anybody reads it. Guests stand in no card."""
    found = await takeaways.shown(session, gathering)
    people = {
        each: await members.by_id(session, gathering.workspace_id, each) for each in {r.member_id for r, _ in found}
    }
    return [
        Piece(row.member_id, text, may_be_quoted=member is not None and not member.is_guest)
        for row, text in found
        for member in [people[row.member_id]]
    ]


async def answered(session: AsyncSession, gathering: Gathering, answer: str, now: datetime) -> None:
    """Two weeks later: cards of its hosts count it, without a name."""
    if answer in rules.WORKED:
        for host_id in sorted(facts.hosts(gathering)):
            source = source_of(gathering, host_id)
            await cards.outcome(session, gathering.workspace_id, source, rules.WORKED[answer], now)


KIND = TakeawayKind(
    asks="What do you take from your table?",
    hint="For example: Sales would rather hear no on Monday than maybe on Friday.",
    then="you took this from your table",
    topics=topics.chosen,
    answered=answered,
)
