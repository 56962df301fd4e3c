"""What asking takes from rooms beside it: checklists, channels, cards, care, and how people speak here."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.finding import store as cards
from bot.archive.finding.cards import Card
from bot.features.questions.threads.checklists import checklists as all_checklists
from bot.members.moderation import care, rules
from bot.members.moderation.conduct import store as conduct_store
from bot.members.moderation.conduct import views as conduct_views
from bot.messages import Block

READ_CARD = "archive.read"  # opens a card of the archive; answered there


def checklists() -> dict[str, str]:
    """What can be reviewed: slug to title."""
    return {slug: each.title for slug, each in all_checklists().items()}


async def similar(session: AsyncSession, workspace_id: int, text: str) -> Sequence[Card]:
    """At most three cards of the archive that share telling words with a question."""
    return await cards.similar(session, workspace_id, text, limit=3)


async def distress_note(session: AsyncSession, workspace_id: int, text: str) -> list[Block]:
    """Whom somebody can turn to who says that they are at the end of their strength; nobody is told. Else nothing."""
    return await care.care_note(session, workspace_id) if rules.shows_distress(text) else []


async def conduct(session: AsyncSession, workspace_id: int) -> list[Block]:
    """How people speak with each other here, in short."""
    return conduct_views.in_short(await conduct_store.conduct_of(session, workspace_id))
