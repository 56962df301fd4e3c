"""What messages about cards are about: which card, and which person in it, readable with the server's key alone."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.archive.models import Insight
from bot.db import vault_of

ABOUT = "archive person"


def person_subject(session: AsyncSession, insight: Insight, person: bytes) -> str:
    """What everything said to one person about one card is about; nobody sees from it which card that is."""
    return f"insight:{vault_of(session).veil(f'{insight.id}:{person.hex()}', ABOUT)}"


def opened(session: AsyncSession, subject: str) -> tuple[int, bytes]:
    """The card's id, and the person's name in it."""
    insight_id, _, person = vault_of(session).unveil(subject.partition(":")[2], ABOUT).partition(":")
    return int(insight_id), bytes.fromhex(person)


def key(session: AsyncSession, what: str, insight: Insight, person: bytes, *more: object) -> str:
    """A dedupe key that tells as little."""
    said = ":".join([str(insight.id), person.hex(), *(str(each) for each in more)])
    return f"archive.{what}:{vault_of(session).veil(said, 'archive key')}"
